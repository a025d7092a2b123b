"""Streams: a thousand open event streams at one process: what they hold, and how soon and how exactly they are told."""

import asyncio
import itertools
import resource
import shutil
import subprocess
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from evals.bench.articles import Asked, generate
from evals.bench.listener import Faults, Listener, compare
from evals.bench.load import Connection, Reply
from evals.bench.measure import resident_mb, sample
from evals.bench.processes import BATON, ROOT, Server, baton, environment, wait_for
from evals.bench.report import Row

STREAMS = 1_000
WRITTEN_TO = 50
"""Conversations in which something happens; all other streams must stay silent."""
PAUSE_SECONDS = 0.3
"""Between two conversations: a round is longer than a keep-alive, which reads every stream's log anew."""
AT_ONCE = 20
SETTLE_SECONDS = 2.0
HEALTH_SECONDS = 0.02
ARTICLES = 100
SPARE_FILES = 512

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Talking:
    """A conversation and its visitor's token."""

    id: str
    token: str

    @property
    def path(self) -> str:
        return f"/v1/conversations/{self.id}"


@dataclass
class Streamed:
    """``held`` KiB a stream, one entry a round, when opened and after the writes; all else in seconds, one entry a
    write or request: arrival since the write was sent, and since its reply; ``/healthz`` without and with streams."""

    held: list[float] = field(default_factory=list)
    held_later: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)
    since_sent: list[float] = field(default_factory=list)
    since_reply: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    events: int = 0


def streams(folder: Path, rounds: int) -> list[Row]:
    """``rounds`` rounds, each with a server of its own; no rows where so many files cannot be open."""
    if not _allow_files(STREAMS + SPARE_FILES):
        print(f"  left out: this user may not open {STREAMS + SPARE_FILES:,} files", flush=True)
        return []
    data, agent, questions = _prepare(folder)
    found = Streamed()
    for number in range(rounds):
        own = shutil.copytree(data, folder / f"round-{number}")
        with baton(own) as server:
            wait_for(server, "/readyz")
            asyncio.run(_round(server, agent, questions, found))
        print(f"  {found.held[-1]:.1f} KiB a stream, {found.faults.total} faults so far", flush=True)
    kept = sample(found.held_later)
    note = (
        f"resident memory of a server with {ARTICLES} articles; its sockets' buffers in the kernel are not in it; "
        f"after the writes and a keep-alive "
        f"{kept.median:.1f} ({kept.least:.1f} to {kept.most:.1f}); opened {AT_ONCE} at a time in "
        f"{sample(found.opening).median:.1f} s"
    )
    latest = 1000 * max(found.since_reply)
    written = (
        f"{len(found.since_sent)} messages of visitors and replies of agents, one after the other, in {WRITTEN_TO} of "
        f"{STREAMS:,} conversations, {rounds} times; {sum(delay < 0 for delay in found.since_reply)} events came "
        f"before the write's own reply and count below 0; the slowest came {latest:.0f} ms after it"
    )
    checked = (
        f"{found.events} events of {rounds * STREAMS:,} logs; missing {found.faults.missing}, twice or of another "
        f"conversation {found.faults.excess}, out of order {found.faults.disordered}, stray {found.faults.stray}"
    )
    slowest = 1000 * max(found.meanwhile)
    return [
        Row(f"Memory of an open event stream, of {STREAMS:,}", "KiB", sample(found.held), note=note),
        Row(f"Reply of a write to its event, {STREAMS:,} streams", "ms", sample(found.since_reply, 1000), note=written),
        Row(f"Write sent to its event, {STREAMS:,} streams", "ms", sample(found.since_sent, 1000)),
        Row("Events missing, twice, out of order or astray", "events", sample([found.faults.total]), most=0,
            note=checked),
        Row("`/healthz` without streams", "ms", sample(found.quiet, 1000)),
        Row(f"`/healthz` meanwhile, {STREAMS:,} streams", "ms", sample(found.meanwhile, 1000),
            note=f"{len(found.meanwhile):,} requests, all answered, the slowest in {slowest:.0f} ms"),
    ]  # fmt: skip


def _allow_files(count: int) -> bool:
    """Raise what this process, and the servers that it starts, may have open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= count:
        return True
    if hard != resource.RLIM_INFINITY and hard < count:
        return False
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
    return True


def _prepare(folder: Path) -> tuple[Path, str, Iterator[Asked]]:
    """A data folder with a few articles live, an agent's token, and questions of buyers."""
    centre = generate(ARTICLES)
    centre.write(folder / "articles")
    shutil.copy(ROOT / "knowledge" / "topics.toml", folder / "articles")
    data = folder / "data"
    for command in (["staff", "add", "bench@example.com", "--role", "agent"], ["ingest", str(folder / "articles")]):
        done = subprocess.run(
            [str(BATON), *command, "--data-dir", str(data)],
            check=True, cwd=ROOT, env=environment({}), text=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        if command[0] == "staff":
            agent = done.stdout.strip()
    return data, agent, itertools.cycle([asked for asked in centre.questions if asked.audience == "buyer"])


async def _round(server: Server, agent: str, questions: Iterator[Asked], found: Streamed) -> None:
    talks = await _together([partial(_begin, server)] * (STREAMS + 1))
    desk = Connection(server.url, agent)
    # What the first of anything costs is not a stream's.
    first = Listener(server.url, talks[-1].token, talks[-1].id)
    await first.open()
    await _write(server, desk, talks[-1], first, next(questions).text, Streamed())
    await first.close()
    found.quiet += await _health(server, asyncio.sleep(SETTLE_SECONDS))
    before, begun = resident_mb(server.pid), time.monotonic()
    listeners = [Listener(server.url, talk.token, talk.id) for talk in talks[:STREAMS]]
    await _together([listener.open for listener in listeners])
    found.opening.append(time.monotonic() - begun)
    await asyncio.sleep(SETTLE_SECONDS)
    found.held.append((resident_mb(server.pid) - before) * 1024 / STREAMS)

    async def write() -> None:
        step = STREAMS // WRITTEN_TO
        for talk, listener in list(zip(talks, listeners, strict=False))[::step]:
            await _write(server, desk, talk, listener, next(questions).text, found)
            await asyncio.sleep(PAUSE_SECONDS)
        await asyncio.sleep(SETTLE_SECONDS)

    found.meanwhile += await _health(server, write())
    found.held_later.append((resident_mb(server.pid) - before) * 1024 / STREAMS)
    if ended := sum(not listener.is_open for listener in listeners):
        raise RuntimeError(f"{ended} of {STREAMS:,} streams ended of themselves")
    logs = await _together([partial(_log, server, talk) for talk in talks[:STREAMS]])
    for listener, log in zip(listeners, logs, strict=True):
        found.faults += compare([event for _, event in listener.came], log)
        found.events += len(log)
        await listener.close()
    desk.close()


async def _write(
    server: Server, desk: Connection, talk: Talking, listener: Listener, question: str, found: Streamed
) -> None:
    """A question, its outcome, a wish for a person, a claim and a reply; the question and the reply are timed."""
    visitor = Connection(server.url, talk.token)

    async def time_of(reply: Reply) -> None:
        moment = await listener.arrival(lambda event: event["seq"] == reply.json["seq"])
        if moment is not None:
            found.since_sent.append(moment - reply.sent)
            found.since_reply.append(moment - reply.done)

    message = {"text": question, "client_id": uuid.uuid4().hex}
    await time_of(await visitor.request("POST", f"{talk.path}/messages", message))
    await listener.arrival(lambda event: event["type"] in ("message.bot", "handoff.opened"))
    await visitor.request("POST", f"{talk.path}/handoff", {})
    fence = (await desk.request("POST", f"{talk.path}/claim", {})).json["fence"]
    await listener.arrival(lambda event: event["type"] == "handoff.claimed")
    answer = {"text": f"An answer for {talk.id}.", "client_id": uuid.uuid4().hex, "fence": fence}
    await time_of(await desk.request("POST", f"{talk.path}/reply", answer))
    visitor.close()


async def _begin(server: Server) -> Talking:
    connection = Connection(server.url)
    token = (await connection.request("POST", "/v1/visitors", {"audience": "buyer"})).json["token"]
    connection.close()
    own = Connection(server.url, token)
    conversation = (await own.request("POST", "/v1/conversations", {})).json["id"]
    own.close()
    return Talking(conversation, token)


async def _log(server: Server, talk: Talking) -> list[dict[str, Any]]:
    connection = Connection(server.url, talk.token)
    log: list[dict[str, Any]] = (await connection.request("GET", f"{talk.path}/events?after=0")).json["events"]
    connection.close()
    return log


async def _health(server: Server, work: Awaitable[None]) -> list[float]:
    """Seconds of ``/healthz``, asked over and over until ``work`` is done."""
    seconds: list[float] = []
    connection = Connection(server.url)
    working = asyncio.ensure_future(work)
    while not working.done():
        seconds.append((await connection.request("GET", "/healthz")).seconds)
        await asyncio.sleep(HEALTH_SECONDS)
    connection.close()
    await working
    return seconds


async def _together(calls: list[Callable[[], Awaitable[T]]]) -> list[T]:
    """What the calls give, in their order, AT_ONCE at a time."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(call: Callable[[], Awaitable[T]]) -> T:
        async with free:
            return await call()

    return list(await asyncio.gather(*(one(call) for call in calls)))
