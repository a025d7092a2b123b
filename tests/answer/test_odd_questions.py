"""Questions that are none: each ends in a clear outcome under the careful threshold, and none gets an answer."""

from pathlib import Path

import pytest

from app.answer.answerer import Answerer
from app.answer.confidence import base_model
from app.answer.retriever import Retriever
from app.answer.types import Question
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.settings import Settings
from ingest.pipeline import Publisher
from ingest.topics import Topics

ODD = {
    "10,000 characters": "lorem ipsum " * 834,
    "one word of 10,000 characters": "x" * 10_000,
    "only emoji": "🙈🧨🫠👩‍👩‍👧‍👦",
    "only stop words": "and of the to it is that",
    "Georgian": "რა ღირს ბილეთი მუზეუმში და როდის იკეტება",
    "Thai": "พิพิธภัณฑ์เปิดกี่โมง",
    "only signs": "?!... --- ???",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
async def test_a_clear_outcome(small_publisher: Publisher, tmp_path: Path, text: str) -> None:
    """Asked back, handed off or taken for small talk; the confidence is a probability below the threshold."""
    settings = Settings(data_dir=tmp_path)
    decision = await Answerer(settings, Retriever(small_publisher), LaterModel(settings)).decide(Question(text=text))
    assert decision.outcome in ("clarify", "handoff", "smalltalk")
    assert 0.0 <= decision.confidence < base_model().careful
    assert not decision.certificate.certified
    assert decision.certificate.threshold == base_model().careful


async def test_ten_thousand_characters_around_a_question(small_publisher: Publisher, tmp_path: Path) -> None:
    """No crash, and whatever is cited exists."""
    settings = Settings(data_dir=tmp_path)
    text = "When is my refund paid? " + "I have been waiting for so long. " * 310
    assert len(text) > 10_000
    decision = await Answerer(settings, Retriever(small_publisher), LaterModel(settings)).decide(Question(text=text))
    assert 0.0 <= decision.confidence <= 1.0
    assert {citation.article_id for citation in decision.citations} <= {"refund", "parcel"}


@pytest.mark.parametrize("text", ["When is my refund paid?", *ODD.values()])
async def test_an_empty_knowledge_base(tmp_path: Path, text: str) -> None:
    """Nothing is answered; a question goes to a person."""
    settings = Settings(data_dir=tmp_path)
    publisher = build_publisher(settings)
    publisher.publish([], Topics())
    decision = await Answerer(settings, Retriever(publisher), LaterModel(settings)).decide(Question(text=text))
    publisher.close()
    assert decision.outcome in ("handoff", "smalltalk", "clarify")
    assert decision.citations == []
    assert not decision.certificate.certified
    if text.startswith("When"):
        assert decision.outcome == "handoff"
