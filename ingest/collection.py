"""Collection: the chunks of one (kind, audience, locale), found by meaning and by word, ranked by article."""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.article import Audience, Kind
from ingest.lexical import LexicalIndex, LexicalWithout
from ingest.ranking import BODY, SAME, Match, Told, by_sentence, score_articles
from ingest.terms import K1
from ingest.unit_vectors import UnitVectors
from ingest.vector_file import VectorFile, spans_of

CANDIDATE_CHUNKS = 40
CANDIDATE_ARTICLES = 20
BACKGROUND = 512
"""Rows of the random sample against which a similarity is judged unusual."""

Nearest = Callable[[NDArray[np.float32], int], list[str]]
PARTS = ("title", "question", "body")


@dataclass(frozen=True)
class Rows:
    """What stands in which row: chunk ids, the article (an index into ``articles``) and the part of each."""

    ids: list[str]
    articles: list[str]
    owner: NDArray[np.int32]
    part: NDArray[np.int8]

    def save(self, file: Path) -> None:
        """Write as JSON."""
        fields = {"ids": self.ids, "articles": self.articles, "owner": self.owner.tolist(), "part": self.part.tolist()}
        file.write_text(json.dumps(fields))

    @classmethod
    def load(cls, file: Path) -> "Rows":
        """Read what :meth:`save` wrote."""
        fields = json.loads(file.read_text())
        return cls(
            fields["ids"],
            fields["articles"],
            np.array(fields["owner"], dtype=np.int32),
            np.array(fields["part"], dtype=np.int8),
        )


class Candidates(NamedTuple):
    """Articles that may answer, by number: the rows of all, side by side, with their vectors, shape (rows, width), and
    the sum of each article's, shape (articles, width)."""

    numbers: list[int]
    rows: NDArray[np.intp]
    vectors: NDArray[np.float32]
    sums: NDArray[np.float32]


class Words(NamedTuple):
    """The BM25 of every article and the most that a text could have, and the best by it."""

    scores: NDArray[np.float32]
    ceiling: float
    best: Candidates


class Collection:
    """Immutable. ``vectors`` has shape (chunks, width) and unit rows, an article's together; ``file`` holds the same.
    ``nearest`` asks Chroma, which has ``stored`` chunks; ``unfindable`` are rows to compare exactly. What is
    ``glossed`` was embedded in plain English words, and is to be asked in such."""

    def __init__(
        self,
        kind: Kind,
        audience: Audience,
        locale: str,
        rows: Rows,
        vectors: NDArray[np.float16],
        lexical: LexicalIndex,
        nearest: Nearest,
        units: UnitVectors,
        unfindable: Sequence[int] = (),
        stored: int | None = None,
        file: VectorFile | None = None,
        glossed: bool = False,
    ) -> None:
        self.glossed = glossed
        self.kind, self.audience, self.locale = kind, audience, locale
        self.rows, self.vectors, self._file = rows, vectors, file
        self.lexical: LexicalIndex | LexicalWithout = lexical
        self._hidden = -1
        self._nearest = nearest
        self.units, self._unit_starts = units, units.starts
        self._stored = len(rows.ids) if stored is None else stored
        self._aside = frozenset(rows.ids[row] for row in unfindable)
        self._unfindable = rows.owner[list(unfindable)]
        self._unfindable_vectors = self._some(unfindable)
        self._row_of = {chunk_id: row for row, chunk_id in enumerate(rows.ids)}
        self._article_of = {article: number for number, article in enumerate(rows.articles)}
        order = np.argsort(rows.owner, kind="stable")
        bounds = np.searchsorted(rows.owner[order], np.arange(len(rows.articles) + 1))
        self._rows_of_article = [order[bounds[i] : bounds[i + 1]] for i in range(len(rows.articles))]
        sample = np.random.default_rng(0).permutation(len(rows.ids))[:BACKGROUND]
        self._background = self._some(np.sort(sample).tolist())

    def without(self, row: int, text: str) -> "Collection":
        """The same but for one chunk, whose indexed text this is: to ask a known phrasing as if it were not known."""
        if not isinstance(self.lexical, LexicalIndex):
            raise TypeError("a collection can lack one chunk only")
        fewer = copy.copy(self)
        fewer._hidden = row
        fewer.lexical = LexicalWithout(self.lexical, int(self.rows.owner[row]), self.lexical.tokenize(text))
        return fewer

    def edited(
        self, rows: Rows, vectors: NDArray[np.float16], lexical: LexicalIndex, units: UnitVectors
    ) -> "Collection":
        """The same with other articles, as publishing them would have it: Chroma's part stays and what is new is
        compared exactly. So does the sample that a similarity is judged against: another one would move every
        question a little, and the edit with it."""
        found = set(self.rows.ids) - self._aside
        aside = [row for row, chunk_id in enumerate(rows.ids) if chunk_id not in found]
        place = self.kind, self.audience, self.locale
        fresh = Collection(*place, rows, vectors, lexical, self._nearest, units, aside, self._stored)
        fresh.glossed, fresh._background = self.glossed, self._background
        return fresh

    def row_of(self, chunk_id: str) -> int | None:
        """The row of a chunk; None when it is not here."""
        return self._row_of.get(chunk_id)

    def rows_of(self, article_id: str) -> NDArray[np.intp]:
        """The rows of an article, none when it is not here."""
        number = self._article_of.get(article_id)
        return np.zeros(0, dtype=np.intp) if number is None else self._rows_of_article[number]

    def near(self, vector: NDArray[np.float32], exclude: frozenset[str] = frozenset()) -> list[int]:
        """Rows whose chunks are most like a question: the slow part of :meth:`search`, which needs no interpreter."""
        if not self.rows.ids:
            return []
        extra = sum(len(self._rows_of_article[number]) for number in self._out(exclude))
        return self._near(vector, CANDIDATE_CHUNKS + extra)

    def words(self, question: str, exclude: frozenset[str] = frozenset()) -> Words:
        """What is known without a vector, and can be computed while one is made."""
        tokens = self.lexical.tokenize(question)
        scores = self.lexical.scores(tokens)
        if out := self._out(exclude):
            scores[list(out)] = 0.0
        first = np.argpartition(-scores, min(CANDIDATE_ARTICLES, len(scores) - 1))[:CANDIDATE_ARTICLES]
        best = [int(number) for number in first if scores[number] > 0]
        ceiling = sum(self.lexical.idf(token) for token in set(tokens)) * (K1 + 1.0)
        return Words(scores, ceiling, self._of_articles(best))

    def search(
        self,
        question: str,
        vector: NDArray[np.float32],
        limit: int,
        exclude: frozenset[str] = frozenset(),
        near: Sequence[int] | None = None,
        words: Words | None = None,
        own: NDArray[np.float32] | None = None,
    ) -> list[Match]:
        """The ``limit`` best articles for a question; those named in ``exclude`` are treated as if they were not.
        ``near`` and ``words`` are what :meth:`near` and :meth:`words` found for the same question and exclusions;
        ``own`` are vectors of the very words that were said, shape (texts, width), where ``vector`` stands for
        others."""
        if not self.rows.ids:
            return []
        out = self._out(exclude)
        lexical, ceiling, by_word = words or self.words(question, exclude)
        found = self.near(vector, exclude) if near is None else near
        candidates = set(self.rows.owner[found].tolist())
        if len(self._unfindable):
            like = (self._unfindable_vectors @ vector).argsort()[-CANDIDATE_ARTICLES:]
            candidates.update(self._unfindable[like].tolist())
        rest = self._of_articles(sorted(candidates - out - set(by_word.numbers)))
        numbers = [*by_word.numbers, *rest.numbers]
        if not numbers:
            return []
        rows = np.concatenate([by_word.rows, rest.rows])
        similarity = np.concatenate([by_word.vectors @ vector, rest.vectors @ vector])
        if own is not None:
            itself = np.concatenate([by_word.vectors @ own.T, rest.vectors @ own.T]).max(axis=1)
            similarity = np.where((itself >= SAME) & (self.rows.part[rows] != BODY), itself, similarity)
        sizes = [len(self._rows_of_article[number]) for number in numbers]
        sums = np.concatenate([by_word.sums, rest.sums])
        if self._hidden >= 0 and (shown := rows != self._hidden).sum() < len(rows):
            rows, similarity = rows[shown], similarity[shown]
            mine = numbers.index(int(self.rows.owner[self._hidden]))
            sizes[mine] -= 1
            sums[mine] -= self.vectors[self._hidden]
        background = self._background @ vector
        matches = score_articles(
            articles=[self.rows.articles[number] for number in numbers],
            sizes=sizes,
            part=self.rows.part[rows],
            similarity=similarity,
            cohesion=np.linalg.norm(sums, axis=1) / sizes,
            chunk_ids=lambda place: self.rows.ids[rows[place]],
            lexical=lexical[numbers],
            ceiling=ceiling,
            background=(float(background.mean()), float(background.std())),
            locale=self.locale,
            limit=limit,
        )
        return by_sentence(matches, self._told(matches, vector))

    def _of_articles(self, numbers: list[int]) -> Candidates:
        """Those articles; the rows of each stand together."""
        mine = [self._rows_of_article[number] for number in numbers]
        if not mine:
            none = np.zeros((0, self.vectors.shape[1]), dtype=np.float32)
            return Candidates(numbers, np.zeros(0, dtype=np.intp), none, none)
        spans = spans_of(self.vectors, self._file, [(int(rows[0]), int(rows[-1]) + 1) for rows in mine])
        vectors = np.concatenate(spans, dtype=np.float32)
        starts = np.cumsum([0, *(len(rows) for rows in mine[:-1])])
        return Candidates(numbers, np.concatenate(mine), vectors, np.add.reduceat(vectors, starts))

    def _some(self, rows: Sequence[int]) -> NDArray[np.float32]:
        if not rows:
            return np.zeros((0, self.vectors.shape[1]), dtype=np.float32)
        return np.concatenate(spans_of(self.vectors, self._file, [(row, row + 1) for row in rows]), dtype=np.float32)

    def _told(self, matches: Sequence[Match], vector: NDArray[np.float32]) -> list[Told | None]:
        """What each article's units say of the question; None of an article that has none."""
        rows = [self._rows_of_article[self._article_of[match.article_id]] for match in matches]
        bounds = [self._units_of(mine[0], mine[-1]) for mine in rows]
        if all(begin == end for begin, end in bounds):
            return [None] * len(matches)
        like = self.units.between(bounds) @ vector
        told: list[Told | None] = []
        place = 0
        for begin, end in bounds:
            if end > begin:
                mine = like[place : place + end - begin]
                best = int(mine.argmax())
                row = int(np.searchsorted(self._unit_starts, begin + best, side="right")) - 1
                told.append(Told(float(mine[best]), self.rows.ids[row]))
            else:
                told.append(None)
            place += end - begin
        return told

    def _units_of(self, first: int, last: int) -> tuple[int, int]:
        """Where the units of the rows from ``first`` to ``last`` begin and end."""
        return int(self._unit_starts[first]), int(self._unit_starts[last + 1])

    def _out(self, exclude: frozenset[str]) -> set[int]:
        return {self._article_of[article] for article in exclude if article in self._article_of}

    def unit_vectors(self, chunk_id: str) -> NDArray[np.float32] | None:
        """Those of a chunk's units, in order, shape (units, width); None when it is not here."""
        row = self._row_of.get(chunk_id)
        return None if row is None else self.units.between([self._units_of(row, row)])

    def holds(self, article_id: str, token: str) -> bool:
        """Whether an article has a word, as :attr:`lexical` cuts words."""
        return self.lexical.holds(self._article_of[article_id], token)

    def _near(self, vector: NDArray[np.float32], wanted: int) -> list[int]:
        """Rows that Chroma finds. It is asked for more when many of those it returns are no longer there."""
        limit = min(wanted, self._stored)
        while True:
            found = self._nearest(vector, limit)
            rows = [self._row_of[chunk_id] for chunk_id in found if chunk_id in self._row_of]
            if limit == self._stored or 2 * len(rows) >= limit:
                return rows
            limit = min(4 * limit, self._stored)
