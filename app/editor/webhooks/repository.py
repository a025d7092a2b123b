"""SQL of webhooks and their outbox. Every function works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Float, Row, and_, cast, delete, extract, func, insert, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from app.event_log import now
from app.models import webhook, webhook_delivery


def _clock(connection: AsyncConnection) -> ColumnElement[float]:
    """The database's own clock, in seconds: machines disagree about theirs."""
    if connection.dialect.name == "sqlite":
        return (func.julianday("now") - literal_column("2440587.5")) * 86400.0
    return cast(extract("epoch", func.clock_timestamp()), Float)


async def every(connection: AsyncConnection) -> list[Row[Any]]:
    """All webhooks, oldest first."""
    return list((await connection.execute(select(webhook).order_by(webhook.c.id))).all())


async def one(connection: AsyncConnection, webhook_id: int, lock: bool = False) -> Row[Any] | None:
    """A webhook; with ``lock`` nobody else changes it until the transaction ends."""
    query = select(webhook).where(webhook.c.id == webhook_id)
    row: Row[Any] | None = (await connection.execute(query.with_for_update() if lock else query)).first()
    return row


async def add(connection: AsyncConnection, url: str, salt: str, by: str) -> Row[Any]:
    """A new one."""
    values = {"url": url, "salt": salt, "state": "active", "created_by": by, "created_at": now()}
    row: Row[Any] = (await connection.execute(insert(webhook).values(**values).returning(webhook))).one()
    return row


async def change(connection: AsyncConnection, webhook_id: int, **values: Any) -> None:
    """Change its fields."""
    await connection.execute(update(webhook).where(webhook.c.id == webhook_id).values(**values))


async def remove(connection: AsyncConnection, webhook_id: int) -> None:
    """Delete it and what was to be delivered."""
    await connection.execute(delete(webhook_delivery).where(webhook_delivery.c.webhook_id == webhook_id))
    await connection.execute(delete(webhook).where(webhook.c.id == webhook_id))


async def deliveries(connection: AsyncConnection, webhook_id: int, limit: int) -> list[Row[Any]]:
    """The latest of a webhook, newest first."""
    query = select(webhook_delivery).where(webhook_delivery.c.webhook_id == webhook_id)
    return list((await connection.execute(query.order_by(webhook_delivery.c.id.desc()).limit(limit))).all())


async def post(connection: AsyncConnection, message_id: str, kind: str, body: str) -> int:
    """Put a message for every active webhook into the outbox; how many. One that is there already stays."""
    # Shared locks: a webhook that is deleted at this moment would otherwise break the caller's transaction.
    query = select(webhook.c.id).where(webhook.c.state == "active").order_by(webhook.c.id).with_for_update(read=True)
    ids = (await connection.execute(query)).scalars().all()
    known = select(webhook_delivery.c.webhook_id).where(webhook_delivery.c.message_id == message_id)
    there = set((await connection.execute(known)).scalars())
    rows = [
        {
            "webhook_id": webhook_id,
            "message_id": message_id,
            "type": kind,
            "body": body,
            "state": "pending",
            "next_at": 0.0,
            "created_at": now(),
        }
        for webhook_id in ids
        if webhook_id not in there
    ]
    if rows:
        await connection.execute(insert(webhook_delivery), rows)
    return len(rows)


async def forget(connection: AsyncConnection, before: datetime) -> None:
    """Delete deliveries that ended before then."""
    await connection.execute(delete(webhook_delivery).where(webhook_delivery.c.ended_at < before))


async def is_due(connection: AsyncConnection) -> bool:
    """Whether :func:`lease` may find something. Looking takes no writer's place."""
    clock, table = _clock(connection), webhook_delivery
    query = select(table.c.id).where(table.c.state == "pending", table.c.next_at <= clock).limit(1)
    return (await connection.execute(query)).first() is not None


async def lease(connection: AsyncConnection, token: str, seconds: float, limit: int) -> list[Row[Any]]:
    """Take deliveries that are due and that nobody holds, with the url and salt of their webhooks."""
    clock, table = _clock(connection), webhook_delivery
    free = and_(
        table.c.state == "pending",
        table.c.next_at <= clock,
        or_(table.c.lease_until.is_(None), table.c.lease_until < clock),
    )
    due = select(table.c.id).where(free).order_by(table.c.next_at, table.c.id).limit(limit)
    ids: Sequence[int] = (await connection.execute(due.with_for_update(skip_locked=True))).scalars().all()
    if not ids:
        return []
    taken = update(table).where(table.c.id.in_(ids), free)
    values = {"lease": token, "lease_until": clock + seconds, "attempts": table.c.attempts + 1}
    mine = (await connection.execute(taken.values(values).returning(table.c.id))).scalars().all()
    query = select(table, webhook.c.url, webhook.c.salt).join(webhook, webhook.c.id == table.c.webhook_id)
    return list((await connection.execute(query.where(table.c.id.in_(mine)).order_by(table.c.id))).all())


async def free_leases(connection: AsyncConnection) -> None:
    """At the start of the only process there is: whatever was being sent, its sender is gone."""
    table = webhook_delivery
    await connection.execute(update(table).where(table.c.state == "pending").values(lease=None, lease_until=None))


async def ended(
    connection: AsyncConnection, delivery_id: int, token: str, state: str, status: int | None, error: str | None
) -> bool:
    """Note the outcome of a delivery under its lease; False when that is lost."""
    values = {"state": state, "status": status, "error": error, "lease": None, "lease_until": None, "ended_at": now()}
    return await _under(connection, delivery_id, token, values)


async def again(
    connection: AsyncConnection, delivery_id: int, token: str, seconds: float, status: int | None, error: str
) -> bool:
    """Try a delivery again in so many seconds; False when its lease is lost."""
    later = _clock(connection) + seconds
    values = {"next_at": later, "status": status, "error": error, "lease": None, "lease_until": None}
    return await _under(connection, delivery_id, token, values)


async def give_up(connection: AsyncConnection, webhook_id: int, error: str) -> None:
    """End what still waits for a webhook."""
    table = webhook_delivery
    waiting = update(table).where(table.c.webhook_id == webhook_id, table.c.state == "pending")
    await connection.execute(waiting.values(state="failed", error=error, lease=None, lease_until=None, ended_at=now()))


async def _under(connection: AsyncConnection, delivery_id: int, token: str, values: dict[str, Any]) -> bool:
    table = webhook_delivery
    held = update(table).where(table.c.id == delivery_id, table.c.lease == token, table.c.state == "pending")
    return bool((await connection.execute(held.values(values))).rowcount)
