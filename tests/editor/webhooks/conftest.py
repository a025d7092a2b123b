"""A server that may call this machine, and somebody who listens there."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Integer, String, literal, select
from sqlalchemy.types import JSON, DateTime

from app.db import Database
from app.editor.webhooks.service import WebhookService
from app.editor.webhooks.target import Targets
from tests.support.office import Office, open_office
from tests.support.receiver import Receiver


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def office(
    request: pytest.FixtureRequest, small_source: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """Webhooks may call 127.0.0.1 here, and nothing else that is private."""
    place = tmp_path_factory.mktemp("webhooks")
    with open_office(request.param, place, small_source, WEBHOOK_HOSTS="127.0.0.1") as running:
        yield running


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """It accepts everything until told otherwise."""
    with Receiver() as listening:
        yield listening


@pytest.fixture
def publish(office: Office) -> Callable[..., str]:
    """Announces a publication as publishing's runner does, in a transaction; the message's id."""

    def announce(kind: str = "publish") -> str:
        number = secrets.randbelow(2**30)
        moment = datetime.now(UTC)
        url = office.server.env.get("DATABASE_URL", f"sqlite+aiosqlite:///{office.server.data_dir / 'baton.db'}")
        columns: dict[str, Any] = {
            "id": literal(number, Integer),
            "kb_version": literal("v-1", String),
            "created_at": literal(moment, DateTime(timezone=True)),
            "summary": literal({"changed": 1}, JSON),
            "kind": literal(kind, String),
            "by_name": literal("edith", String),
            "note": literal("Prices of 2026 – ¡sí!", String),
        }

        async def run() -> None:
            db = Database(url.replace("postgresql://", "postgresql+psycopg://"))
            try:
                async with db.write() as connection:
                    query = select(*(value.label(name) for name, value in columns.items()))
                    row = (await connection.execute(query)).one()
                    await WebhookService(db, Targets(), "").announce(connection, row)
            finally:
                await db.close()

        asyncio.run(run())
        return f"msg_publication_{number}"

    return announce
