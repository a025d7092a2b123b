"""Duplicates: a live article that answers the same, so that visitors find now one and now the other."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.editor.checks.corpus import Corpus
from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding, Other
from ingest.article import Article
from ingest.chunk import plain

SAME = 0.8
"""TODO"""
MOST = 3


def duplicates(draft: Draft, bodies: NDArray[np.float32], corpus: Corpus) -> Iterator[Finding]:
    """``bodies`` are the vectors of the draft's body chunks, shape (chunks, width)."""
    for score, other in similar(draft, bodies, corpus)[:MOST]:
        if score < SAME:
            return
        yield Finding(
            check="duplicate",
            severity="warning",
            message=f"“{other.title}” says almost the same.",
            cure="Keep one of the two, or let each name its own case in its title and first sentence.",
            line=draft.field_line("title"),
            quote=draft.article.title,
            other=Other(article_id=other.id, locale=other.locale, title=other.title, quote=plain(other.body)[:300]),
        )


def similar(draft: Draft, bodies: NDArray[np.float32], corpus: Corpus) -> list[tuple[float, Article]]:
    """Live articles with how much of the smaller of the two the other says, best first."""
    found: list[tuple[float, Article]] = []
    for number in corpus.near(draft.article, bodies):
        held = corpus.live[number].bodies
        scores = bodies @ held.T
        found.append((max(float(scores.max(axis=1).mean()), float(scores.max(axis=0).mean())), corpus.articles[number]))
    return sorted(found, key=lambda entry: -entry[0])
