"""Reach: which of thousands of questions an edit can change, by matrix products over vectors that are stored.

An article of the edit, as it was or as it would be, can change an answer only where it ranks among the best. How near
it comes is compared with how near the article that is known to answer comes; what is left is ranked both ways.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.answer.opened import Opened
from app.answer.retriever import DEFAULT_LOCALE, text_of_meaning
from app.editor.gate.questions import Known
from ingest.collection import Collection
from ingest.ranking import (
    BEST_WEIGHT,
    BODY,
    BODY_WEIGHT,
    MEAN_WEIGHT,
    TITLE,
    TITLE_WEIGHT,
    TOP_CHUNKS,
)
from ingest.revisions import Key
from ingest.store import AUDIENCES

SLACK = 0.12
"""How much less near an article of the edit may be: words and the glossary add at most about as much."""
FLOOR = 0.3
"""How near an article must come at all; questions that nothing should answer are measured by this alone."""
_WEIGHTS = BEST_WEIGHT + MEAN_WEIGHT + TITLE_WEIGHT + BODY_WEIGHT

Matrix = NDArray[np.float32]


def nearness(collection: Collection, article_id: str, vectors: Matrix, without: Sequence[int] = ()) -> Matrix:
    """How near an article is to questions of shape (n, width), by meaning alone, shape (n,). ``without`` has a row for
    each question that does not count for it, or -1. The weights are those of the ranking."""
    rows = collection.rows_of(article_id)
    if not len(rows) or not len(vectors):
        return np.full(len(vectors), -1.0, dtype=np.float32)
    similar = vectors @ collection.vectors[rows].astype(np.float32).T
    if len(without):
        similar[np.array(without)[:, None] == rows[None, :]] = -1.0
    best = similar.max(axis=1)
    top = -np.sort(-similar, axis=1)[:, :TOP_CHUNKS]
    mean = (top.sum(axis=1) + (TOP_CHUNKS - top.shape[1]) * top[:, -1]) / TOP_CHUNKS
    parts = {}
    for part in (TITLE, BODY):
        mine = collection.rows.part[rows] == part
        parts[part] = similar[:, mine].max(axis=1) if mine.any() else best
    near: Matrix = (
        BEST_WEIGHT * best + MEAN_WEIGHT * mean + TITLE_WEIGHT * parts[TITLE] + BODY_WEIGHT * parts[BODY]
    ) / _WEIGHTS
    return near


class Reach:
    """Of one edit. ``vectors`` are those of every wording in :func:`wordings_of`."""

    def __init__(self, before: Opened, after: Opened, keys: frozenset[Key], vectors: Mapping[str, Matrix]) -> None:
        self._before, self._after, self._keys, self._vectors = before, after, keys, vectors
        self._glossed = glossed_in(after)

    def threatened(self, questions: Sequence[Known]) -> list[Known]:
        """Those that the edit can change, the nearest to it first."""
        threats = np.full(len(questions), -1.0, dtype=np.float32)
        groups: dict[tuple[str, str], list[int]] = {}
        for number, one in enumerate(questions):
            groups.setdefault((one.audience, one.locale), []).append(number)
        for numbers in groups.values():
            threats[numbers] = self._threats([questions[number] for number in numbers])
        order = np.argsort(-threats, kind="stable")
        return [questions[number] for number in order if threats[number] >= 0.0]

    def _threats(self, asked: Sequence[Known]) -> Matrix:
        """How much nearer the edit comes than it may without being looked at; questions of one audience and locale."""
        threat = np.full(len(asked), -1.0, dtype=np.float32)
        audience, locale = asked[0].audience, asked[0].locale
        own = self._own(asked)
        for article_id, written in self._keys:
            language = written.split("-", maxsplit=1)[0]
            if language not in (locale.split("-", maxsplit=1)[0], DEFAULT_LOCALE):
                continue
            vectors = np.stack([self._of(one, written) for one in asked])
            for version in (self._before, self._after):
                collection = version.collection("faq", audience, written)
                if collection is None:
                    continue
                near = nearness(collection, article_id, vectors)
                mine = np.array([article_id in one.relevant for one in asked])
                margin = np.where(near >= FLOOR, near - own + SLACK, -1.0)
                threat = np.maximum(threat, np.where(mine, 1.0 + near, margin))
        return threat

    def _own(self, asked: Sequence[Known]) -> Matrix:
        """How near the article that answers comes before the edit, without the phrasing itself; FLOOR where none is."""
        found = np.full(len(asked), FLOOR, dtype=np.float32)
        places: dict[str, list[int]] = {}
        for number, one in enumerate(asked):
            for article_id in one.relevant:
                places.setdefault(article_id, []).append(number)
        for article_id, numbers in places.items():
            locale = asked[0].locale
            collection = self._before.collection("faq", asked[0].audience, locale)
            if collection is None or not len(collection.rows_of(article_id)):
                continue
            hidden = [collection.row_of(asked[number].own) for number in numbers]
            vectors = np.stack([self._of(asked[number], locale) for number in numbers])
            without = [-1 if row is None else row for row in hidden]
            found[numbers] = np.maximum(found[numbers], nearness(collection, article_id, vectors, without))
        return found

    def _of(self, one: Known, language: str) -> Matrix:
        return self._vectors[wording(one, language, language in self._glossed)]


def wording(one: Known, language: str, glossed: bool) -> str:
    """The text of a question by which its nearness to articles in a language is told."""
    if one.locale.startswith(DEFAULT_LOCALE) and (glossed or language == DEFAULT_LOCALE):
        return one.alone
    return text_of_meaning(language, glossed, one.alone, one.locale)


def glossed_in(version: Opened) -> frozenset[str]:
    """The locales whose articles a version has in plain English."""
    found = set()
    for audience in AUDIENCES:
        for locale in version.locales("faq", audience):
            collection = version.collection("faq", audience, locale)
            if collection is not None and collection.glossed:
                found.add(locale)
    return frozenset(found)


def wordings_of(questions: Sequence[Known], keys: frozenset[Key], glossed: frozenset[str]) -> dict[str, None]:
    """Every text that a vector is needed of, to compare with the articles ``keys`` and with what answers now."""
    texts: dict[str, None] = {}
    for one in questions:
        for language in {one.locale, *(locale for _, locale in keys)}:
            texts[wording(one, language, language in glossed)] = None
    return texts
