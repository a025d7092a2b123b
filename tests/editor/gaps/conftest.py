"""A help centre on each database, its log written as conversations would, and drafts that are only kept."""

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app import event_log
from app.auth import Staff
from app.chat.repository import create_conversation
from app.deps import Services
from app.main import open_services
from app.settings import Settings
from ingest.article import Article, parse
from ingest.topics import Topics
from tests.ingest.article_factory import faq
from tests.support.backends import postgres_schema

TOPICS = Topics.model_validate(
    {
        "queues": {"general": {"name": "General"}},
        "topics": {
            "general": {"name": "General", "queue": "general"},
            "account-takeover": {
                "name": "Account takeover",
                "queue": "general",
                "always_human": True,
                "words": ["hacked"],
                "phrases": ["my account was hacked"],
            },
            "injury": {
                "name": "Injury",
                "queue": "general",
                "always_human": True,
                "words": ["burned", "injured"],
                "phrases": ["the charger burned my hand", "I was injured by a product"],
            },
        },
    }
)
SUBJECTS = ("refund to my card", "lost parcel", "invoice with tax number", "forgotten password", "gift card balance")
EDITH = Staff(9, "edith@baton.test", "Edith", "editor")


class Centre:
    """Writes conversations into the log and looks at what becomes of them."""

    def __init__(self, parts: Services) -> None:
        self.parts, self.drafts, self.gaps = parts, parts.drafts, parts.gaps

    async def drafted(self, gap_id: int) -> Article:
        """The article that a draft for a gap is."""
        return parse((await self.gaps.draft(EDITH, gap_id)).text, "draft.md")

    async def asked(
        self,
        question: str,
        reply: str = "",
        outcome: str = "handoff",
        reason: str | None = "no_knowledge",
        visitor: str = "",
        locale: str = "en",
        helpful: bool | None = None,
        audience: str = "seller",
    ) -> str:
        """A conversation: a question, what the assistant did, what an agent replied. Its id."""
        conversation_id = str(uuid.uuid4())
        fields: dict[str, Any] = {"audience": audience, "locale": locale, "context": {}}
        bot = {"outcome": outcome, "reason": reason, "reply_to": 1, "locale": locale, "topic": "general"}
        events: list[event_log.NewEvent] = [
            ("message.visitor", {"text": question}, None),
            ("message.bot", {**bot, "text": "The assistant said so."}, None),
        ]
        if helpful is not None:
            events.append(("feedback", {"seq": 2, "helpful": helpful}, None))
        if outcome == "handoff":
            events.append(("handoff.opened", {}, None))
        if reply:
            events.append(("message.agent", {"text": reply, "agent": {"name": "Ana"}}, None))
        async with self.parts.db.write() as connection:
            await create_conversation(
                connection, {"id": conversation_id, "visitor_id": visitor or str(uuid.uuid4()), **fields}
            )
            row = await event_log.lock(connection, conversation_id, None)
            assert row is not None
            await event_log.append(connection, row, events)
        return conversation_id

    async def says(self, conversation_id: str, kind: str, data: dict[str, Any]) -> None:
        """One more event."""
        async with self.parts.db.write() as connection:
            row = await event_log.lock(connection, conversation_id, None)
            assert row is not None
            await event_log.append(connection, row, [(kind, data, None)])

    async def an_hour_passes(self) -> None:
        """All that happened lies an hour back."""
        then = event_log.now() - timedelta(hours=1)
        async with self.parts.db.write() as connection:
            moment = then.replace(tzinfo=None) if self.parts.db.is_sqlite else then
            await connection.execute(text("UPDATE conversation SET updated_at = :then"), {"then": moment})


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Of one test's own data folder, on each database in turn."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres_schema()) if request.param == "postgres" else ""
        yield Settings(data_dir=tmp_path / "data", database_url=url)


@pytest.fixture
async def centre(settings: Settings) -> AsyncIterator[Centre]:
    """Five articles, for buyers and sellers."""
    async with open_services(settings, publishes=False) as parts:
        articles = [
            faq(
                words.replace(" ", "-"),
                f"All about {words}. You find it under orders, and it takes 5 days.",
                title=f"About {words}",
                audience=("buyer", "seller"),
                questions=(f"how do I get a {words}", f"problem with {words}"),
            )
            for words in SUBJECTS
        ]
        parts.publisher.publish(articles, TOPICS)
        yield Centre(parts)
