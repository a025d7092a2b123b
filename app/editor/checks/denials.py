"""Denials: one article affirms what another denies."""

import re
from collections.abc import Mapping, Sequence

from app.answer.objection import objection
from app.answer.polarity import NEGATION
from app.answer.statement import Clause
from app.editor.checks.clash import MAX_COSINE, Clash, cosines
from app.editor.checks.corpus import Corpus
from app.editor.checks.nearness import MIN_SHARED, Nearness, nearness, same_readers
from app.editor.checks.said import Said
from ingest.lexical import fold

SAME = 1.25
"""Score from which two statements are about the same, set as for figures."""
ALONE, PLACED, BOTH = 0.36, 0.5, 0.56
"""Cosines that both need, without and with their titles, and their mean: "they" says little without its title."""
MATTER, MEAN = 0.5, 0.65
"""Shares of the two clauses' telling words that the other must have: the smaller one, and their mean."""
DENIED = 0.25
"""Share of what is denied that the other clause must affirm."""
_RULES = ("denial", "denied", "clash")
_OBLIGES = frozenset({"must", "need"})
"""What must be and is not ("has no white background") is a fault and no contradiction."""
_CONDITIONS = frozenset({"only", "unless"})
_YES = re.compile(r"\b(?:yes|sí|sim)\b", re.IGNORECASE)
_ONLY_IF = re.compile(
    r"\b(?:only|solo|sólo|solamente|só|apenas|somente) (?:if|when|once|after|si|cuando|después|se|quando|depois)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:write|say|tell|explain|report|check|confirm|escrib\w+|di|diga|indica|explica|escreva|informe|confirme)\b"
    r"[^.;]*\b(?:that|whether|que|si|se)\b",
    re.IGNORECASE,
)
"""What somebody is to say or to check is not affirmed."""
_CASE = re.compile(r"^(?:no|not|without|sin|sem|não)\b[^:.]{1,40}[:.]\s", re.IGNORECASE)
"""A denial that names a case ("No receipt: ask for ...")."""
_RATHER = re.compile(
    r"[–—]\s*(?:not|no|não)\s|[,;(]\s*(?:and |but |y |e |pero |mas )?(?:not|no|não)\s"
    r"(?:to|the|an?|at|in|on|with|from|for|by|al?|ao|con|com|en|em|el|la|los|las|os?|as?|del?|do|da)\b",
    re.IGNORECASE,
)
"""One thing rather than another: "to the seller, not the buyer"."""
_SOME = re.compile(
    r"\b(?:some|certain|not all|algun[oa]s|ciert[oa]s|no tod[oa]s|alguns|algumas|nem tod[oa]s)\b", re.IGNORECASE
)
"""What is denied of some may be true of others."""
_NOWHERE = re.compile(r"\b(?:any|anywhere|nenhum\w*|ning[uú]n\w*)\b", re.IGNORECASE)
"""What is denied everywhere is denied of each."""
_WHEN = re.compile(r"^(?:when|if|why|cuando|si|por qu[eé]|quando|se)\b", re.IGNORECASE)
"""A heading whose list tells cases and not what is denied ("When the file is not accepted")."""


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
        if near.words + cosine.mean >= SAME
        and (cosine.alone >= ALONE and cosine.placed >= PLACED and cosine.mean >= BOTH)
    ]


def _opposed(one: Said, other: Said, corpus: Corpus) -> Nearness | None:
    """How near the two clauses are of which one denies and the other affirms; None when there are none."""
    for clause in one.statement.clauses:
        closest = max(
            other.statement.clauses,
            key=lambda held: (
                corpus.weights.covered([(_matter(held), 1.0)], clause.words)
                * corpus.weights.covered([(_matter(clause), 1.0)], held.words)
            ),
            default=None,
        )
        if closest is None or closest.denied is None or clause.denied is None or closest.denied == clause.denied:
            continue
        if not _denies_it(*((one, clause, other, closest) if clause.denied else (other, closest, one, clause)), corpus):
            continue
        near = nearness(one, other, _matter(clause), _matter(closest), corpus.weights)
        if near.matter < MATTER or near.mean < MEAN or near.least < MIN_SHARED or near.words + MAX_COSINE < SAME:
            continue
        every = other.source.words | other.whole
        rule = objection(clause, one.statement, [(other.statement, other.source)], every, one.article.locale)
        if rule.startswith(_RULES):
            return near
    return None


def _denies_it(denier: Said, denied: Clause, affirmer: Said, affirmed: Clause, corpus: Corpus) -> bool:
    """Whether the denial is said in so many words, of what the other clause affirms without a condition."""
    if affirmer.is_cell and _YES.search(affirmer.statement.text) is None:
        return False
    if _ONLY_IF.search(affirmer.statement.text) or _REPORTED.search(affirmer.statement.text):
        return False
    if (affirmed.marks ^ denied.marks) & _CONDITIONS or bool(denied.lacking) != bool(affirmed.lacking):
        return False
    if "until" in affirmed.marks and "after" in denied.marks - affirmed.marks:
        return False
    if affirmed.marks & _OBLIGES and not denied.marks & (_OBLIGES | {"may"}):
        return False
    if any(":" in word for word in denied.own - affirmed.words):
        return False
    if _says_no(denier.statement.text):
        said = _CASE.sub("", denier.statement.text)
        if not _says_no(said) or _RATHER.search(said) or _SOME.search(said):
            return False
        share = corpus.weights.covered([(denied.negated, 1.0)], affirmed.words | affirmer.under)
        return share >= DENIED or _NOWHERE.search(said) is not None
    return denied.bare and not denied.imperative and _says_no(denier.section) and _WHEN.match(denier.section) is None


def _matter(clause: Clause) -> frozenset[str]:
    """What a clause is about: its own words, unless they are too few without those that "it" goes back to."""
    return clause.own if sum(":" not in word for word in clause.own) > 1 else clause.words


def _says_no(text: str) -> bool:
    """Whether a text itself denies, and not only what is made of it: "refused" is read as "not accepted"."""
    said = fold(text).replace("’", "'").replace("n't", " not").replace("cannot", "can not")
    return NEGATION.search(said) is not None
