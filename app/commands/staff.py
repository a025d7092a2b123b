"""``baton staff``: accounts."""

import asyncio
import re

from app.auth import Role
from app.db import Database
from app.errors import InvalidInput, NotFound
from app.migrations.upgrade import upgrade
from app.owner import OwnerLock
from app.settings import Settings
from app.staff import repository
from app.staff.service import make_link, password_page

_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]{1,189}$")


def add(settings: Settings, email: str, role: Role, name: str | None, with_link: bool) -> None:
    """Create an account and print its token, and a one-time link when asked to. Works while a server runs."""
    if not _EMAIL.match(email):
        raise InvalidInput(f"`{email}` is no e-mail address")
    _ready(settings)
    print(asyncio.run(_add(settings, email, role, name or email.split("@", maxsplit=1)[0])))
    if with_link:
        print(asyncio.run(_link(settings, email)))


def link(settings: Settings, email: str) -> None:
    """Print a one-time link by which the account's owner sets a password. Earlier links end."""
    _ready(settings)
    print(asyncio.run(_link(settings, email)))


def _ready(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.sql_url)


async def _add(settings: Settings, email: str, role: Role, name: str) -> str:
    db = Database(settings.sql_url)
    try:
        async with db.write() as connection:
            return await repository.add_staff(connection, email, name, role)
    finally:
        await db.close()


async def _link(settings: Settings, email: str) -> str:
    db = Database(settings.sql_url)
    try:
        async with db.write() as connection:
            row = await repository.by_email(connection, email)
            if row is None:
                raise NotFound(f"{email} has no account; `baton staff add` makes one")
            token, _ = await make_link(connection, row.id)
    finally:
        await db.close()
    owner = OwnerLock(settings.data_dir).read()
    base = settings.public_url or (owner.url if owner else "") or f"http://{settings.host}:{settings.port}"
    return password_page(base.rstrip("/"), token)
