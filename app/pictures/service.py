"""Pictures of people, top to bottom: sent, made small, kept, shown, removed."""

import asyncio
import secrets

from app import audit_log
from app.auth import Staff
from app.db import Database
from app.errors import Forbidden, InvalidInput, NotFound
from app.faces import PATH
from app.pictures import repository

KEY_BYTES = 24


class PictureService:
    """Every picture that is kept was made here; nothing of a file that was sent is."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # A large one takes 100 MB while it is decoded.
        self._decoding = asyncio.Lock()

    async def put(self, who: Staff, data: bytes) -> str:
        """Set one's own; the address of what became of it. Raises InvalidInput for what is no picture to keep."""
        if who.id == 0:
            raise Forbidden("the command line has no picture; sign in with an account of `baton staff add`")
        if not data:
            raise InvalidInput("the file is empty; choose a picture")
        async with self._decoding:
            image = await asyncio.to_thread(_small_square, data)
        key = secrets.token_urlsafe(KEY_BYTES)
        async with self._db.write() as connection:
            await repository.owner(connection, who.id)
            await repository.put(connection, who.id, key, image)
            await audit_log.record(connection, who, "staff.picture_changed", staff_id=who.id)
        return PATH + key

    async def remove(self, who: Staff, staff_id: int) -> None:
        """Remove one's own or, as an admin, anybody's. Without one there is nothing to do. Raises NotFound."""
        async with self._db.write() as connection:
            row = await repository.owner(connection, staff_id)
            if row is None:
                raise NotFound("nobody here has this number; GET /v1/staff lists everybody")
            if row.picture is None:
                return
            await repository.put(connection, staff_id, None)
            await audit_log.record(connection, who, "staff.picture_removed", staff_id=staff_id, email=row.email)

    async def image(self, key: str) -> bytes:
        """A picture as WebP. Raises NotFound when it was removed or replaced."""
        async with self._db.read() as connection:
            image = await repository.image_of(connection, key)
        if image is None:
            raise NotFound("there is no such picture any more")
        return image


def _small_square(data: bytes) -> bytes:
    from app.pictures.image import small_square  # noqa: PLC0415  Pillow loads when somebody first sends a picture

    return small_square(data)
