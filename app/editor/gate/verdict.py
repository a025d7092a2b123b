"""Verdict: what a question's two answers make of an edit."""

from collections.abc import Callable
from dataclasses import dataclass

from app.answer.confidence import KNOWN
from app.answer.policy import CANDIDATES
from app.answer.types import Citation, Decision
from app.editor.gate.kept import Keeper
from app.editor.gate.questions import Known
from app.editor.gate.schemas import Change, Improvement, Regression, Side

NOISE = 0.03
"""Confidence that a harmless edit may cost; as much moves when an article elsewhere is published."""
TIE = 0.005
"""Scores no further apart are even: which of two articles comes first then hangs on a letter."""
UNOFFERED = "The article that answers it was offered first and no longer is."
IMAGINED = 0.15
"""The same where a phrasing is asked without itself: people's own words are found better than those."""
GONE = "No article answers it with enough confidence any more."
CLAIMED = "An article of this edit has it as a title or phrasing, too; keep it in one of them."


@dataclass(frozen=True, slots=True)
class Edited:
    """An edit as a verdict needs it: its ``articles``, whether one of them ``claims`` a question that is another's
    title or phrasing, and whether an article that was cited still ``says`` sentences, word for word."""

    articles: frozenset[str]
    claims: Callable[[Known], bool]
    says: Callable[[Known, Citation, tuple[str, ...]], bool]


def verdict(asked: Known, before: Decision, after: Decision, edit: Edited, keeper: Keeper) -> Change | None:
    """The change, if there is one that anybody minds."""
    first, now, edited = _cited(before), _cited(after), edit.articles
    if before.outcome == "answer" and first in asked.relevant:
        return _answered(asked, before, after, edit, keeper)
    if asked.source == "sentence":
        return None
    if before.outcome == "answer":
        if asked.relevant and after.outcome == "answer" and now in asked.relevant:
            return _change(asked, "wrong_to_right", now, "It is answered by the right article now.", before, after)
        if after.outcome != "answer" and asked.source == "golden":
            return _change(asked, "wrong_to_abstained", first, "A wrong answer is no longer given.", before, after)
        return None
    if after.outcome != "answer":
        offered = _offers(before, asked, 1) and not _offers(after, asked, CANDIDATES)
        if not offered or before.confidence - after.confidence < NOISE:
            return None
        return _change(asked, "answered_to_handoff", _first(before), UNOFFERED, before, after)
    if now in asked.relevant:
        return _change(asked, "abstained_to_right", now, "It is answered now.", before, after)
    slight = after.confidence - before.confidence < NOISE
    minded = (now in edited and not slight) if asked.relevant else (now in edited or not slight)
    if asked.source == "traffic" or not minded:
        return None
    why = "Another article should answer it." if asked.relevant else "Nothing should answer it from an article."
    return _change(asked, "abstained_to_answer", now, why, before, after)


def _answered(asked: Known, before: Decision, after: Decision, edit: Edited, keeper: Keeper) -> Change | None:
    """A question that was answered well."""
    article = _cited(before)
    if after.outcome != "answer":
        if asked.source == "sentence":
            return None
        slight = before.confidence - after.confidence < (IMAGINED if asked.hides else NOISE)
        same = _first(after) == _first(before)
        swapped = not same and _even(before) and _two(before) == _two(after)
        harmless = (slight and same) or (swapped and _offers(after, asked, CANDIDATES))
        return None if harmless else _change(asked, "answered_to_handoff", article, GONE, before, after)
    if missing := [fact for fact in asked.facts if fact in before.text and fact not in after.text]:
        why = f"The answer must say “{missing[0]}” and no longer does."
        return _change(asked, "answered_to_wrong", article, why, before, after)
    if before.confidence >= KNOWN > after.confidence and edit.claims(asked):
        # Answered still, but by how little depends on what else is published: nobody knows the question by heart now.
        return _change(asked, "answered_to_wrong", article, CLAIMED, before, after)
    if before.text == after.text:
        return None
    if before.notice is None and after.notice is not None:
        why = "It is answered in another language than the visitor's now."
        return _change(asked, "answered_to_wrong", article, why, before, after)
    if before.notice is not None and after.notice is None and _cited(after) in asked.relevant:
        return None
    cited = before.citations[0]
    lost = keeper.lost(cited.quote, before.text, after.text, before.locale)
    if lost is None or (asked.source == "sentence" and lost.kind == "gone"):
        return None
    if lost.kind == "gone" and _cited(after) == article and edit.says(asked, cited, lost.sentences):
        # A letter elsewhere in the article can lead to another choice of its sentences. What it says is what it said.
        return None
    return _change(asked, "answered_to_wrong", article, lost.why, before, after)


def _even(decision: Decision) -> bool:
    """Whether the first two articles are as good as each other."""
    two = decision.ranking[:2]
    return len(two) > 1 and two[0].score - two[1].score < TIE


def _two(decision: Decision) -> set[str]:
    return {match.article_id for match in decision.ranking[:2]}


def _offers(decision: Decision, asked: Known, best: int) -> bool:
    """Whether the assistant asked back with an article that answers among its ``best`` first."""
    return any(one.article_id in asked.relevant for one in decision.candidates[:best])


def _cited(decision: Decision) -> str:
    return decision.citations[0].article_id if decision.outcome == "answer" and decision.citations else ""


def _first(decision: Decision) -> str:
    return decision.ranking[0].article_id if decision.ranking else ""


def _change(
    asked: Known, kind: Regression | Improvement, article_id: str, why: str, before: Decision, after: Decision
) -> Change:
    return Change(
        question=asked.text,
        audience=asked.audience,
        locale=asked.locale,
        source=asked.source,
        kind=kind,
        article_id=article_id,
        why=why,
        before=side(before),
        after=side(after),
    )


def side(decision: Decision) -> Side:
    """What an editor is shown of a Decision."""
    return Side(
        outcome=decision.outcome,
        text=decision.text,
        citations=decision.citations,
        confidence=decision.confidence,
        reason=decision.reason,
        locale=decision.locale,
    )
