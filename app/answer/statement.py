"""Statement: a sentence taken apart, for checking one against another.

A statement becomes clauses and figures. A clause keeps its words, what it denies, has, lacks and is before or after,
and its marks: what it obliges to, permits, or promises. A figure keeps what it is said of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.answer.canon import canonical, stems
from app.answer.polarity import FINITE, before_and_after, denies, marks_of, negated, with_and_without
from app.answer.quantities import quantities, value_of

FEW = 4
"""Words up to which a clause with "it" needs those of the clause before to be understood."""
_MORE = re.compile(
    r"\b(?:at least|or more|more than|(?:over|above)(?=\s\D?\d)|mas de|mais de|acima de|minimum|al menos|como minimo|"
    r"pelo menos|no minimo)\b"
)
_LESS = re.compile(
    r"\b(?:up to|at most|within|less than|fewer than|(?:under|below)(?=\s\D?\d)|menos de|abaixo de|hasta|ate|or less|"
    r"dentro de|em ate)\b"
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_LETTERS = re.compile(r"[a-z]+")
_OPENING = re.compile(r"^\W*(?:no|yes|si|sim|nao)\s*[,.;!]\s*")
STEP = re.compile(r"^\s*\d+[.)]\s+")
_CLAUSE = re.compile(
    r"\s*(?:;|:(?=\s)|—|–(?=\s)|\((?=\w))\s*|,\s+(?=or (?:nothing|not|no)\s)|\s(?=and (?:not |only )?(?:required|"
    r"mandatory|free|optional|allowed|possible|included|covered)\s)|\s(?=(?:because|since|porque)\s)|"
    r",?\s+(?=(?:unless|except|apart from|other than|excluding|salvo|excepto|exceto)\s)|"
    r",\s+(?=(?:and|but|so|or|not|y|pero|asi|e|mas|which|otherwise)\s)|"
    r"\s+(?=(?:but|whereas|although|pero|aunque|mas|embora)\s)|,\s+(?=(?:while|mientras|enquanto)\s)|"
    r"\s+(?=(?:and|y|e)\s(?:\w+\s){0,2}?(?:is|are|can|will|must|may|does|do|has|have|you|it|they|no|not|nao)\s)|"
    r",\s+(?=(?:you|it|they|we|tamarind|the|your|el|la|los|las|tu|o|a|os|as|seu|sua)\s)"
)
_JOIN = re.compile(r"\s*(?:and|or|y|e|o|ou|plus|but|mas|mais)\s")
_GOES_BACK = re.compile(
    r"^\W*(?:(?:and|but|so|then|y|pero|e|mas|also) )?(?:it|they|this|that|these|those|both|not possible|can not|not|"
    r"no,|yes,|"
    r"esto|eso|estos|esas?|estas?|ambos|isso|isto|esses?|essas?|ele|ela|eles|elas|no es|nao e)\b(?!-)"
)
_OBJECT = re.compile(r"\s(?:it|them|one)\b(?! is| are| has| can| will| was)")
_JOINED = re.compile(r"\s?(?:-|–|to|or|and|a|o|y|e|ou|x|,)?\s?")
_EXCEPT = re.compile(r"^\W*(?:unless|except|apart from|other than|excluding|salvo|excepto|exceto|a menos)\b")
_CUT_OFF = re.compile(r"\b(?:not|no|nao)\W*$")
_FORCED = re.compile(
    r"(?:unless|except|apart from|other than|excluding|salvo|excepto|exceto|or (?:nothing|not|no)|and (?:not |"
    r"only )?(?:required|mandatory|free|optional|allowed|possible|included|covered))\s"
)
_REASON = re.compile(r"(?:because|since|porque)\s")
_NOT = re.compile(r"\b(?:(?:can|is|are) )?(?:not|no|nao)\b")
_AND = re.compile(r"^\W*(?:and|y|e)\s")
_CONDITION = re.compile(r"^\W*(?:if|when|once|as soon as|after|si|cuando|se|quando)\s")
_BUT = re.compile(r"(?:but|pero|mas|not|and not|y no|e nao|nao)\s")
_LEADING = re.compile(
    r"^\W*(?:if|when|once|unless|as soon as|after|before|until|si|cuando|despues|antes|hasta|se|quando|assim que|"
    r"depois|"
    r"ate)\s"
)
_PIECE = re.compile(r"[,;:()]\s|\s(?=(?:and|or|y|e|o|ou|plus|but|mas|mais)\s)")
_ACT = re.compile(
    r"\b(?:can|may|must|will|should|could|shall|(?:have|has|needs?) to|pued\w+|debe\w*|tien\w+ que|hay que|podem?|"
    r"deve\w*|precisam?)(?: not)?"
    r"(?: (?:be|been|also|only|still|now|then|usually|simply|always|ser|se|nao|no))*\s([a-z]+)"
)
_HANDLING = frozenset(
    "use used add added send sent tell told find found see seen choose chosen open opened enter entered try tried ask "
    "asked contact contacted start started begin keep kept stay show shown usar usarse enviar ver elegir abrir mandar "
    "escolher encontrar abrir usado enviado".split()
)
"""Verbs of handling things, which change nothing about who owes what when the passage uses another."""
_IMPERATIVE = re.compile(
    r"^(?:tap|press|open|choose|select|go|enter|type|send|write|click|upload|use|add|take|check|give|report|ask|"
    r"call)\s|^(?:please |por favor,? |do not |don't )?(?!(?:the|a|an|you|it|they|we|i|he|she|if|when|once|after|"
    r"before|until|"
    r"in|on|at|for|from|with|and|or|but|is|are|there|this|that|these|those|el|la|los|las|un|una|si|cuando|en|o|os|as|"
    r"um|uma|se|quando|no|na|each|every|some|all|both|only)\s)[a-z]{3,}\s(?:the|a|an|your|us|it|for|to|at|in|only|"
    r"under|by|of|on|as|before|up|out|off|within|and|from|after|until|no|them|this|any|both|every|each|one|where|"
    r"with|through|el|la|los|las|un|una|tu|tus|a|en|o|os|as|um|uma|seu|sua|no|"
    r"na|por|para|\d+)\s"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: ``key`` is ``kind:value``, ``usd:4.99``, ``bday:3``, ``date:12-24``; times are in one unit.

    ``near`` are the words of its piece of the sentence with those the sentence begins with, ``own`` those of the piece
    alone where it goes on from another ("and electronics until January 15"), ``around`` the other words of the
    sentence, ``counts`` what follows a number without unit, ``bound`` is ``most``, ``least`` or empty, ``piece`` is
    where the piece begins.
    """

    key: str
    near: frozenset[str]
    own: frozenset[str]
    around: frozenset[str]
    counts: frozenset[str]
    bound: str
    piece: int
    raw: str
    """The number as it is written, without its unit."""

    def same(self, other: "Figure") -> bool:
        """Whether both may be one quantity: a bare number ("lockers: 3") has the unit that is understood."""
        if self.key == other.key:
            return True
        if "times" in (self.kind, other.kind) and {self.kind, other.kind} <= {"times", "plain"}:
            return self.raw == other.raw
        bare = (self.kind == "plain" and not self.counts) or (other.kind == "plain" and not other.counts)
        return bare and self.raw == other.raw

    @property
    def kind(self) -> str:
        """What is measured."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two joints of a sentence. ``denied`` is of its main part, not of "if it does not arrive";
    ``negated`` are the words that a denial in any part is about."""

    words: frozenset[str]
    own: frozenset[str]
    """Those of the words that stand in it, and not in what it goes back to."""
    denied: bool | None
    negated: frozenset[str]
    having: frozenset[str]
    lacking: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    marks: frozenset[str]
    imperative: bool
    bare: bool
    only_for: frozenset[str]
    """Words of the exception that the clause is about ("..., except gifts")."""
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, item or cell. ``words`` are stems of all that has meaning, figures are among them by their keys."""

    text: str
    words: frozenset[str]
    figures: tuple[Figure, ...]
    clauses: tuple[Clause, ...]
    label: frozenset[str] = frozenset()
    """Stems of what it is about, where that stands apart: the name of a row, bold words it begins with, "Cash:"."""
    others: frozenset[str] = frozenset()
    """Words of a cell's column that stand in other rows only."""


def statement_of(
    text: str,
    locale: str,
    context: str = "",
    step: bool = False,
    before: frozenset[str] | None = None,
    apart: bool = True,
) -> Statement:
    """A sentence, taken apart; ``context`` are words that it stands under, ``before`` those of the sentence before it,
    which "it" and "that" go back to (None: it goes back to nothing). Not ``apart``: a row, where all figures belong
    together."""
    said = _OPENING.sub("", canonical(STEP.sub("", text), locale))
    under = stems(canonical(context, locale), locale) if context else frozenset()
    found = sorted(quantities(said), key=lambda quantity: quantity[1])
    clauses = tuple(
        Clause(
            stems(_without(part, found, at), locale)
            | under
            | {key for key, start, _ in found if at <= start < at + len(part)},
            stems(_without(part, found, at), locale)
            | under
            | {key for key, start, _ in found if at <= start < at + len(part)},
            denies(part),
            negated(part, locale),
            *with_and_without(part, locale),
            *before_and_after(part, locale),
            marks_of(part),
            step or _IMPERATIVE.match(part.lstrip(" ,")) is not None,
            FINITE.search(part) is None,
            frozenset(),
            stems(" ".join(verb for verb in _ACT.findall(part) if verb not in _HANDLING), locale),
        )
        for at, part in _clauses(said)
    )
    keys = frozenset(key for key, _, _ in found)
    words = stems(_without(said, found), locale) | under
    if before is not None:
        clauses = tuple(_with_antecedents(said, clauses, before))
    wide = words.union(*(clause.words for clause in clauses)) - keys
    return Statement(text, words | keys, tuple(_figures(said, found, wide, locale, apart)), clauses)


def _with_antecedents(said: str, clauses: Sequence[Clause], before: frozenset[str]) -> Iterator[Clause]:
    """Clauses that begin with "it" have the words of the clause before, and so has a sentence without a subject."""
    condition = frozenset[str]()
    denied: bool | None = False
    for (_, part), bare in zip(_clauses(said), clauses, strict=True):
        own = bare.own
        under = condition if condition and _AND.match(part) else frozenset[str]()
        if _CONDITION.match(part) and "," in part:
            condition = own | under
        clause = replace(bare, words=own | under | bare.words)
        if _EXCEPT.match(part) and not bare.negated:
            turned = None if denied is None else not denied
            clause = replace(clause, words=clause.words | before, denied=turned, only_for=own - before)
        elif _GOES_BACK.match(part) or (_OBJECT.search(part) and len(own) <= FEW) or _CUT_OFF.search(part):
            clause = replace(clause, words=clause.words | before)
        yield clause
        before, denied = own, clause.denied


def _without(text: str, spans: Sequence[tuple[str, int, int]], offset: int = 0) -> str:
    """The text without its quantities and their units, which are compared on their own."""
    for _, start, end in sorted(spans, key=lambda span: -span[1]):
        if offset <= start < offset + len(text):
            text = f"{text[: start - offset]} {text[end - offset :]}"
    return text


def _clauses(said: str) -> Iterator[tuple[int, str]]:
    """``(start, clause)``; what has no verb goes on in the next, and a condition stays with what depends on it."""
    at = 0
    for joint in _CLAUSE.finditer(said):
        part = said[at : joint.start()]
        if _FORCED.match(said, joint.end()):
            whole = bool(part.strip())
        elif _REASON.match(said, joint.end()):
            whole = bool(part.strip()) and FINITE.search(part) is None
        elif ":" in joint[0] and FINITE.search(_NOT.sub(" ", part)) is None:
            whole = False
        elif ";" in joint[0] or _BUT.match(said, joint.end()):
            whole = bool(part)
        else:
            whole = bool(FINITE.search(part) and FINITE.search(said, joint.end()))
            whole = whole and not (_LEADING.match(part) and "," not in part)
        if whole:
            yield at, part
            at = joint.end()
    if at < len(said):
        yield at, said[at:]


def _figures(
    said: str, found: list[tuple[str, int, int]], words: frozenset[str], locale: str, apart: bool
) -> Iterator[Figure]:
    cuts = [0, *(cut.end() for cut in _PIECE.finditer(said)), len(said)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        bare = not any(start <= at < end for _, at, _ in found)
        if bare and FINITE.search(said, start, end):
            continue
        if bare:
            joined = _JOIN.match(said, start) is None
        else:
            joined = not any(s <= at < e for s, e in spans[-1:] for _, at, _ in found)
        if spans and joined:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    head = stems(said[: found[0][1]], locale) if found else frozenset()
    for key, at, stop in found:
        start, end = next(((s, e) for s, e in spans if s <= at < e), (0, len(said)))
        kind = key.partition(":")[0]
        others = {k for k, place, _ in found if start <= place < end and k.partition(":")[0] != kind and k != "plain:1"}
        others |= {
            f"{k}|{_bound(said, start, place, until)}"
            for k, place, until in found
            if k in others and start <= place < end
        }
        if apart:
            whole = start, end
            start, end = _territory(said, found, kind, at, start, end)
        own = stems(_without(said[start:end], found, start), locale)
        shared = head if not apart or whole[0] == start else frozenset[str]()
        near = own | shared | others
        own = own - head if start > found[0][1] else frozenset()
        follows = _LETTERS.findall(said[stop:end])[:2] if kind in ("plain", "percent") else []
        bound = _bound(said, start, at, stop)
        digits = _DIGITS.search(said, at, stop)
        raw = value_of(digits[0]) if digits else ""
        rest = (words | head | {k for k, _, _ in found if k.partition(":")[0] != kind}) - near
        yield Figure(key, near, own, rest, stems(" ".join(follows), locale), bound, start, raw)


def _territory(
    said: str, found: Sequence[tuple[str, int, int]], kind: str, at: int, start: int, end: int
) -> tuple[int, int]:
    """The part of a piece that is nearer to this quantity than to another of its kind; ranges stay together."""
    for key, place, until in found:
        if key.partition(":")[0] != kind or place == at or not start <= place < end:
            continue
        if place < at and _JOINED.fullmatch(said, until, at) is None:
            start = max(start, said.find(" ", (until + at) // 2))
        elif place > at:
            stop = next(stop for k, p, stop in found if p == at)
            if _JOINED.fullmatch(said, stop, place) is None:
                cut = said.rfind(" ", stop, (stop + place) // 2 + 1)
                end = min(end, cut if cut > stop else stop)
    return start, end


def _bound(said: str, start: int, at: int, stop: int) -> str:
    around = said[max(start, at - 24) : stop + 9]
    found = [
        (hit.start(), name) for name, words in (("least", _MORE), ("most", _LESS)) for hit in words.finditer(around)
    ]
    return max(found)[1] if found else ""
