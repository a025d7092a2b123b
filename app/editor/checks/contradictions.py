"""Contradictions: another article says another number, period or amount of the same, or denies what this one affirms.

Sentences are taken apart as for checking answers (``app.answer.statement``). Two statements are about the same when
their vectors are close, alone and under their titles, when most of their telling words are shared, and when no word
that one of them has from its own title is missing in the other: "affiliate commission" is not "commission". Where the
other article says the draft's figure too, and more closely, the two agree.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.editor.checks.corpus import Corpus
from app.editor.checks.denials import denial_clashes
from app.editor.checks.draft import Draft
from app.editor.checks.figures import figure_clashes
from app.editor.checks.finding import Finding, Other
from app.editor.checks.said import said_in

MOST = 8


def contradictions(draft: Draft, bodies: NDArray[np.float32], corpus: Corpus) -> Iterator[Finding]:
    """``bodies`` are the vectors of the draft's body chunks, shape (chunks, width)."""
    mine = said_in(draft.article, draft.passages)
    theirs = {number: corpus.said(number) for number in corpus.near(draft.article, bodies)}
    clashes = [*figure_clashes(mine, theirs, corpus), *denial_clashes(mine, theirs, corpus)]
    seen: set[tuple[str, tuple[str, str]]] = set()
    for clash in sorted(clashes, key=lambda clash: -clash.score):
        other, words = clash.theirs.article, clash.mine.statement.text
        if (words, other.key) in seen:
            continue
        seen.add((words, other.key))
        yield Finding(
            check="contradiction",
            severity="error",
            message=f"“{other.title}” says otherwise: {clash.what}.",
            cure="Find out which is right and correct the other one, or let each name the case that it is about.",
            line=draft.line_of(words),
            quote=words,
            other=Other(article_id=other.id, locale=other.locale, title=other.title, quote=clash.theirs.statement.text),
        )
        if len(seen) == MOST:
            return
