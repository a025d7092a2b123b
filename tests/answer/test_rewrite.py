"""Rewriting: a question that leans on the conversation is made to stand alone, and others are left alone."""

import pytest

from app.answer.retriever import Found
from app.answer.rewrite import Rewriter, blend, join, leans
from app.answer.types import HistoryTurn
from app.llm import LaterModel
from app.settings import Settings
from tests.answer.work_factory import match, passage, work

HISTORY = (
    HistoryTurn(role="user", text="how do I return headphones I bought last week"),
    HistoryTurn(role="assistant", text="Open Orders and tap Return."),
    HistoryTurn(role="user", text="ok"),
    HistoryTurn(role="assistant", text="Is there anything else?"),
)


@pytest.mark.parametrize(
    "question",
    [
        *("and the refund?", "what about paypal", "how long does it take", "can I track it", "why", "and in mexico"),
        *("y si ya lo abrí", "pero cuánto tarda", "e se não chegar", "quanto custa isso"),
    ],
)
def test_leans(question: str) -> None:
    """Connecting words and pronouns point back at what was said before."""
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "how do I return headphones I bought last week",
        "where can I find the invoice of an order",
        "when is my refund paid to my credit card after a return",
        "my parcel says delivered but it is not at my door and nobody has seen it",
        "refund",
    ],
)
def test_stands_alone(question: str) -> None:
    """A whole question is left as it is, pronouns or not."""
    assert not leans(question)


@pytest.mark.parametrize(
    ("question", "history", "joined"),
    [
        ("how long does it take", HISTORY[:2], f"{HISTORY[0].text} how long does it take"),
        ("why", (*HISTORY[:2], HistoryTurn(role="user", text="why")), f"{HISTORY[0].text} why"),
        ("why", HISTORY[1:2], "why"),
        ("why", (), "why"),
    ],
)
def test_join(question: str, history: tuple[HistoryTurn, ...], joined: str) -> None:
    """The visitor's last message is put in front; never the assistant's words, never the question itself."""
    assert join(question, history) == joined


async def test_without_a_model_the_question_is_left_as_it_is() -> None:
    """The conversation is consulted when searching, so nothing is rewritten."""
    turn = work("how long does it take", question_history=HISTORY)
    await Rewriter(LaterModel(Settings(openai_api_key=None, openai_base_url=None)))(turn)
    assert turn.asked == "how long does it take"
    assert turn.signals == {}


def test_blend() -> None:
    """The question alone counts twice as much; an article that only the conversation found can still come up."""
    alone = Found([match("a", 0.30), match("b", 0.29)], [passage("A.", "a"), passage("B.", "b")])
    joined = Found([match("c", 0.9), match("b", 0.8)], [passage("C.", "c"), passage("B.", "b")])
    blended = blend(alone, joined)
    assert [found.article_id for found in blended.ranking] == ["c", "a", "b"]
    assert blended.ranking[0].score == pytest.approx((0.29 + 0.45) / 1.5)
    assert [found.article_id for found in blended.passages] == ["c", "a", "b"]
    assert blend(alone, Found([], [])).ranking[0].article_id == "a"
    assert blend(Found([], []), Found([], [])) == Found([], [])


def test_a_blend_with_itself_changes_nothing() -> None:
    """Equal rankings blend into the same order and scores."""
    found = Found([match("a", 0.5), match("b", 0.25)], [passage("A.", "a"), passage("B.", "b")])
    assert blend(found, found) == found
