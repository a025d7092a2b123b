"""Accounts, top to bottom: added, given a link, signed in, signed out, changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import audit_log
from app.auth import Role, Staff, new_secret
from app.db import Database
from app.errors import Conflict, Forbidden, InvalidInput, NotFound, Unauthorized
from app.event_log import now
from app.faces import face_url
from app.models.staff import DEFAULT_MAX_OPEN, HERE_FOR
from app.settings import Settings
from app.staff import repository
from app.staff.passwords import Passwords
from app.staff.schemas import Availability, Colleague, SetAvailability

LINK_HOURS = 24
TOUCH_SECONDS = 60
"""A session's last use is written at most once in this time."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in. ``token`` is the cookie's."""

    who: Staff
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """One's own account beyond name and role. ``picture``: where on this server."""

    availability: Availability | None
    has_password: bool
    picture: str | None


async def make_link(connection: AsyncConnection, staff_id: int) -> tuple[str, datetime]:
    """The token of a new one-time link and when it ends; earlier links of the account end now."""
    token, expires = new_secret(), now() + timedelta(hours=LINK_HOURS)
    await repository.add_link(connection, staff_id, token, expires)
    return token, expires


def password_page(base: str, token: str) -> str:
    """Where a one-time link leads. The token is in the fragment, which browsers send to nobody."""
    return f"{base}/desk/welcome#{token}"


class StaffService:
    """What concerns accounts."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db, self._settings = db, settings
        self._passwords = Passwords()

    async def sign_in(self, email: str, password: str, address: str) -> Session:
        """A session for a right password. Raises Unauthorized, in the same words and time for an unknown address."""
        async with self._db.read() as connection:
            row = await repository.by_email(connection, email)
        stored = row.password_hash if row is not None and not row.disabled else None
        is_right = await self._passwords.is_right(password, stored)
        if row is None:
            raise Unauthorized("the address or the password is wrong")
        who = _staff(row)
        if is_right:
            return await self.begin(who, "password", address)
        async with self._db.write() as connection:
            await audit_log.record(connection, who, "staff.sign_in_failed", address=address)
        raise Unauthorized("the address or the password is wrong")

    async def begin(self, who: Staff, how: str, address: str) -> Session:
        """A new session of somebody whose identity is proven."""
        token = new_secret()
        async with self._db.write() as connection:
            return await self._begin(connection, who, token, how, address)

    async def by_verified_email(self, email: str) -> Staff | None:
        """The account of an address that an identity provider vouches for."""
        async with self._db.read() as connection:
            row = await repository.by_email(connection, email)
        return None if row is None or row.disabled else _staff(row)

    async def find(self, token: str) -> Session | None:
        """The session of a cookie, unless it ended; using it keeps it."""
        idle = timedelta(hours=self._settings.session_idle_hours)
        async with self._db.read() as connection:
            row = await repository.session_of(connection, token, now() - idle)
        if row is None:
            return None
        if now() - row.seen_at > min(timedelta(seconds=TOUCH_SECONDS), idle / 4):
            async with self._db.write() as connection:
                await repository.touch_session(connection, row.session)
        return Session(Staff(row.id, row.email, row.name, row.role, row.session), token, row.expires_at)

    async def sign_out(self, who: Staff) -> None:
        """End the session that the request came with."""
        async with self._db.write() as connection:
            await repository.end_session(connection, who.session)
            await audit_log.record(connection, who, "staff.signed_out")

    async def linked(self, token: str) -> Row[Any]:
        """The account of a one-time link. Raises Unauthorized."""
        async with self._db.read() as connection:
            row = await repository.link_of(connection, token)
        if row is None:
            raise Unauthorized("this link was used, or is over; ask an admin for a new one")
        return row

    async def set_first(self, token: str, password: str, name: str | None, address: str) -> Session:
        """Use up a link: set the account's password, end what was signed in, and sign in."""
        row = await self.linked(token)
        hashed = await self._passwords.hash(password, row.email)
        async with self._db.write() as connection:
            if not await repository.use_link(connection, row.link):
                raise Unauthorized("this link was used, or is over; ask an admin for a new one")
            changes = {"name": name.strip()} if name else {}
            await repository.change(connection, row.id, password_hash=hashed, **changes)
            await repository.end_sessions(connection, row.id)
            who = Staff(row.id, row.email, changes.get("name", row.name), row.role)
            await audit_log.record(connection, who, "staff.password_changed", by="link")
            return await self._begin(connection, who, new_secret(), "link", address)

    async def change_password(self, who: Staff, old: str, new: str) -> None:
        """Set one's own password; every other session of the account ends."""
        async with self._db.read() as connection:
            row = await repository.by_email(connection, who.email)
        if row is None:
            raise Forbidden("the command line has no password; add an account with `baton staff add`")
        if row.password_hash is not None and not await self._passwords.is_right(old, row.password_hash):
            raise Forbidden("the old password is wrong")
        hashed = await self._passwords.hash(new, who.email)
        async with self._db.write() as connection:
            await repository.change(connection, who.id, password_hash=hashed)
            await repository.end_sessions(connection, who.id, but=who.session)
            await audit_log.record(connection, who, "staff.password_changed", by="self")

    async def own(self, who: Staff) -> Own:
        """What the account itself says; nothing for the command line."""
        async with self._db.read() as connection:
            row = await repository.availability_of(connection, who.id)
        if row is None:
            return Own(None, False, None)
        return Own(_availability(row), row.has_password, face_url(row.picture))

    async def set_availability(self, who: Staff, wanted: SetAvailability, known: set[str]) -> Availability:
        """Change one's own; what is not given stays."""
        unknown = sorted(set(wanted.queues or ()) - known)
        if unknown:
            raise InvalidInput(f"queues: there is no queue `{unknown[0]}`; choose from {', '.join(sorted(known))}")
        async with self._db.write() as connection:
            await repository.by_id(connection, who.id)
            row = await repository.availability_of(connection, who.id)
            if row is None:
                raise Forbidden("the command line takes no conversations; use an account of `baton staff add`")
            given = wanted.model_dump(exclude_none=True)
            after = _availability(row).model_copy(update=given)
            await repository.set_availability(connection, who.id, after.state, after.max_open, after.queues)
            await audit_log.record(connection, who, "availability.changed", **given)
        return after

    async def colleagues(self) -> list[Colleague]:
        """Everybody who works here."""
        async with self._db.read() as connection:
            rows = await repository.colleagues(connection)
        return [_colleague(row) for row in rows]

    async def add(self, who: Staff, email: str, name: str | None, role: Role) -> tuple[Colleague, str, datetime]:
        """A new account, and a link by which its owner sets a password."""
        async with self._db.write() as connection:
            await repository.add_staff(connection, email, name or email.partition("@")[0], role)
            row = await repository.by_email(connection, email)
            assert row is not None
            token, expires = await make_link(connection, row.id)
            await audit_log.record(connection, who, "staff.added", staff_id=row.id, email=row.email, role=role)
        return await self._one(row.id), token, expires

    async def link(self, who: Staff, staff_id: int) -> tuple[str, datetime]:
        """A new one-time link for somebody."""
        async with self._db.write() as connection:
            row = await self._account(connection, staff_id)
            if row.disabled:
                raise Conflict("this account is disabled; enable it first")
            await audit_log.record(connection, who, "staff.link_made", staff_id=row.id, email=row.email)
            return await make_link(connection, row.id)

    async def change(self, who: Staff, staff_id: int, **changes: Any) -> Colleague:
        """Change somebody's name, role or whether they may come in. A disabled account's sessions end at once."""
        if staff_id == who.id and (changes.get("disabled") or changes.get("role", "admin") != "admin"):
            raise Conflict("you cannot take your own access away; ask another admin")
        async with self._db.write() as connection:
            await self._account(connection, staff_id)
            if changes:
                await repository.change(connection, staff_id, **changes)
            if changes.get("disabled"):
                await repository.end_sessions(connection, staff_id)
            await audit_log.record(connection, who, "staff.changed", staff_id=staff_id, **changes)
        return await self._one(staff_id)

    async def _begin(self, connection: AsyncConnection, who: Staff, token: str, how: str, address: str) -> Session:
        expires = now() + timedelta(hours=self._settings.session_hours)
        session = await repository.begin_session(connection, who.id, token, expires)
        await audit_log.record(connection, who, "staff.signed_in", by=how, address=address)
        return Session(Staff(who.id, who.email, who.name, who.role, session), token, expires)

    async def _one(self, staff_id: int) -> Colleague:
        return next(one for one in await self.colleagues() if one.id == staff_id)

    @staticmethod
    async def _account(connection: AsyncConnection, staff_id: int) -> Row[Any]:
        row = await repository.by_id(connection, staff_id)
        if row is None:
            raise NotFound("nobody here has this number; GET /v1/staff lists everybody")
        return row


def _staff(row: Row[Any]) -> Staff:
    return Staff(row.id, row.email, row.name, row.role)


def _availability(row: Row[Any]) -> Availability:
    return Availability(
        state=row.state or "online",
        max_open=row.max_open or DEFAULT_MAX_OPEN,
        queues=row.queues or [],
        open=row.open,
    )


def _colleague(row: Row[Any]) -> Colleague:
    return Colleague(
        id=row.id,
        email=row.email,
        name=row.name,
        role=row.role,
        disabled=row.disabled,
        has_password=row.has_password,
        picture=face_url(row.picture),
        here=not row.disabled and row.state != "away" and row.seen_at is not None and row.seen_at > now() - HERE_FOR,
        **_availability(row).model_dump(),
    )
