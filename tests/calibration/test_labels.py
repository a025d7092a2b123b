"""Agents' labels: what they said of the assistant's answers is asked again when a knowledge base is calibrated."""

from datetime import UTC, datetime

from sqlalchemy import insert

from app.calibration.repository import CalibrationRepository, Labelled
from app.calibration.service import CalibrationService
from app.models import conversation, event, handoff, label, staff
from ingest.pipeline import Publisher

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def resolved(publisher: Publisher, number: int, text: str, article: str, verdict: str) -> None:
    """A conversation in which the assistant answered ``text`` by ``article``, and an agent then said ``verdict``."""
    name = f"c{number}"
    with publisher.store.engine.execution_options(writes=True).begin() as connection:
        if number == 1:
            connection.execute(
                insert(staff).values(id=1, email="ana@x.example", name="Ana", role="agent", token_hash="h")
            )
        connection.execute(
            insert(conversation).values(
                id=name,
                visitor_id="v",
                audience="buyer",
                locale="en",
                state="resolved",
                episode=1,
                last_seq=2,
                fence=1,
                context={},
            )
        )
        said = {"outcome": "answer", "reply_to": 1, "locale": "en", "citations": [{"article_id": article}]}
        for seq, kind, data in ((1, "message.visitor", {"text": text}), (2, "message.bot", said)):
            connection.execute(
                insert(event).values(conversation_id=name, seq=seq, type=kind, episode=1, data=data, at=NOW)
            )
        connection.execute(
            insert(handoff).values(
                id=number,
                conversation_id=name,
                episode=1,
                queue="general",
                topic="general",
                priority=3,
                reason="asked_for_person",
                question=text,
                brief={},
                opened_seq=2,
                opened_at=NOW,
                state="resolved",
            )
        )
        connection.execute(
            insert(label).values(
                handoff_id=number, conversation_id=name, answer_seq=2, bot_right=verdict, staff_id=1, at=NOW
            )
        )


def test_labels_are_read_with_their_questions(publisher: Publisher) -> None:
    """What was asked, what was cited, and what the agent said; answers that nobody judged are left out."""
    resolved(publisher, 1, "my parcel is gone", "parcel", "yes")
    resolved(publisher, 2, "who pays the tax", "invoice", "no")
    resolved(publisher, 3, "is it fine", "coupon", "na")
    found = sorted(CalibrationRepository(publisher.store.engine).labelled(), key=lambda row: row.text)
    assert found == [
        Labelled("my parcel is gone", "en", "buyer", "parcel", right=True),
        Labelled("who pays the tax", "en", "buyer", "invoice", right=False),
    ]


def test_labels_count_towards_n(service: CalibrationService, publisher: Publisher) -> None:
    """A calibration says how many of its questions agents judged; a wrong answer stays wrong when it is asked again."""
    before = service.calibrate()
    for number in range(1, 41):
        resolved(publisher, number, f"lost parcel number {number}", "parcel", "no" if number % 2 else "yes")
    after = service.calibrate()
    counted = sum(count for name, count in after.sources.items() if name.startswith("label"))
    assert counted > 0
    assert not any(name.startswith("label") for name in before.sources)
    assert after.certified.n > before.certified.n
