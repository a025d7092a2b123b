"""Ranking: one score an article from what its chunks are like to the question.

The weights were chosen on public sets (link texts of a help centre, real messages to a shop's bot, multi-turn
questions, and the phrasings of ``knowledge/`` asked with themselves left out) and hold for every knowledge base.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RANKING = "5"
"""Raise it when the score changes: it is part of what a certificate is bound to."""
TITLE, QUESTION, BODY = 0, 1, 2

BEST_WEIGHT = 0.5
MEAN_WEIGHT = 1.0
TITLE_WEIGHT = 0.1
BODY_WEIGHT = 0.7
LEXICAL_SHARE_WEIGHT = 0.25
LEXICAL_REACH_WEIGHT = 0.45
SENTENCE_WEIGHT = 0.2
"""Of the best unit, beside all the others together; units are weighed for the best articles only. With it .9 to 2.4
questions in a hundred more find their article first at companies that were left out."""
SAME = 0.985
"""Cosine from which a chunk is the question itself: a title, or a phrasing that editors noted."""
TOP_CHUNKS = 3
_WEIGHT_SUM = BEST_WEIGHT + MEAN_WEIGHT + TITLE_WEIGHT + BODY_WEIGHT + LEXICAL_SHARE_WEIGHT + LEXICAL_REACH_WEIGHT


@dataclass(frozen=True, slots=True)
class Match:
    """An article found for a question. All but ``spread`` lie in about [0, 1]; similarities are cosines.

    ``best`` the most similar chunk; ``mean`` the mean of the three most similar; ``title``, ``phrasing`` and ``body``
    the most similar chunk of that part (``best`` when the article has none); ``lexical_share`` BM25 over the
    question's best BM25; ``lexical_reach`` BM25 over the most that any text could reach for this question; ``spread``
    how many standard deviations ``best`` lies above a random sample of the collection's chunks; ``sentence`` the most
    similar unit of its body (``body`` when it has none); ``overall`` the mean of all its chunks, ``centroid`` the
    similarity to the mean of their vectors: of a whole article, where ``best`` is of one place in it.
    """

    article_id: str
    locale: str
    score: float
    best: float
    mean: float
    title: float
    phrasing: float
    body: float
    lexical_share: float
    lexical_reach: float
    spread: float
    sentence: float
    overall: float
    centroid: float
    chunk_ids: tuple[str, ...]


def score_articles(
    articles: Sequence[str],
    sizes: Sequence[int],
    part: NDArray[np.int8],
    similarity: NDArray[np.float32],
    cohesion: NDArray[np.float32],
    chunk_ids: Callable[[int], str],
    lexical: NDArray[np.float32],
    ceiling: float,
    background: tuple[float, float],
    locale: str,
    limit: int,
) -> list[Match]:
    """The ``limit`` best matches, best first. ``part`` and ``similarity`` have one entry a chunk, an article's side by
    side, ``sizes`` of each, and ``chunk_ids`` names them; ``cohesion`` and ``lexical`` have one entry an article: the
    length of the mean of its vectors, and its BM25, of which ``ceiling`` is the upper bound."""
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    starts = bounds[:-1]
    best = np.maximum.reduceat(similarity, starts)
    average = _mean_of_top(similarity, np.repeat(np.arange(len(sizes)), sizes), bounds)
    overall = np.add.reduceat(similarity, starts) / np.diff(bounds)
    centroid = overall / np.maximum(cohesion, 1e-6)
    parts = [_most(similarity, part == kind, starts, best) for kind in (TITLE, QUESTION, BODY)]
    share = lexical / max(float(lexical.max()), 1e-9)
    reach = np.minimum(lexical / ceiling, 1.0) if ceiling > 0 else np.zeros_like(lexical)
    score = (
        BEST_WEIGHT * best
        + MEAN_WEIGHT * average
        + TITLE_WEIGHT * parts[TITLE]
        + BODY_WEIGHT * parts[BODY]
        + LEXICAL_SHARE_WEIGHT * share
        + LEXICAL_REACH_WEIGHT * reach
    ) / _WEIGHT_SUM
    mean, deviation = background
    is_body, like, places = (part == BODY).tolist(), similarity.tolist(), bounds.tolist()
    first = np.argsort(-score, kind="stable")[:limit]
    columns = (score, best, average, *parts, share, reach, overall, centroid)
    matches: list[Match] = []
    for number, whole, most, middle, title, question, body, shared, reached, every, central in zip(
        first.tolist(), *(column[first].tolist() for column in columns), strict=True
    ):
        bodies = [row for row in range(places[number], places[number + 1]) if is_body[row]]
        bodies.sort(key=lambda row: -like[row])
        matches.append(
            Match(
                article_id=articles[number],
                locale=locale,
                score=whole,
                best=most,
                mean=middle,
                title=title,
                phrasing=question,
                body=body,
                lexical_share=shared,
                lexical_reach=reached,
                spread=(most - mean) / max(deviation, 1e-6),
                sentence=body,
                overall=every,
                centroid=central,
                chunk_ids=tuple(map(chunk_ids, bodies)),
            )
        )
    return matches


def place(match: Match) -> tuple[bool, float]:
    """What matches are sorted by: first the articles that have the question itself, as their editors say that they
    answer it, however little else of them is like it; then by score."""
    return match.best < SAME, -match.score


class Told(NamedTuple):
    """The similarity of an article's best unit, and the chunk that it stands in."""

    similarity: float
    chunk_id: str


def by_sentence(matches: Sequence[Match], told: Sequence[Told | None]) -> list[Match]:
    """The matches, ranked by what their units tell as well; the chunk of the best unit is among their first two."""
    ranked: list[Match] = []
    for match, best in zip(matches, told, strict=True):
        sentence, chunk_ids = match.sentence, match.chunk_ids
        if best is not None:
            sentence = best.similarity
            if best.chunk_id not in chunk_ids[:2]:
                rest = [chunk_id for chunk_id in chunk_ids[1:] if chunk_id != best.chunk_id]
                chunk_ids = (*chunk_ids[:1], best.chunk_id, *rest)
        score = (match.score + SENTENCE_WEIGHT * sentence) / (1.0 + SENTENCE_WEIGHT)
        ranked.append(replace(match, score=score, sentence=sentence, chunk_ids=chunk_ids))
    return sorted(ranked, key=place)


def _mean_of_top(
    similarity: NDArray[np.float32], owner: NDArray[np.int64], bounds: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The mean of each article's TOP_CHUNKS best; the last one counts for those that an article lacks."""
    order = np.lexsort((-similarity, owner))
    sizes = np.diff(bounds)
    total = np.zeros(len(sizes))
    for rank in range(TOP_CHUNKS):
        total += similarity[order[bounds[:-1] + np.minimum(rank, sizes - 1)]]
    return total / TOP_CHUNKS


def _most(
    similarity: NDArray[np.float32],
    chosen: NDArray[np.bool_],
    starts: NDArray[np.int64],
    otherwise: NDArray[np.float32],
) -> NDArray[np.float32]:
    most = np.maximum.reduceat(np.where(chosen, similarity, np.float32(-2.0)), starts)
    return np.where(most > -1.5, most, otherwise)
