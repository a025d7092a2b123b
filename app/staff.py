"""Staff accounts: the repository."""

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth import Role, Staff, hash_token, new_staff_token
from app.errors import Conflict
from app.models import staff


async def add_staff(connection: AsyncConnection, email: str, name: str, role: Role) -> str:
    """Create an account and return its token, which is shown once. Raises Conflict when the address is taken."""
    token = new_staff_token()
    try:
        await connection.execute(
            insert(staff).values(email=email.lower(), name=name, role=role, token_hash=hash_token(token))
        )
    except IntegrityError:
        raise Conflict(f"{email} has an account already") from None
    return token


async def find_staff(connection: AsyncConnection, token: str) -> Staff | None:
    """The account that a token belongs to, unless it was disabled."""
    query = select(staff.c.id, staff.c.email, staff.c.name, staff.c.role).where(
        staff.c.token_hash == hash_token(token), staff.c.disabled.is_(False)
    )
    row = (await connection.execute(query)).first()
    return Staff(*row) if row else None


async def has_staff(connection: AsyncConnection) -> bool:
    """Whether anybody was added yet."""
    return (await connection.execute(select(staff.c.id).limit(1))).first() is not None
