"""Duplicates: a live article that answers the same, so that visitors find now one and now the other."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.editor.checks.corpus import Corpus
from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding, Other
from app.editor.checks.said import Said, said_in
from ingest.article import Article
from ingest.chunk import plain

SAME = 1.42
"""Cosine of the chunks and share of the words, added, from which two articles are one. Of thirty copies and retold
articles planted in our own help centre (``tests/editor/checks/planted``) at least 29 are found at 1.45, too; of the
pairs of five help centres ours have at most 1.27, and Gumroad's, whose articles do overlap, four at least 1.44."""
ALIKE = 0.65
"""Mean cosine of the chunks that it takes at least."""
MOST = 3


def duplicates(draft: Draft, bodies: NDArray[np.float32], corpus: Corpus) -> Iterator[Finding]:
    """``bodies`` are the vectors of the draft's body chunks, shape (chunks, width)."""
    found = [entry for entry in _similar(draft, bodies, corpus) if entry[0] >= SAME]
    for _, other in sorted(found, key=lambda entry: -entry[0])[:MOST]:
        yield Finding(
            check="duplicate",
            severity="warning",
            message=f"“{other.title}” says almost the same.",
            cure="Keep one of the two, or let each name its own case in its title and first sentence.",
            line=draft.field_line("title"),
            quote=draft.article.title,
            other=Other(article_id=other.id, locale=other.locale, title=other.title, quote=plain(other.body)[:300]),
        )


def _similar(draft: Draft, bodies: NDArray[np.float32], corpus: Corpus) -> Iterator[tuple[float, Article]]:
    """Articles of the same kind for the same readers, with how much of the shorter of the two the other says."""
    mine = _words(said_in(draft.article, draft.passages))
    for number in corpus.near(draft.article, bodies):
        other = corpus.articles[number]
        if other.kind != draft.article.kind or not set(other.audience) & set(draft.article.audience):
            continue
        scores = bodies @ corpus.live[number].bodies.T
        alike = max(float(scores.max(axis=1).mean()), float(scores.max(axis=0).mean()))
        if alike < ALIKE:
            continue
        theirs = _words(corpus.said(number))
        shared = max(corpus.weights.covered([(one, 1.0)], held) for one, held in ((mine, theirs), (theirs, mine)))
        yield alike + shared, other


def _words(said: Sequence[Said]) -> frozenset[str]:
    """Stems of all that an article states."""
    return frozenset[str]().union(*(one.statement.words for one in said))
