"""Closing: whether the live version answers by now what a group asks."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Row

from app.answer.answerer import Answerer
from app.answer.types import Question, VisitorAudience

MAX_ASKED = 20
"""Wordings of a group that are asked, the latest."""
CLOSED = 0.8
"""Share of them that must be answered from the group's article: what the gate expects of good wordings leaves room for
one in five that is too vague for anybody."""


async def answered(answerer: Answerer, article_id: str, rows: Sequence[Row[Any]]) -> tuple[int, int]:
    """``(answered, asked)``: of a group's wordings, those answered from its article."""
    wordings = dict.fromkeys((row.text, row.audience, row.locale) for row in reversed(rows))
    # Who reads "[number]" in place of a number asks something else than the visitor did.
    asked = ([one for one in wordings if "[" not in one[0]] or list(wordings))[:MAX_ASKED]
    good = 0
    for text, audience, locale in asked:
        decision = await answerer.decide(Question(text=text, audience=cast(VisitorAudience, audience), locale=locale))
        cited = {citation.article_id for citation in decision.citations}
        good += decision.outcome == "answer" and article_id in cited
    return good, len(asked)


def state_after(state: str, good: int, asked: int) -> str:
    """The state of a group after its wordings were asked."""
    if asked and good >= CLOSED * asked:
        return "closed"
    return "reopened" if state == "closed" else state
