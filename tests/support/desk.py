"""Agent: somebody with a staff token who works at the desk."""

import asyncio
import uuid
from types import TracebackType
from typing import Any

import httpx

from app.auth import Role
from app.db import Database
from app.staff.repository import add_staff
from tests.support.visitors import open_client

TEAM: dict[str, Role] = {
    "ana": "agent",
    "ben": "agent",
    "cai": "agent",
    "dee": "agent",
    "eve": "agent",
    "fay": "agent",
    "gus": "agent",
    "hal": "agent",
    "edith": "editor",
    "lea": "lead",
    "root": "admin",
}


def hire(sql_url: str) -> dict[str, str]:
    """Give everybody of TEAM an account in a migrated database; their tokens by name."""

    async def add() -> dict[str, str]:
        db = Database(sql_url)
        try:
            async with db.write() as connection:
                return {
                    name: await add_staff(connection, f"{name}@baton.test", name, role) for name, role in TEAM.items()
                }
        finally:
            await db.close()

    return asyncio.run(add())


class Agent:
    """A member of staff at the server at ``url``. A context manager."""

    def __init__(self, url: str, token: str) -> None:
        self.token = token
        self.http = open_client(url, token)

    def __enter__(self) -> "Agent":
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self.http.close()

    def moved(self, url: str) -> None:
        """Go on at another address: the server came back on another port."""
        self.http.close()
        self.http = open_client(url, self.token)

    def do(self, conversation_id: str, what: str, **fields: Any) -> httpx.Response:
        """claim, reply, note, release, transfer or resolve, whatever the server says to it."""
        return self.http.post(f"/v1/conversations/{conversation_id}/{what}", json=fields)

    def claim(self, conversation_id: str) -> int:
        """Take a conversation that must be free; the fence."""
        answer = self.do(conversation_id, "claim")
        assert answer.status_code == 200, answer.text
        return int(answer.json()["fence"])

    def reply(self, conversation_id: str, text: str, fence: int, client_id: str | None = None) -> int:
        """Write to the visitor; the number of the event."""
        answer = self.do(conversation_id, "reply", text=text, fence=fence, client_id=client_id or uuid.uuid4().hex)
        assert answer.status_code == 202, answer.text
        return int(answer.json()["seq"])

    def queue(self, state: str = "waiting") -> list[dict[str, Any]]:
        """The list of the desk."""
        answer = self.http.get("/v1/queue", params={"state": state})
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items
