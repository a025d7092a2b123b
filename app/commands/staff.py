"""``baton staff``: accounts."""

import asyncio
import re

from app.auth import Role
from app.db import Database
from app.errors import InvalidInput
from app.migrations.upgrade import upgrade
from app.settings import Settings
from app.staff import add_staff

_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]{1,189}$")


def add(settings: Settings, email: str, role: Role, name: str | None) -> None:
    """Create an account and print its token. Works while a server runs."""
    if not _EMAIL.match(email):
        raise InvalidInput(f"`{email}` is no e-mail address")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.sql_url)
    print(asyncio.run(_add(settings, email, role, name or email.split("@", maxsplit=1)[0])))


async def _add(settings: Settings, email: str, role: Role, name: str) -> str:
    db = Database(settings.sql_url)
    try:
        async with db.write() as connection:
            return await add_staff(connection, email, name, role)
    finally:
        await db.close()
