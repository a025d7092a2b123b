"""Faces: where the pictures of people are, for whoever is shown one of them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models import staff

PATH = "/v1/pictures/"
"""Whoever has the address may see the picture, so that it says nothing of whose it is."""


def face_url(key: str | None) -> str | None:
    """The address of a picture, on the server itself; None for who has none."""
    return PATH + key if key else None


async def faces_of(connection: AsyncConnection, staff_ids: Iterable[int]) -> dict[int, str]:
    """The addresses of the pictures that these people have now. Asks nothing when there is nobody to ask for."""
    ids = set(staff_ids)
    if not ids:
        return {}
    query = select(staff.c.id, staff.c.picture).where(staff.c.id.in_(ids), staff.c.picture.is_not(None))
    return {row.id: PATH + row.picture for row in await connection.execute(query)}


def agent_of(data: dict[str, Any]) -> int | None:
    """The account that an event of the log names as its agent; older replies name none."""
    number = data.get("agent", {}).get("id")
    return number if isinstance(number, int) else None


def with_face(data: dict[str, Any], faces: dict[int, str], for_visitor: bool) -> dict[str, Any]:
    """An event's data with the picture of its agent as it is now. Visitors learn name and picture, and no number."""
    if "agent" not in data:
        return data
    agent = {"name": data["agent"]["name"]} if for_visitor else dict(data["agent"])
    face = faces.get(agent_of(data) or 0)
    return {**data, "agent": agent | {"picture": face} if face else agent}
