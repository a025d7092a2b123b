"""SQL of staff accounts, sessions, one-time links and availability. Works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth import Role, Staff, hash_token, new_staff_token
from app.errors import Conflict
from app.event_log import now
from app.models import availability, handoff, staff, staff_link, staff_session

_ACCOUNT = (staff.c.id, staff.c.email, staff.c.name, staff.c.role)


async def add_staff(connection: AsyncConnection, email: str, name: str, role: Role) -> str:
    """Create an account and return its token, which is shown once. Raises Conflict when the address is taken."""
    token = new_staff_token()
    try:
        await connection.execute(
            insert(staff).values(email=email.lower(), name=name, role=role, token_hash=hash_token(token))
        )
    except IntegrityError:
        raise Conflict(f"the address {email} has an account already") from None
    return token


async def find_staff(connection: AsyncConnection, token: str) -> Staff | None:
    """The account that a token belongs to, unless it was disabled."""
    query = select(*_ACCOUNT).where(staff.c.token_hash == hash_token(token), staff.c.disabled.is_(False))
    row = (await connection.execute(query)).first()
    return Staff(*row) if row else None


async def has_staff(connection: AsyncConnection) -> bool:
    """Whether anybody was added yet."""
    return (await connection.execute(select(staff.c.id).limit(1))).first() is not None


async def by_email(connection: AsyncConnection, email: str) -> Row[Any] | None:
    """The account of an address, disabled or not."""
    query = select(staff).where(staff.c.email == email.lower())
    return (await connection.execute(query)).first()


async def by_id(connection: AsyncConnection, staff_id: int) -> Row[Any] | None:
    """One account, disabled or not, locked until the transaction ends."""
    query = select(staff).where(staff.c.id == staff_id).with_for_update(key_share=True)
    return (await connection.execute(query)).first()


async def change(connection: AsyncConnection, staff_id: int, **values: Any) -> None:
    """Set fields of an account."""
    await connection.execute(update(staff).where(staff.c.id == staff_id).values(**values))


async def colleagues(connection: AsyncConnection) -> list[Row[Any]]:
    """Everybody, with availability and how many conversations they have now."""
    busy = _open_counts()
    query: Select[Any] = (
        select(
            *_ACCOUNT,
            staff.c.disabled,
            staff.c.seen_at,
            staff.c.picture,
            staff.c.password_hash.is_not(None).label("has_password"),
            availability.c.state,
            availability.c.max_open,
            availability.c.queues,
            func.coalesce(busy.c.many, 0).label("open"),
        )
        .outerjoin(availability, availability.c.staff_id == staff.c.id)
        .outerjoin(busy, busy.c.claimed_by == staff.c.id)
        .order_by(staff.c.name, staff.c.id)
    )
    return list((await connection.execute(query)).all())


async def availability_of(connection: AsyncConnection, staff_id: int) -> Row[Any] | None:
    """An account's availability as it was set, how many conversations it has now, and what else its owner sees."""
    busy = _open_counts()
    query: Select[Any] = (
        select(
            availability.c.state,
            availability.c.max_open,
            availability.c.queues,
            func.coalesce(busy.c.many, 0).label("open"),
            staff.c.password_hash.is_not(None).label("has_password"),
            staff.c.picture,
        )
        .select_from(staff)
        .outerjoin(availability, availability.c.staff_id == staff.c.id)
        .outerjoin(busy, busy.c.claimed_by == staff.c.id)
        .where(staff.c.id == staff_id)
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def set_availability(
    connection: AsyncConnection, staff_id: int, state: str, max_open: int, queues: Sequence[str]
) -> None:
    """Store it whole. The caller holds the account's row lock."""
    values = {"state": state, "max_open": max_open, "queues": list(queues), "updated_at": now()}
    changed = await connection.execute(update(availability).where(availability.c.staff_id == staff_id).values(**values))
    if not changed.rowcount:
        await connection.execute(insert(availability).values(staff_id=staff_id, **values))


async def begin_session(connection: AsyncConnection, staff_id: int, token: str, expires_at: datetime) -> int:
    """Store a session; sessions that are over anyway are removed on the way."""
    moment = now()
    await connection.execute(
        delete(staff_session).where(staff_session.c.staff_id == staff_id, staff_session.c.expires_at < moment)
    )
    added = await connection.execute(
        insert(staff_session)
        .values(
            staff_id=staff_id, token_hash=hash_token(token), created_at=moment, seen_at=moment, expires_at=expires_at
        )
        .returning(staff_session.c.id)
    )
    return int(added.scalar_one())


async def session_of(connection: AsyncConnection, token: str, idle_since: datetime) -> Row[Any] | None:
    """The account of a cookie with its session, unless either is over."""
    query: Select[Any] = (
        select(*_ACCOUNT, staff_session.c.id.label("session"), staff_session.c.seen_at, staff_session.c.expires_at)
        .join(staff, staff.c.id == staff_session.c.staff_id)
        .where(
            staff_session.c.token_hash == hash_token(token),
            staff_session.c.expires_at > now(),
            staff_session.c.seen_at > idle_since,
            staff.c.disabled.is_(False),
        )
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def touch_session(connection: AsyncConnection, session_id: int) -> None:
    """It was used just now."""
    await connection.execute(update(staff_session).where(staff_session.c.id == session_id).values(seen_at=now()))


async def end_session(connection: AsyncConnection, session_id: int) -> None:
    """Sign out."""
    await connection.execute(delete(staff_session).where(staff_session.c.id == session_id))


async def end_sessions(connection: AsyncConnection, staff_id: int, but: int = 0) -> None:
    """Sign out everywhere, but for one session."""
    await connection.execute(
        delete(staff_session).where(staff_session.c.staff_id == staff_id, staff_session.c.id != but)
    )


async def add_link(connection: AsyncConnection, staff_id: int, token: str, expires_at: datetime) -> None:
    """Store a one-time link; it replaces those before."""
    await connection.execute(delete(staff_link).where(staff_link.c.staff_id == staff_id))
    await connection.execute(
        insert(staff_link).values(staff_id=staff_id, token_hash=hash_token(token), expires_at=expires_at)
    )


async def link_of(connection: AsyncConnection, token: str) -> Row[Any] | None:
    """The account of a link that is neither used nor over."""
    query: Select[Any] = (
        select(*_ACCOUNT, staff_link.c.expires_at, staff_link.c.id.label("link"))
        .join(staff, staff.c.id == staff_link.c.staff_id)
        .where(
            staff_link.c.token_hash == hash_token(token),
            staff_link.c.used_at.is_(None),
            staff_link.c.expires_at > now(),
            staff.c.disabled.is_(False),
        )
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def use_link(connection: AsyncConnection, link_id: int) -> bool:
    """Use a link up; False when somebody was faster."""
    used = await connection.execute(
        update(staff_link).where(staff_link.c.id == link_id, staff_link.c.used_at.is_(None)).values(used_at=now())
    )
    return bool(used.rowcount)


def _open_counts() -> Any:
    awake = or_(handoff.c.snoozed_until.is_(None), handoff.c.snoozed_until <= now())
    return (
        select(handoff.c.claimed_by, func.count().label("many"))
        .where(and_(handoff.c.state == "claimed", awake))
        .group_by(handoff.c.claimed_by)
        .subquery()
    )
