"""Figures: whether a quantity is said of what the passages say it of."""

from collections.abc import Sequence

from app.answer.source import Source
from app.answer.statement import Figure, Statement

AROUND = 0.35
"""What a word elsewhere in the statement counts beside a word next to the figure."""
BOUND = 1.0
"""What it counts that both stand by one figure with one bound ("less than 3 days")."""
LEAD = 1.15
"""How much closer another figure must be before it is the one that the passage gives."""
ANY = frozenset({"plain:1"})
_LISTED = frozenset({"nth", "date", "weekday", "plain", "in"})
"""Kinds of which a sentence names several in a row ("on the 4th and the 19th")."""


def figure_stands(
    figure: Figure,
    needed: bool,
    statements: Sequence[tuple[Statement, Source]],
    together: frozenset[str] = frozenset(),
) -> bool:
    """Whether no other figure of its kind is closer to what the sentence says it of."""
    if figure.key in ANY:
        return True
    same = other = 0.0
    touches = False
    counted, elsewhere = frozenset[str](), frozenset[str]()
    bounds: set[str] = set()
    pair = {word for word in figure.near if "|" in word}
    for statement, source in statements:
        alike = [
            one
            for one in statement.figures
            if one.kind == figure.kind or figure.same(one) or (one.kind == "plain" and not one.counts)
        ]
        places = {one.piece for one in alike if figure.same(one)}
        for one in alike:
            if figure.same(one):
                if one.own and not one.own & (figure.near | figure.around):
                    continue
                if pair and pair <= one.near:
                    return True
                same = max(same, _nearness(figure, one, source))
                touches = (
                    touches
                    or not (figure.near | figure.around)
                    or bool((figure.near | figure.around) & (statement.words | source.under))
                )
                counted |= one.counts | one.near
                bounds.add(one.bound)
            else:
                if one.key in ANY:
                    continue
                elsewhere |= one.counts
                if one.piece not in places and not (one.key in together and figure.kind in _LISTED):
                    other = max(other, _nearness(figure, one, source))
    if figure.bound and bounds and bounds == {"most" if figure.bound == "least" else "least"}:
        return False
    if needed and not figure.bound and bounds == {"most"} and figure.kind != "time" and figure.kind != "bday":
        return False
    if figure.counts and (figure.counts - counted) & elsewhere:
        return False
    return other <= LEAD * same and touches


def _nearness(said: Figure, one: Figure, source: Source) -> float:
    """Weight of the words that both stand by, next to the figure or around it, for the weight of all."""
    weigh = source.weights
    shared = 0.0
    beside = said.own or said.near
    for word in said.near | said.around:
        if "|" in word and word in one.near:
            shared += BOUND
        if word in one.near:
            part = 1.0
        elif word in one.around:
            part = AROUND
        else:
            continue
        shared += part * (1.0 if word in beside else AROUND) * weigh.get(word, 0.0)
    size = sum(weigh.get(word, 0.0) for word in one.near)
    return float(shared / (1.0 + size) ** 0.5)
