"""SQL of pictures. Works inside the caller's transaction."""

from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.event_log import now
from app.models import staff, staff_picture


async def image_of(connection: AsyncConnection, key: str) -> bytes | None:
    """The bytes of a picture."""
    found: bytes | None = (
        await connection.execute(select(staff_picture.c.image).where(staff_picture.c.key == key))
    ).scalar()
    return found


async def owner(connection: AsyncConnection, staff_id: int) -> Row[Any] | None:
    """An account with the key of its picture, locked until the transaction ends."""
    query: Select[Any] = select(staff.c.id, staff.c.email, staff.c.picture).where(staff.c.id == staff_id)
    row: Row[Any] | None = (await connection.execute(query.with_for_update(key_share=True))).first()
    return row


async def put(connection: AsyncConnection, staff_id: int, key: str | None, image: bytes = b"") -> None:
    """Somebody's only picture from now on; without a key they have none."""
    await connection.execute(delete(staff_picture).where(staff_picture.c.staff_id == staff_id))
    if key is not None:
        values = {"key": key, "staff_id": staff_id, "image": image, "at": now()}
        await connection.execute(insert(staff_picture).values(values))
    await connection.execute(update(staff).where(staff.c.id == staff_id).values(picture=key))
