"""Closest: the unit of the cited passages that a sentence restates, and whether it surely says the same.

Where a sentence and the unit closest to it differ in what they deny, oblige to, permit or promise, or in whom or what
they are about, the checks of :mod:`grounding` may still be misled. The unit itself, word for word, cannot mislead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from app.answer.canon import canonical, stems
from app.answer.polarity import FINITE, NEGATION, marks_of, opposites
from app.answer.statement import Statement, statement_of
from ingest.chunk import plain
from ingest.store import Passage
from ingest.units import units_of

SURE = 0.9
"""Share of a sentence's words, by weight, that the closest unit must hold for the sentence to stand as it is."""
RIVAL = 0.75
"""Share of the closest unit's own share from which another one that turns the other way leaves it open."""
CLEAR = 0.45
"""The same for the unit to be shown in place of a sentence that did not hold."""
HEADING = 0.5
"""What a word counts that stands in the unit's heading only."""
KEPT = 512
_DECISIVE = frozenset({"must", "need", "only", "optional", "unless", "all", "will", "until", "after"})
"""Marks that both must have or lack."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit: as it is shown alone; taken apart; the words it stands under; what it denies, obliges to, promises."""

    text: str
    said: Statement
    under: frozenset[str]
    denies: bool
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Closest:
    """``passage`` is its place among those given; ``share`` the weight of the sentence's words that the unit holds."""

    text: str
    passage: int
    share: float
    sure: bool


@lru_cache(maxsize=KEPT)
def pieces_of(passage: Passage) -> tuple[Piece, ...]:
    """The units of a passage. What is no sentence by itself is shown under what announces or heads it."""
    found: list[Piece] = []
    lead = ""
    refused = NEGATION.search(canonical(passage.section, passage.locale)) is not None
    for unit in units_of(passage.text):
        text = plain(unit.text)
        if unit.kind == "row":
            text = _row(unit.head, unit.text)
        elif unit.kind == "sentence":
            lead = text if text.endswith(":") else ""
            if lead:
                continue
        folded = canonical(text, passage.locale)
        shown = text
        if unit.kind == "item" and lead:
            shown = f"{lead} {text}"
        elif passage.section and (refused or unit.kind != "sentence" or FINITE.search(folded) is None):
            shown = f"{passage.section.rstrip('?:.')}: {text}"
        whole = canonical(shown, passage.locale)
        found.append(
            Piece(
                shown,
                statement_of(shown, passage.locale),
                stems(canonical(f"{passage.title} {passage.section}", passage.locale), passage.locale),
                NEGATION.search(whole) is not None,
                marks_of(whole),
            )
        )
    return tuple(found)


def closest(sentence: str, passages: Sequence[Passage]) -> Closest | None:
    """The unit that holds most of a sentence; None when nothing is shared."""
    if not passages:
        return None
    locale = passages[0].locale
    said = statement_of(sentence, locale)
    pieces = [(place, piece) for place, passage in enumerate(passages) for piece in pieces_of(passage)]
    if not said.words or not pieces:
        return None
    seen: dict[str, int] = {}
    for _, piece in pieces:
        for word in piece.said.words:
            seen[word] = seen.get(word, 0) + 1
    weigh = {word: log(1 + (len(pieces) + 1) / seen.get(word, 1)) for word in said.words}
    scored = [(_share(said.words, piece, weigh), place, piece) for place, piece in pieces]
    share, place, piece = max(scored, key=lambda one: one[0] / (1 + len(one[2].said.words)) ** 0.15)
    if not share:
        return None
    rivals = [piece, *(other for held, _, other in scored if held >= RIVAL * share)]
    sure = share >= SURE and all(_same_turn(sentence, said, one, locale) for one in rivals)
    return Closest(piece.text, place, share, sure)


def _share(words: frozenset[str], piece: Piece, weigh: dict[str, float]) -> float:
    held = sum(
        weigh[word] * (1.0 if word in piece.said.words else HEADING if word in piece.under else 0.0) for word in words
    )
    return held / sum(weigh.values())


def _same_turn(sentence: str, said: Statement, piece: Piece, locale: str) -> bool:
    """Whether both deny or affirm, oblige, permit and promise alike, and no word turned into its opposite."""
    folded = canonical(sentence, locale)
    if (NEGATION.search(folded) is not None) != piece.denies:
        return False
    marks = marks_of(folded)
    if (marks ^ piece.marks) & _DECISIVE or {mark for mark in marks - piece.marks if mark.startswith("p:")}:
        return False
    others = opposites(locale)
    return not any(others.get(word, frozenset()) & piece.said.words for word in said.words - piece.said.words)


def _row(head: str, row: str) -> str:
    """A table's row as words: "Paid with: Card; Arrives in: 6 to 9 business days"."""
    titles = [plain(cell).strip() for cell in head.split("\n", maxsplit=1)[0].strip().strip("|").split("|")]
    cells = [plain(cell).strip() for cell in row.strip().strip("|").split("|")]
    return "; ".join(f"{title}: {cell}" if title else cell for title, cell in zip(titles, cells, strict=False) if cell)
