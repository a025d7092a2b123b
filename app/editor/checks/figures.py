"""Figures: another number, period or amount of the same thing."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.answer.canon import stems
from app.answer.quantities import value_of
from app.answer.statement import Figure
from app.editor.checks.clash import MAX_COSINE, Clash, Cosines, cosines
from app.editor.checks.corpus import Corpus
from app.editor.checks.nearness import MIN_SHARED, Nearness, nearness, same_readers
from app.editor.checks.said import Said
from ingest.lexical import fold

SAME = 1.2
"""Score from which two statements are about the same. This and the cosines were set on contradictions planted in our
own articles and in two other companies' (``tests/editor/checks/planted``), anew for the adapter that was fitted on 36
companies, and, with the first one, on what is told of 758 articles of fourteen help centres, which hardly contradict
each other."""
ACROSS = 0.25
"""How much more it takes between an article for buyers only and one for sellers only (a refund is no payout), and
between two procedures, whose steps are written alike and have limits of their own."""
ALONE, PLACED = 0.4, 0.55
"""Cosines that both need, without and with their titles."""
AS_LONG = 0.05
"""Periods in different units (2 business days, 48 hours) that differ by this share are the same."""
_SECONDS = {"time": 1, "bday": 86_400, "month": 30 * 86_400}
_NOT_COMPARED = frozenset({"nth", "in", "weekday"})
_EXAMPLE = re.compile(r"\b(?:examples?|e\.g\.|ejemplos?|p\. ?ej\.|exemplos?)(?!\w)|\w=\w", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:percentage points?|puntos? porcentual\w*|pontos? percentua\w*)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")
_WRITTEN = re.compile(
    r"(?:\b[A-Z]{0,3}[$€£] ?)?(?P<digits>\d+(?:[.,]\d+)*)"
    r"(?P<unit> ?%|[ -](?:business |working )?[^\W\d_]+(?: (?:hábiles|laborables|úteis))?)?"
)
Held = tuple[Said, Figure]


@dataclass(frozen=True)
class Candidate:
    """A figure of the draft and one of live article ``number``."""

    number: int
    mine: Held
    theirs: Held
    near: Nearness


def figure_clashes(mine: Sequence[Said], theirs: Mapping[int, Sequence[Said]], corpus: Corpus) -> list[Clash]:
    """The other articles' statements, by article, that give another figure.

    The other article may say the draft's figure as well, and more closely; and two figures that third articles repeat,
    each more closely than the two are to each other, are two facts.
    """
    known = _by_measure(theirs)
    found = _candidates(mine, known, corpus)
    differing = [one for one in found if not one.near.apart and _differ(one.mine, one.theirs)]
    articles = {one.number for one in differing}
    agreeing = [one for one in found if alike(one.mine[1], one.theirs[1]) and one.number in articles]
    scores = _scores([*differing, *agreeing], corpus)
    agreed: dict[tuple[int, int, str], float] = defaultdict(float)
    for one, (score, _) in zip(agreeing, scores[len(differing) :], strict=True):
        for said, figure in (one.mine, one.theirs):
            key = one.number, id(said), figure.key
            agreed[key] = max(agreed[key], score)
    clashes: list[Clash] = []
    for one, (score, cosine) in zip(differing, scores, strict=False):
        (said, figure), (other, held) = one.mine, one.theirs
        if score < _needed(said, other) or cosine.alone < ALONE or cosine.placed < PLACED:
            continue
        if max(agreed[one.number, id(said), figure.key], agreed[one.number, id(other), held.key]) >= score:
            continue
        if all(_repeated(each, one.number, known, corpus) > score for each in (one.mine, one.theirs)):
            continue
        what = f"{_shown(held, other)}, not {_shown(figure, said)}"
        clashes.append(Clash(score + one.near.mean / 10, said, other, what))
    return clashes


def _needed(one: Said, other: Said) -> float:
    first, second = set(one.article.audience), set(other.article.audience)
    procedures = [said.article.kind == "sop" for said in (one, other)]
    return SAME + ACROSS if all(procedures) or not (any(procedures) or first & second) else SAME


def _by_measure(theirs: Mapping[int, Sequence[Said]]) -> Mapping[str, list[tuple[int, Held]]]:
    known: dict[str, list[tuple[int, Held]]] = defaultdict(list)
    for number, statements in theirs.items():
        for said in statements:
            for figure in said.statement.figures:
                known[_measure(said, figure)].append((number, (said, figure)))
    return known


def _candidates(mine: Sequence[Said], known: Mapping[str, list[tuple[int, Held]]], corpus: Corpus) -> list[Candidate]:
    """Pairs of figures of one measure whose statements may be about the same, whatever their vectors say."""
    found: list[Candidate] = []
    for said in mine:
        for figure in said.statement.figures:
            for number, (other, held) in known.get(_measure(said, figure), ()):
                if not _comparable(figure, held) or not same_readers(said, other):
                    continue
                near = nearness(said, other, _matter(said, figure), _matter(other, held), corpus.weights)
                if near.words + MAX_COSINE >= SAME and near.least >= MIN_SHARED:
                    found.append(Candidate(number, (said, figure), (other, held), near))
    return found


def _scores(candidates: Sequence[Candidate], corpus: Corpus) -> list[tuple[float, Cosines]]:
    together = cosines([(one.mine[0], one.theirs[0]) for one in candidates], corpus)
    return [(one.near.words + cosine.mean, cosine) for one, cosine in zip(candidates, together, strict=True)]


def _repeated(held: Held, number: int, known: Mapping[str, list[tuple[int, Held]]], corpus: Corpus) -> float:
    """How closely a third article says the same figure of the same; 0 when none does."""
    said, figure = held
    others = {
        measure: [(other, one) for other, one in entries if other != number and one[0].article is not said.article]
        for measure, entries in known.items()
    }
    same = [
        one for one in _candidates([said], others, corpus) if one.mine[1] is figure and alike(figure, one.theirs[1])
    ]
    return max((score for score, _ in _scores(same, corpus)), default=0.0)


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are one quantity, also when one counts hours and the other days."""
    if one.same(other):
        return True
    first, second = _length(one), _length(other)
    if one.kind == other.kind or not first or not second:
        return False
    return abs(first - second) <= AS_LONG * max(first, second)


def _matter(said: Said, figure: Figure) -> frozenset[str]:
    return figure.near | said.statement.label


def _measure(said: Said, figure: Figure) -> str:
    if figure.kind == "percent" and _POINTS.search(said.statement.text):
        return "points"
    return "period" if figure.kind in _SECONDS else figure.kind


def _comparable(one: Figure, other: Figure) -> bool:
    if one.kind in _NOT_COMPARED:
        return False
    if one.kind == "plain":
        return "1" not in (one.raw, other.raw) and bool(one.counts & other.counts)
    return True


def _differ(mine: Held, theirs: Held) -> bool:
    """Whether the figures differ and neither statement has the other's figure, or a span that it lies in."""
    (one, figure), (other, held) = mine, theirs
    if any(alike(figure, known) for known in other.statement.figures):
        return False
    if any(alike(held, known) for known in one.statement.figures):
        return False
    if {_bound(figure, one), _bound(held, other)} == {"most", "least"}:
        return False
    if any(_EXAMPLE.search(f"{said.section} {said.statement.text}") for said in (one, other)):
        return False
    return not (_within(figure, other) or _within(held, one))


def _bound(figure: Figure, said: Said) -> str:
    """Its bound; "no more than" and "cannot run for more than" are the most."""
    denied = any(clause.denied and figure.key in clause.words for clause in said.statement.clauses)
    return "most" if denied and figure.bound == "least" else figure.bound


def _within(figure: Figure, said: Said) -> bool:
    """Whether a statement spans the figure: "8% to 18%, depending on the category"."""
    value = _value(figure)
    ends = [(known, _value(known)) for known in said.statement.figures if known.kind == figure.kind]
    return value is not None and any(
        low is not None and high is not None and low < value < high and one.near == other.near
        for (one, low), (other, high) in pairwise(ends)
    )


def _value(figure: Figure) -> float | None:
    value = figure.key.partition(":")[2]
    return float(value) if _NUMBER.match(value) else None


def _length(figure: Figure) -> float | None:
    """Seconds of a period."""
    value = _value(figure)
    return None if value is None or figure.kind not in _SECONDS else value * _SECONDS[figure.kind]


def _shown(figure: Figure, said: Said) -> str:
    """The figure as it is written, with its unit."""
    for found in _WRITTEN.finditer(said.statement.text):
        if value_of(found["digits"]) == figure.raw:
            unit = found["unit"] or ""
            known = not unit.strip(" -") or "%" in unit or stems(fold(unit), said.article.locale)
            return (found[0] if known else found[0].removesuffix(unit)).strip()
    return figure.raw or figure.key.partition(":")[2]
