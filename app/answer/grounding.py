"""Grounding: whether a sentence is supported by the passages that it cites.

Each sentence of a generated answer is held against its passages before a visitor sees it. Figures must stand there
with their unit and belong to the same matter; names, links and numbers to call must stand there; the clause that is
closest must deny or affirm as the sentence does, and oblige, permit or promise no less and no more. The other words
must mostly be there too. What is not held here is meaning: a false sentence in the passage's own words, figures and
polarity, or one that leaves out a condition, passes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.answer.canon import canonical
from app.answer.polarity import opposites
from app.answer.own_words import stands_in
from app.answer.source import (
    Clause,
    Figure,
    Source,
    Statement,
    merged,
    source_of,
    statement_of,
)
from ingest.lexical import fold
from ingest.store import Passage

MIN_SUPPORT = 0.5
"""Share of a sentence's content words that its passages must hold, when both are in one language."""
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
AROUND = 0.35
"""What a word elsewhere in the statement counts beside a word next to the figure."""
BOUND = 1.0
"""What it counts that both stand by one figure with one bound ("less than 3 days")."""
LEAD = 1.15
"""How much closer another figure must be before it is the one that the passage gives."""
GONE_BACK = 0.9
"""What coverage counts that needs the words which a clause goes back to."""
NEARBY = 0.5
"""Share of the highest coverage from which what a clause denies is looked at."""
TIGHT = 0.97
"""Share of the highest coverage from which a clause is as close as any."""
SAME_LABEL = 0.8
"""Share of the closest statement's coverage from which the one that bears the name says it just as well."""
_ANY = frozenset({"plain:1"})
_LINK = re.compile(
    r"@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s)>\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]{2,}(?:\.[\w-]{2,})*\.[a-z]{2,}\b(?:/[^\s)>\]]*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\(?\d[\d\s().-]{5,}\d")
_NAME = re.compile(r"\b[A-ZÀ-Ý][\w'’-]*|\b[a-z]+[A-Z]\w*")
_BRAND = re.compile(r"\b[A-Z]{2,}\b|\b[A-Za-z][a-z]*[A-Z]\w*")
_START = re.compile(r"(?:^|[.!?:…]\s)[\s\"'“”‘’(¿¡*\[]*$")
_OPENER = re.compile(
    r"^[a-z'-]+,?\s(?:the|a|an|your|you|us|it|its|for|to|at|in|on|of|that|this|these|those|them|by|with|from|out|up|any|"
    r"both|every|each|all|one|how|what|where|when|if|no|not|el|la|los|las|un|una|tu|tus|su|sus|de|del|al|en|que|con|por|"
    r"para|o|os|as|um|uma|seu|sua|seus|suas|do|da|dos|das|em|com|\d+)\b"
)
_OWN = frozenset({"p:automatic", "p:now", "p:always", "p:self", "p:free"})
"""Promises that belong to the clause they stand in, not to the sentence."""
_FREELY = frozenset({"p:free", "p:full", "p:now", "p:automatic", "p:always", "p:upgrade"})
_OBLIGES = frozenset({"must", "need"})
_BINDING = _OBLIGES | {"term"}
"""What lets a sentence say that something must be: the passage does, or lists it among the conditions."""
_DEMANDS = frozenset({"must", "task"})
_COMMON_ENDS = ("ing", "body", "one", "ly", "tion", "tions", "ment", "ments", "ends", "ers", "ed")
_ADJECTIVES = frozenset(
    "new old most many few several late early first second last next later following further different "
    "nuevos nuevas nuevo nueva muchos muchas varios varias novos novas novo nova muitos muitas varios varias".split()
)
"""What a sentence may open with before a noun that is no name."""
_TIMES = frozenset({"time", "bday", "month", "date", "clock", "weekday"})
_LISTED = frozenset({"nth", "date", "weekday", "plain", "in"})
"""Kinds of which a sentence names several in a row ("on the 4th and the 19th")."""
_ANYWHERE = frozenset({"p:guarantee", "p:compensate", "p:gift", "p:waive", "p:multiple", "p:self", "p:unlimited"})
"""Promises that no language of a translation needs when the passage does not make them."""


def is_grounded(sentence: str, passages: Sequence[Passage], same_language: bool = True) -> bool:
    """Whether the passages say it. In another language only figures, names and links can be compared."""
    if not passages:
        return False
    sources = [source_of(passage) for passage in passages]
    said = statement_of(sentence, passages[0].locale)
    if not _links_stand(sentence, sources):
        return False
    given = frozenset[str]().union(_ANY, *(source.figures for source in sources))
    if not all(figure.key in given or _known(figure, sources) for figure in said.figures):
        return False
    if not same_language:
        return _brands_stand(sentence, sources) and not _new_marks(said, sources) & _ANYWHERE
    if any(stands_in(sentence, passage) for passage in passages):
        return True
    if not said.words or not _names_stand(sentence, said, sources):
        return False
    known = frozenset[str]().union(*(source.words for source in sources))
    if len(said.words & known) / len(said.words) < MIN_SUPPORT:
        return False
    shared = merged(tuple(passages))
    statements = [(statement, source) for source in shared for statement in source.statements]
    keys = frozenset(figure.key for figure in said.figures)
    needed = any(clause.marks & _DEMANDS for clause in said.clauses)
    return all(_figure_stands(figure, needed, statements, keys) for figure in said.figures) and all(
        not _objection(clause, said, statements, known, passages[0].locale) for clause in said.clauses
    )


def _known(figure: Figure, sources: Sequence[Source]) -> bool:
    """Whether the passages have the bare number where its unit is understood."""
    return any(figure.same(one) for source in sources for statement in source.statements for one in statement.figures)


def _figure_stands(
    figure: Figure,
    needed: bool,
    statements: Sequence[tuple[Statement, Source]],
    together: frozenset[str] = frozenset(),
) -> bool:
    """Whether no other figure of its kind is closer to what the sentence says it of."""
    if figure.key in _ANY:
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
                if one.key in _ANY:
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


def _objection(
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
        if ":" in word and word not in _ANY
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
    kept |= {"p:free"} & {
        m for cover, *_, one in scored if cover >= 0.8 * most and not one.label for c in one.clauses for m in c.marks
    }
    kept |= {"p:refund"} & {m for cover, *_, one in scored if cover >= 0.5 * most for c in one.clauses for m in c.marks}
    for head, source in {
        (head, source.folded): (head, source) for _, source in statements for head in source.heads
    }.values():
        if len(head.words & clause.words) >= 0.5 * len(head.words):
            kept |= frozenset[str]().union(*(one.marks for one in head.clauses))
    if not clause.denied and (made := {mark for mark in clause.marks if mark.startswith("p:")} - kept):
        return f"promise {made}"
    demands = clause.marks & _DEMANDS
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
    if not clause.denied and (
        only_denied := _only_denied(clause, [one for cover, _, one, _ in scored if cover >= NEARBY * most])
    ):
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
        if missing and (near[0][0] < 0.9 or missing & every):
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
    if said.denied == one.denied:
        if said.before & one.after - one.before - said.after or said.after & one.before - one.after - said.before:
            return True
    if said.lacking & (one.having - one.lacking) or one.lacking & (said.having - said.lacking):
        return True
    if _agree(said, one):
        return False
    return not _alike(said, one)


def _agree(said: Clause, one: Clause) -> bool:
    """Whether both deny, or go without, the same word."""
    return bool(said.negated & (one.negated | one.lacking) or said.lacking & one.negated)


def _only_denied(said: Clause, near: Sequence[Clause]) -> frozenset[str]:
    """Words that the sentence affirms and the clauses near it only deny."""
    refused = frozenset[str]().union(*(one.negated for one in near if one.denied)) & (said.words - said.negated)
    return refused.difference(*(one.own - one.negated for one in near))


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


def _new_marks(said: Statement, sources: Sequence[Source]) -> frozenset[str]:
    made = frozenset[str]().union(*(clause.marks for clause in said.clauses))
    return made.difference(*(source.marks for source in sources))


def _links_stand(sentence: str, sources: Sequence[Source]) -> bool:
    """Addresses stand whole in a passage, and what could be dialled stands there digit by digit."""
    for link in _LINK.findall(sentence):
        bare = re.escape(fold(link).rstrip(".,;:)!?"))
        whole = re.compile(rf"(?<![\w@./-]){bare}(?![\w@/-]|\.\w)")
        if not any(whole.search(source.folded) for source in sources):
            return False
    for number in _PHONE.findall(sentence):
        digits = re.sub(r"\D", "", number)
        if len(digits) >= 7 and not any(digits in re.sub(r"\D", "", source.folded) for source in sources):
            return False
    return True


def _names(sentence: str) -> Iterator[tuple[str, str]]:
    """``(name, what follows)`` of the words written like names; a sentence's first only where no verb is likely."""
    for found in _NAME.finditer(sentence):
        name = fold(found[0]).replace("’", "'").removesuffix("'s")
        first = _START.search(sentence, 0, found.start()) is not None
        yield (name, sentence[found.start() :]) if first else (name, "")


def _names_stand(sentence: str, said: Statement, sources: Sequence[Source]) -> bool:
    """Words written like names must stand in a passage as words."""
    known = frozenset[str]().union(*(source.words for source in sources))
    for name, after in _names(sentence):
        if any(re.search(rf"\b{re.escape(name)}\b", source.folded) for source in sources):
            continue
        opening = statement_of(name, "en")
        if after and (opening.words <= known or name.endswith(_COMMON_ENDS)):
            continue
        if not opening.words or (after and (said.words & known & _forms(name, said))):
            continue
        if after and name in _ADJECTIVES:
            continue
        if after and _OPENER.match(canonical(after, "en")) and not _BRAND.match(after):
            continue
        return False
    return True


def _forms(name: str, said: Statement) -> frozenset[str]:
    """Stems in the sentence that the word may have become."""
    return frozenset(word for word in said.words if len(word) > 2 and name.startswith(word[:-1]))


def _brands_stand(sentence: str, sources: Sequence[Source]) -> bool:
    """Capitals within a word are kept by every translation."""
    return all(any(fold(brand) in source.folded for source in sources) for brand in _BRAND.findall(sentence))
