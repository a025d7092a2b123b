"""Figures: another number, period or amount of the same thing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.answer.quantities import value_of
from app.answer.statement import Figure
from app.editor.checks.clash import MAX_COSINE, Clash, Cosines, cosines
from app.editor.checks.corpus import Corpus
from app.editor.checks.nearness import MIN_SHARED, Nearness, nearness, same_readers
from app.editor.checks.said import Said

SAME = 1.3
"""Score from which two statements are about the same. This and the two below: the lowest of 22 contradictions planted
in our own articles scores 1.33; of 800 articles of thirteen help centres 12 true pairs do."""
ALONE, PLACED = 0.45, 0.6
"""Cosines that both need, without and with their titles."""
AS_LONG = 0.05
"""Periods in different units (2 business days, 48 hours) that differ by this share are the same."""
_SECONDS = {"time": 1, "bday": 86_400, "month": 30 * 86_400}
_NOT_COMPARED = frozenset({"nth", "in", "weekday"})
_EXAMPLE = re.compile(r"\b(?:examples?|e\.g\.|ejemplos?|p\. ?ej\.|exemplos?)(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")
_WRITTEN = re.compile(
    r"(?:\b[A-Z]{0,3}[$€£] ?)?(?P<digits>\d+(?:[.,]\d+)*)"
    r"(?: ?%|[ -](?:business |working )?[^\W\d_]+(?: (?:hábiles|laborables|úteis))?)?"
)
Held = tuple[Said, Figure]


def figure_clashes(mine: Sequence[Said], theirs: Mapping[int, Sequence[Said]], corpus: Corpus) -> Iterator[Clash]:
    """The other articles' statements, by article, that give another figure."""
    by_measure: dict[str, list[tuple[int, Said, Figure]]] = defaultdict(list)
    for number, statements in theirs.items():
        for other in statements:
            for held in other.statement.figures:
                by_measure[_measure(held)].append((number, other, held))
    found: list[tuple[int, Held, Held, Nearness]] = []
    for one in mine:
        for figure in one.statement.figures:
            for number, other, held in by_measure[_measure(figure)]:
                if not _comparable(figure, held) or not same_readers(one, other):
                    continue
                near = nearness(one, other, _matter(one, figure), _matter(other, held), corpus.weights)
                if near.words + MAX_COSINE >= SAME and near.least >= MIN_SHARED:
                    found.append((number, (one, figure), (other, held), near))
    apart = [entry for entry in found if _differ(entry[1], entry[2]) and not entry[3].apart]
    articles = {entry[0] for entry in apart}
    agreed = [entry for entry in found if entry[0] in articles and alike(entry[1][1], entry[2][1])]
    together = cosines([(entry[1][0], entry[2][0]) for entry in (*apart, *agreed)], corpus)
    bound: dict[tuple[int, int, str], float] = defaultdict(float)
    for (number, (one, figure), (other, held), near), cosine in zip(agreed, together[len(apart) :], strict=True):
        score = near.words + cosine.mean
        for key in ((number, id(one), figure.key), (number, id(other), held.key)):
            bound[key] = max(bound[key], score)
    for (number, (one, figure), (other, held), near), cosine in zip(apart, together, strict=False):
        score = near.words + cosine.mean
        agreement = max(bound[number, id(one), figure.key], bound[number, id(other), held.key])
        if _close(cosine) and score >= SAME and agreement < score:
            yield Clash(score + near.mean / 10, one, other, f"{_shown(held, other)}, not {_shown(figure, one)}")


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are one quantity, also when one counts hours and the other days."""
    if one.same(other):
        return True
    first, second = _length(one), _length(other)
    if one.kind == other.kind or not first or not second:
        return False
    return abs(first - second) <= AS_LONG * max(first, second)


def _close(cosine: Cosines) -> bool:
    return cosine.alone >= ALONE and cosine.placed >= PLACED


def _matter(said: Said, figure: Figure) -> frozenset[str]:
    return figure.near | said.statement.label


def _measure(figure: Figure) -> str:
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
    if {figure.bound, held.bound} == {"most", "least"}:
        return False
    if any(_EXAMPLE.search(f"{said.section} {said.statement.text}") for said in (one, other)):
        return False
    return not (_within(figure, other) or _within(held, one))


def _within(figure: Figure, said: Said) -> bool:
    """Whether a statement names a lower and a higher figure of the kind: "8% to 18%, depending on the category"."""
    value = _value(figure)
    others = [_value(known) for known in said.statement.figures if known.kind == figure.kind]
    known = [number for number in others if number is not None]
    return value is not None and len(known) > 1 and min(known) < value < max(known)


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
            return found[0].strip()
    return figure.raw or figure.key.partition(":")[2]
