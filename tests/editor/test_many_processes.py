"""Several processes on one database: each job is carried out once, each publication is served by all."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from app.db import sync_engine
from app.editor.publishing.jobs import MAX_ATTEMPTS, JobQueue, LeaseLost, finish_within
from app.event_log import now
from app.migrations.upgrade import upgrade
from app.models import publish_job
from tests.support.backends import postgres_schema
from tests.support.console import Console, shown, text_of
from tests.support.desk import hire
from tests.support.server import Server
from tests.support.visitors import open_client
from tests.support.waiting import until


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated database without anything in it."""
    if request.param == "sqlite":
        url = f"sqlite+aiosqlite:///{tmp_path / 'baton.db'}"
        upgrade(url)
        found = sync_engine(url)
        yield found
        found.dispose()
        return
    with postgres_schema() as address:
        url = address.replace("postgresql://", "postgresql+psycopg://")
        upgrade(url)
        found = sync_engine(url)
        yield found
        found.dispose()


def add(engine: Engine, count: int, **values: object) -> None:
    """Jobs that wait."""
    row = {
        "kind": "publish",
        "state": "queued",
        "stage": "",
        "done": 0,
        "total": 0,
        "request": {},
        "note": "",
        "created_at": now(),
        "by_id": 1,
        "by_name": "e",
        "by_email": "e@baton.test",
        "attempts": 0,
        **values,
    }
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(publish_job), [row] * count)


def states(engine: Engine) -> list[str]:
    """Of all jobs, in order."""
    with engine.connect() as connection:
        return list(connection.execute(select(publish_job.c.state).order_by(publish_job.c.id)).scalars())


def test_each_job_is_taken_once_and_one_at_a_time(engine: Engine) -> None:
    """Four runners at once, each job theirs alone while it runs."""
    add(engine, 12)
    queue, running = JobQueue(engine), threading.Semaphore(1)
    taken: list[int] = []

    def run(number: int) -> None:
        while len(taken) < 12:
            job = queue.take(f"lease-{number}", 30.0)
            if job is None:
                continue
            assert running.acquire(blocking=False), "two ran at once"
            taken.append(job.id)
            running.release()
            queue.end(job, "failed", "enough")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert sorted(taken) == list(range(1, 13))


def test_a_job_outlives_its_runner_and_not_every_runner(engine: Engine) -> None:
    """When its lease is over another takes it; the first can end it no more; in the end it fails."""
    add(engine, 1)
    queue = JobQueue(engine)
    lost = queue.take("first", -1.0)
    assert lost is not None
    assert queue.take("second", 30.0) is None
    queue.requeue(alone=False)
    held = queue.take("second", 30.0)
    assert held is not None
    queue.end(lost, "failed", "too late")
    with engine.execution_options(writes=True).begin() as connection, pytest.raises(LeaseLost):
        finish_within(connection, lost, 1, None)
    queue.requeue(alone=False)
    assert states(engine) == ["running"]
    for _ in range(MAX_ATTEMPTS - 2):
        queue.requeue(alone=True)
        assert queue.take("again", 30.0) is not None
    queue.requeue(alone=True)
    assert states(engine) == ["failed"]


def test_later_is_later(engine: Engine) -> None:
    """A scheduled job is not due before its time, and what is due first goes first."""
    add(engine, 1, state="scheduled", at=datetime.now(UTC) + timedelta(hours=1))
    add(engine, 1, state="scheduled", at=datetime.now(UTC) - timedelta(minutes=1))
    add(engine, 1, state="scheduled", at=datetime.now(UTC) - timedelta(minutes=2))
    queue = JobQueue(engine)
    order = []
    while job := queue.take("one", 30.0):
        order.append(job.id)
        queue.end(job, "failed")
    assert order == [3, 2]


@pytest.mark.postgres
def test_two_servers_serve_what_either_publishes(small_source: Path, tmp_path: Path, database_url: str) -> None:
    """One publishes, the other shows it and answers from it; a job scheduled at both goes live once."""
    env = {"DATABASE_URL": database_url}
    with Server(tmp_path / "a", env, "--publish", str(small_source)) as one, Server(tmp_path / "b", env) as other:
        token = hire(database_url.replace("postgresql://", "postgresql+psycopg://"))["edith"]
        with open_client(one.url, token) as here, open_client(other.url, token) as there:
            edith, distant = Console(here), Console(there)
            edith.publish(edith.saved("quay", text_of("quay", "The quay opens at 7.", "When does the quay open?")))
            buyer = there.post("/v1/visitors", json={"audience": "buyer", "locale": "en"}).json()["token"]
            with open_client(other.url, buyer) as visitor:

                def answered() -> bool:
                    said = visitor.post("/v1/answers", json={"question": "When does the quay open?"}).json()
                    return "opens at 7" in said["text"]

                until(answered, 10.0, "the other server answers from it")
            draft = distant.saved("quay", text_of("quay", "The quay opens at 8.", "When does the quay open?"))
            at = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
            job = distant.ended(distant.ask(draft, at=at).json()["id"])
            assert job["state"] == "done", job
            assert shown(here, "quay") == shown(there, "quay") == "The quay opens at 8."
            made = [publication["job"] for publication in edith.get("/publications")["items"]]
            assert made.count(job["id"]) == 1


def test_a_scheduled_publication_outlives_the_server(small_source: Path, tmp_path: Path) -> None:
    """Killed before its time and started after it, the server publishes by itself, once."""
    with Server(tmp_path / "data", None, "--publish", str(small_source)) as server:
        token = server.first_token
        with open_client(server.url, token) as http:
            editor = Console(http)
            draft = editor.saved("quay", text_of("quay", "The quay opens at 7."))
            at = (datetime.now(UTC) + timedelta(seconds=1.0)).isoformat()
            job = editor.ask(draft, at=at).json()
        server.kill()
        server.start()
        with open_client(server.url, token) as http:
            editor = Console(http)
            assert editor.ended(job["id"])["state"] == "done"
            assert shown(http, "quay") == "The quay opens at 7."
            made = [publication["job"] for publication in editor.get("/publications")["items"]]
            assert made.count(job["id"]) == 1


def test_a_second_person_must_agree_where_that_is_set(small_source: Path, tmp_path: Path) -> None:
    """REVIEW_REQUIRED: nothing goes live unapproved. TIMEZONE: the day is the marketplace's."""
    env = {"REVIEW_REQUIRED": "true", "TIMEZONE": "Pacific/Kiritimati"}
    day = (datetime.now(UTC) + timedelta(hours=14)).date()
    with Server(tmp_path / "data", env, "--publish", str(small_source)) as server:
        tokens = hire(f"sqlite+aiosqlite:///{server.data_dir / 'baton.db'}")
        with open_client(server.url, tokens["edith"]) as http, open_client(server.url, tokens["root"]) as second:
            edith, root = Console(http), Console(second)
            text = text_of("quay", "The quay opens at 7.", valid_from=str(day))
            draft = edith.saved("quay", text)
            refused = edith.ask(draft)
            assert (refused.status_code, "approval" in refused.json()["detail"]) == (409, True)
            edith.post("/drafts/quay/en/review", {"action": "request"})
            root.post("/drafts/quay/en/review", {"action": "approve"})
            edith.publish(draft)
            assert shown(http, "quay") == "The quay opens at 7."
            tomorrow = text_of("pier", "Not yet.", valid_from=str(day + timedelta(days=1)))
            later = edith.saved("pier", tomorrow)
            edith.post("/drafts/pier/en/review", {"action": "request"})
            root.post("/drafts/pier/en/review", {"action": "approve"})
            edith.publish(later)
            assert shown(http, "pier") is None
