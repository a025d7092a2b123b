"""Objection: by which rule the clauses of the passages do not say a clause."""

from collections.abc import Mapping, Sequence

from app.answer.figures import ANY
from app.answer.polarity import opposites
from app.answer.source import Source
from app.answer.statement import Clause, Statement

MIN_CLOSE = 0.35
"""Share of a clause's words, by weight, that one statement must hold."""
MIN_CLOSE_TURNED = 0.5
"""The same where the clause denies, obliges or permits."""
MIN_CLOSE_ANCHORED, MIN_KNOWN_ANCHORED = 0.3, 0.45
"""The same where a figure ties the clause to the passage."""
HEAD = 0.3
"""What a word that stands only in the title or heading counts beside a rare one of the text."""
MIN_KNOWN = 0.5
"""Share of a clause's words, by weight, that the passages must hold."""
MIN_KNOWN_TURNED = 0.55
"""The same where the clause denies, obliges or permits: none of that may hang on a word that is not there."""
_TURNING = frozenset({"must", "need", "may", "optional", "will", "only"})
GONE_BACK = 0.9
"""What coverage counts that needs the words which a clause goes back to."""
NEARBY = 0.5
"""Share of the highest coverage from which what a clause denies is looked at."""
FAR = 0.6
"""Coverage below which "only" may be about something else."""
AFFIRMING = 0.75
"""Share of the highest coverage from which a clause that affirms a word outweighs one that denies it."""
TIGHT = 0.97
"""Share of the highest coverage from which a clause is as close as any."""
SAME_LABEL = 0.8
"""Share of the closest statement's coverage from which the one that bears the name says it just as well."""
_OWN = frozenset({"p:automatic", "p:now", "p:always", "p:self", "p:free"})
"""Promises that belong to the clause they stand in, not to the sentence."""
_FREELY = frozenset({"p:free", "p:full", "p:now", "p:automatic", "p:always", "p:upgrade"})
_OBLIGES = frozenset({"must", "need"})
_BINDING = _OBLIGES | {"term"}
"""What lets a sentence say that something must be: the passage does, or lists it among the conditions."""
DEMANDS = frozenset({"must", "task"})
_TIMES = frozenset({"time", "bday", "month", "date", "clock", "weekday"})


def objection(
    clause: Clause,
    said: Statement,
    statements: Sequence[tuple[Statement, Source]],
    every: frozenset[str],
    locale: str = "en",
) -> str:
    """The rule by which the clauses closest to it do not say it; empty when they deny, oblige and promise alike."""
    scored = [
        (
            max(_coverage(clause.words, one.own, source), GONE_BACK * _coverage(clause.words, one.words, source)),
            _fit(clause, one, source),
            one,
            statement,
        )
        for statement, source in statements
        for one in statement.clauses
        if not one.only_for or ("unless" not in clause.marks and one.only_for & clause.words)
    ]
    if not clause.words:
        return ""
    if not scored:
        return "empty"
    turned = clause.denied or clause.marks & (_TURNING | _FREELY)
    held = max(
        max(_coverage(clause.words, statement.words, source), _coverage(said.words, statement.words, source) - 0.05)
        for statement, source in statements
    )
    known = max(_coverage(clause.words, every, source) for _, source in statements)
    anchored = any(
        word in statement.words
        for word in clause.words
        if ":" in word and word not in ANY
        for statement, _ in statements
    )
    low = anchored and not clause.denied
    alone = len(clause.words) < 2 and len(said.clauses) > 1
    if not alone and held < (MIN_CLOSE_ANCHORED if low else MIN_CLOSE_TURNED if turned else MIN_CLOSE):
        return f"held {held:.2f}"
    if not alone and known < (MIN_KNOWN_ANCHORED if low else MIN_KNOWN_TURNED if turned else MIN_KNOWN):
        return f"known {known:.2f}"
    if unknown := clause.acts - every:
        return f"act {sorted(unknown)}"
    most = max(cover for cover, *_ in scored)
    near = sorted((s for s in scored if s[0] >= 0.8 * most and s[0] > 0), key=lambda s: -s[1])
    near = [s for s in near if s[1] >= 0.8 * near[0][1]]
    marks = frozenset[str]().union(*(one.marks for *_, one, _ in near))
    wider = frozenset[str]().union(*(one.marks for cover, _, one, _ in scored if cover >= 0.9 * most))
    obliges = {mark for *_, one, _ in near if not one.denied for mark in one.marks} & _BINDING
    timed = any(word.partition(":")[0] in _TIMES for word in clause.words)
    imperative = any((one.imperative or (one.bare and timed)) and "optional" not in one.marks for *_, one, _ in near)
    loose = {
        mark for cover, *_, statement in scored if cover >= 0.8 * most for c in statement.clauses for mark in c.marks
    }
    kept = wider | (loose - _OWN) | ({"p:self"} if "we" in wider else set())
    if any(_is_free(clause, one) for *_, one, statement in scored if not statement.label):
        kept |= {"p:free"}
    kept |= {"p:refund"} & {m for cover, *_, one in scored if cover >= 0.5 * most for c in one.clauses for m in c.marks}
    heads = {head.text: head for _, source in statements for head in source.heads}
    for head in heads.values():
        if len(head.words & clause.words) >= 0.5 * len(head.words):
            kept |= frozenset[str]().union(*(one.marks for one in head.clauses))
    if not clause.denied and (made := {mark for mark in clause.marks if mark.startswith("p:")} - kept):
        return f"promise {made}"
    demands = clause.marks & DEMANDS
    closest = near[0][2].marks if near else frozenset[str]()
    if "may" in closest and not closest & _OBLIGES:
        obliges -= {"term"}
    if demands and not clause.denied and not obliges and not (imperative and "must" not in demands):
        return "must"
    agreed = any(_agree(clause, one) for cover, _, one, _ in scored if cover >= TIGHT * most)
    if not agreed and all(_clash(clause, one) for *_, one, _ in near):
        return "denial"
    tight = [one for cover, _, one, _ in scored if cover >= TIGHT * most]
    if tight and not agreed and all(_clash(clause, one) for one in tight):
        return "clash"
    nearby = [one for cover, _, one, _ in scored if cover >= NEARBY * most]
    affirming = [one for cover, _, one, _ in scored if cover >= AFFIRMING * most]
    if not clause.denied and (only_denied := _only_denied(clause, nearby, affirming)):
        return f"denied {sorted(only_denied)}"
    opposite = opposites(locale)
    if tight and all(_opposed(clause, one, opposite) for one in tight):
        return "opposite"
    if near and _mislabelled(clause, near[0][3], statements):
        return "label"
    if near and "only" in near[0][2].marks - clause.marks and "all" in clause.marks - near[0][2].marks:
        return "only"
    if near and "only" in near[0][2].marks - clause.marks and not clause.denied:
        missing = clause.words - near[0][3].words
        if missing & every or (missing and near[0][0] < FAR):
            return "only"
    if "optional" in clause.marks and not marks & {"optional", "may"}:
        return "optional"
    if (
        "may" in clause.marks
        and not clause.denied
        and not clause.marks & _OBLIGES
        and "until" not in clause.marks
        and closest & _OBLIGES
        and "may" not in closest
    ):
        return "may"
    if "will" in clause.marks and "may" in marks and "will" not in wider:
        return "will"
    return ""


def _is_free(said: Clause, one: Clause) -> bool:
    """Whether what the passage calls free is mostly what the sentence is about."""
    matter = {word for word in one.own if ":" not in word and word != "free"}
    return "p:free" in one.marks and not one.denied and 2 * len(matter & said.words) >= len(matter) > 0


def _alike(said: Clause, one: Clause) -> bool:
    """Whether both deny or both affirm. "Not until" is "only when", and "no longer once" is "until"."""
    if said.denied is None or one.denied is None or said.denied == one.denied:
        return True
    if "only" in said.marks | one.marks and {"only", "until"} & (said.marks if said.denied else one.marks):
        return "only" in (one.marks if said.denied else said.marks) or "only" in said.marks & one.marks
    denying, affirming = (said, one) if said.denied else (one, said)
    return "after" in denying.marks and "until" in affirming.marks and "until" not in denying.marks


def _clash(said: Clause, one: Clause) -> bool:
    """Whether one denies and the other affirms, with no word denied by both; or one is before what the other is after,
    or has what the other lacks."""
    crossed = said.before & one.after - one.before - said.after or said.after & one.before - one.after - said.before
    if crossed and said.denied == one.denied:
        return True
    if said.lacking & (one.having - one.lacking) or one.lacking & (said.having - said.lacking):
        return True
    if _agree(said, one):
        return False
    return not _alike(said, one)


def _agree(said: Clause, one: Clause) -> bool:
    """Whether both deny, or go without, the same word."""
    return bool(said.negated & (one.negated | one.lacking) or said.lacking & one.negated)


def _only_denied(said: Clause, near: Sequence[Clause], affirming: Sequence[Clause]) -> frozenset[str]:
    """Words that the sentence affirms and the clauses near it only deny."""
    refused = frozenset[str]().union(*(one.negated for one in near if one.denied)) & (said.words - said.negated)
    return refused.difference(*(one.own - one.negated for one in affirming))


def _opposed(said: Clause, one: Clause, opposite: Mapping[str, frozenset[str]]) -> bool:
    """Whether one has the opposite of a word of the other, which it has not itself."""
    for word in said.words - one.words - said.negated:
        if opposite.get(word, frozenset()) & (one.own - one.negated - said.words):
            return True
    return False


def _mislabelled(said: Clause, held: Statement, statements: Sequence[tuple[Statement, Source]]) -> bool:
    """Whether what is said of one row, plan or case stands at another."""
    if held.label & said.words:
        return bool((held.others - held.words) & said.words)
    if not held.label:
        return False
    most = max(_coverage(said.words, one.words, source) for one, source in statements if one is held)
    named = [
        _coverage(said.words, one.words, source) for one, source in statements if one.label & said.words - held.words
    ]
    return bool(named) and max(named) < SAME_LABEL * most


def _coverage(said: frozenset[str], held: frozenset[str], source: Source) -> float:
    """Share of the sentence's words, by weight, that the clause has; an unknown word weighs as much as a rare one."""
    weigh = source.weights
    top = max(weigh.values(), default=1.0)
    whole = 0.0
    for word in said:
        if word in held:
            whole += weigh.get(word, HEAD * top)
        else:
            full = weigh.get(word, HEAD * top if word in source.words else top)
            whole += HEAD * full if word in source.under else full
    return sum(weigh.get(word, HEAD * top) for word in said & held) / whole if whole else 0.0


def _fit(said: Clause, one: Clause, source: Source) -> float:
    """The same for its own length, so that a long clause does not win by holding everything."""
    weigh = source.weights
    shared = sum(weigh.get(word, 0.0) for word in said.words & one.words)
    size = sum(weigh.get(word, 0.0) for word in one.words)
    return shared / size**0.5 if size else 0.0
