"""Office: a server with a team and queues whose hours do not depend on when the test runs, on either database."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text

from tests.support.articles import publish
from tests.support.backends import postgres_schema
from tests.support.desk import Agent, hire
from tests.support.server import Server
from tests.support.visitors import Talk, Visitor, open_client

TOPICS = """
[queues.general]
name = "General"
[queues.money]
name = "Money"
timezone = "America/New_York"
reply_within = 5
[queues.shut]
name = "Shut"
hours = { mon = [] }

[topics.general]
name = "General"
[topics.urgent]
name = "Urgent"
queue = "money"
priority = 1
always_human = true
phrases = ["my house burns because of your charger"]
"""


class Office:
    """Everything at one server. A context manager; who comes in is shown out at its end."""

    def __init__(self, server: Server, tokens: dict[str, str], kind: str) -> None:
        self.server, self.tokens, self.kind = server, tokens, kind
        self._stack = ExitStack()

    def __enter__(self) -> "Office":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def url(self) -> str:
        """Where it is served."""
        return self.server.url

    def agent(self, name: str) -> Agent:
        """One of the team."""
        return self._stack.enter_context(Agent(self.url, self.tokens[name]))

    def visitor(self, address: str = "", **fields: Any) -> Visitor:
        """A new visitor, at a network address that the proxy reports."""
        someone = self._stack.enter_context(Visitor(self.url, **fields))
        if address:
            someone.http.headers["x-forwarded-for"] = address
        return someone

    def waiting(self, note: str = "a person, please", visitor: Visitor | None = None, **fields: Any) -> Talk:
        """A conversation that waits for a person, in the general queue."""
        talk = (visitor or self.visitor()).begin(**fields)
        talk.ask_for_person(note)
        return talk

    def sql(self, statement: str, **values: Any) -> list[Any]:
        """Do something to the database directly, such as making time pass; the rows that come back."""
        url = self.server.env.get("DATABASE_URL", f"sqlite:///{self.server.data_dir / 'baton.db'}")
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        try:
            with engine.begin() as connection:
                result = connection.execute(text(statement), values)
                return list(result.all()) if result.returns_rows else []
        finally:
            engine.dispose()

    def clear(self) -> None:
        """Resolve whatever is open."""
        with Agent(self.url, self.tokens["root"]) as root:
            for view in ("all", "snoozed"):
                for item in root.http.get("/v1/queue", params={"view": view, "limit": 500}).json()["items"]:
                    claim = root.do(item["conversation_id"], "claim", take_over=True)
                    assert claim.status_code == 200, claim.text
                    done = root.do(item["conversation_id"], "resolve", fence=claim.json()["fence"])
                    assert done.status_code == 202, done.text


def public_address() -> str:
    """An address that nobody was at before, which a trusted proxy may report."""
    return str(ip_address(int(ip_address("24.0.0.0")) + secrets.randbelow(2**24)))


@contextmanager
def open_office(kind: str, place: Path, source: Path, **env: str) -> Iterator[Office]:
    """An office on ``sqlite`` or ``postgres`` with a few articles."""
    folder = place / "knowledge"
    folder.mkdir(parents=True)
    for file in source.glob("*.md"):
        text = file.read_text(encoding="utf-8")
        lines = [line for line in text.split("\n") if not line.startswith("topic: ")]
        (folder / file.name).write_text("\n".join(lines), encoding="utf-8")
    (folder / "topics.toml").write_text(TOPICS)
    with ExitStack() as stack:
        settings = {"MESSAGES_PER_MINUTE": "100000", "TRUSTED_PROXIES": "127.0.0.1", **env}
        sql_url = f"sqlite+aiosqlite:///{place / 'data' / 'baton.db'}"
        if kind == "postgres":
            settings["DATABASE_URL"] = stack.enter_context(postgres_schema())
            sql_url = settings["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
        server = stack.enter_context(Server(place / "data", settings, wait_ready=False))
        publish(server.url, server.first_token, folder)
        yield stack.enter_context(Office(server, hire(sql_url), kind))


@contextmanager
def signed_in(office: Office, email: str, password: str) -> Iterator[httpx.Client]:
    """A browser's client that is signed in, at a new address: cookies, and the header that goes with them."""
    with open_client(office.url) as http:
        http.headers["x-forwarded-for"] = public_address()
        answer = http.post("/v1/session", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        http.headers["x-csrf-token"] = answer.json()["csrf"]
        yield http
