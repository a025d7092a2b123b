"""Denials: one article affirms what another denies."""

from collections.abc import Mapping, Sequence

from app.answer.canon import canonical
from app.answer.objection import objection
from app.answer.polarity import FINITE, NEGATION
from app.answer.statement import Clause
from app.editor.checks.clash import MAX_COSINE, Clash, cosines
from app.editor.checks.corpus import Corpus
from app.editor.checks.nearness import MIN_SHARED, Nearness, nearness, same_readers
from app.editor.checks.said import Said
from ingest.lexical import fold

SAME = 1.3
"""Score from which two statements are about the same, as for figures."""
ALONE, PLACED = 0.6, 0.55
"""Cosines that both need: a denial hangs on single words, so the sentences themselves must be closer."""
MATTER, MEAN = 0.5, 0.65
"""Shares of the two clauses' telling words that the other must have: the smaller one, and their mean."""
DENIED = 0.25
"""Share of what is denied that the other clause must affirm: "to the seller, not the buyer" says nothing of buyers."""
_RULES = ("denial", "denied", "clash")
_OBLIGES = frozenset({"must", "need"})
"""What must be and is not ("has no white background") is a fault and no contradiction."""
_CONDITIONS = frozenset({"only", "unless"})


def denial_clashes(mine: Sequence[Said], theirs: Mapping[int, Sequence[Said]], corpus: Corpus) -> list[Clash]:
    """The other articles' statements that deny what the draft affirms, or affirm what it denies."""
    found: list[tuple[Said, Said, Nearness]] = []
    for one in mine:
        for statements in theirs.values():
            for other in statements:
                if len(one.statement.words & other.statement.words) > 1 and same_readers(one, other):
                    near = _opposed(one, other, corpus)
                    if near is not None:
                        found.append((one, other, near))
    together = cosines([(one, other) for one, other, _ in found], corpus)
    return [
        Clash(near.words + cosine.mean + near.mean / 10, one, other, "one denies what the other affirms")
        for (one, other, near), cosine in zip(found, together, strict=True)
        if near.words + cosine.mean >= SAME and cosine.alone >= ALONE and cosine.placed >= PLACED
    ]


def _opposed(one: Said, other: Said, corpus: Corpus) -> Nearness | None:
    """How near the two clauses are of which one denies and the other affirms; None when there are none."""
    for clause in one.statement.clauses:
        closest = max(
            other.statement.clauses,
            key=lambda held: (
                corpus.weights.covered([(held.words, 1.0)], clause.words)
                * corpus.weights.covered([(clause.words, 1.0)], held.words)
            ),
            default=None,
        )
        if closest is None or closest.denied is None or clause.denied is None or closest.denied == clause.denied:
            continue
        if not _denies_it(*((one, clause, other, closest) if clause.denied else (other, closest, one, clause)), corpus):
            continue
        near = nearness(one, other, clause.words, closest.words, corpus.weights)
        if near.matter < MATTER or near.mean < MEAN or near.least < MIN_SHARED or near.words + MAX_COSINE < SAME:
            continue
        every = other.source.words | other.whole
        rule = objection(clause, one.statement, [(other.statement, other.source)], every, one.article.locale)
        if rule.startswith(_RULES):
            return near
    return None


def _denies_it(denier: Said, denied: Clause, affirmer: Said, affirmed: Clause, corpus: Corpus) -> bool:
    """Whether the denial is said in so many words, of what the other clause affirms without a condition."""
    if affirmer.is_cell and FINITE.search(canonical(affirmer.statement.text, affirmer.article.locale)) is None:
        return False
    if (affirmed.marks ^ denied.marks) & _CONDITIONS or denied.lacking:
        return False
    if "until" in affirmed.marks and "after" in denied.marks - affirmed.marks:
        return False
    if affirmed.marks & _OBLIGES and not denied.marks & (_OBLIGES | {"may"}):
        return False
    if {word for word in denied.words - affirmed.words if ":" in word}:
        return False
    if _says_no(denier.statement.text):
        return corpus.weights.covered([(denied.negated, 1.0)], affirmed.words | affirmer.under) >= DENIED
    return denied.bare and not denied.imperative and _says_no(denier.section)


def _says_no(text: str) -> bool:
    """Whether a text itself denies, and not only what is made of it: "refused" is read as "not accepted"."""
    said = fold(text).replace("’", "'").replace("n't", " not").replace("cannot", "can not")
    return NEGATION.search(said) is not None
