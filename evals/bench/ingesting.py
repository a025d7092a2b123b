"""Ingesting: how long thousands of new articles take, and how long one changed article takes to be live."""

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.owner import OwnerLock
from evals.bench.load import Connection
from evals.bench.measure import resident_mb
from evals.bench.processes import BATON, ROOT, Peer, Server, environment

SAMPLE_SHARE = 20
"""One article in so many is enough to time the slow default embedder."""
CALIBRATION_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Ingested:
    """Seconds of a whole ingest, and of its embedding; ``texts`` were embedded."""

    seconds: float
    embedding: float
    texts: int


def folder_body(folder: Path) -> dict[str, Any]:
    """A folder as ``POST /v1/knowledge/ingest`` takes it."""
    return {
        "files": [{"path": file.name, "text": file.read_text("utf-8")} for file in sorted(folder.glob("*.md"))],
        "topics": (ROOT / "knowledge" / "topics.toml").read_text("utf-8"),
    }


def owner(data: Path, server: Server) -> Connection:
    """A connection with the rights of the command line."""
    found = OwnerLock(data).read()
    assert found is not None
    return Connection(server.url, found.token)


async def calibrated(connection: Connection, server: Server) -> float:
    """Wait until the live version has calibrated itself, so that what is measured next is measured beside nothing else.
    The most MB that the server and its children held meanwhile. Raises RuntimeError after CALIBRATION_SECONDS."""
    end, held = time.monotonic() + CALIBRATION_SECONDS, 0.0
    while time.monotonic() < end:
        held = max(held, resident_mb(server.pid))
        found = (await connection.request("GET", "/v1/calibration")).json
        if found["certificate"]["reason"] != "not_calibrated" and not found["under_way"]:
            return held
        await asyncio.sleep(0.25)
    raise RuntimeError(f"{server.url} had not calibrated its version after {CALIBRATION_SECONDS:.0f} s")


async def publish(connection: Connection, body: dict[str, Any]) -> Ingested:
    """Publish through the running server. Raises RuntimeError when it refuses."""
    begun = time.monotonic()
    embeds: list[tuple[float, int]] = []
    stage = ""
    async for piece in connection.pieces("POST", "/v1/knowledge/ingest", body):
        for line in piece.decode().splitlines():
            message = json.loads(line)
            if "error" in message:
                raise RuntimeError(message["error"])
            if message.get("stage") == "embed":
                embeds.append((time.monotonic(), message["done"]))
            if "stage" in message and (message["stage"] != stage or not message["done"] % 10_240):
                stage = message["stage"]
                print(f"  {stage}: {message['done']} of {message['total']}", flush=True)
    embedding = 0.0
    if len(embeds) > 1:
        (first, before), (last, texts) = embeds[0], embeds[-1]
        embedding = (last - first) * texts / (texts - before)
    return Ingested(time.monotonic() - begun, embedding, embeds[-1][1] if embeds else 0)


def fill(variant: Peer, folder: Path, store: Path, model: Path, whole: int) -> float:
    """Seconds in which a peer's own script embeds and stores ``whole`` articles, from those in ``folder``."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "evals.bench.peers.langchain_app", str(folder)]
    extra = variant.environment(store, model)
    started = 0.0
    with subprocess.Popen(command, cwd=ROOT, env=environment(extra), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            done, total = line.split()
            started = started or time.monotonic()
            if not int(done) % 2_500:
                print(f"  {variant.key}: {done} of {total} pieces", flush=True)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    files = sum(1 for _ in folder.glob("*.md"))
    return (started - begun) + (time.monotonic() - started) * whole / files


def change(folder: Path, number: int) -> tuple[str, str]:
    """Change one article on disk; returns its id and its new text."""
    files = sorted(folder.glob("*.md"))
    file = files[(number * 997) % len(files)]
    text = file.read_text("utf-8").rstrip() + f"\n\nSince this morning the code word is zeppelin{number}.\n"
    file.write_text(text, "utf-8")
    return file.stem, text


async def changed_live(server: Server, connection: Connection, folder: Path, number: int) -> float:
    """Seconds until one changed article is live through the API, and can be read there."""
    article, _ = change(folder, number)
    published = await publish(connection, folder_body(folder))
    await _is_live(server, article, number)
    return published.seconds


async def changed_by_command(server: Server, data: Path, folder: Path, number: int) -> float:
    """Seconds until ``baton ingest`` says that one changed article is live, while the server runs; it then waits for
    the calibration, which is not counted."""
    article, _ = change(folder, number)
    begun = time.monotonic()
    child = await asyncio.create_subprocess_exec(
        BATON, "ingest", folder, "--data-dir", data, cwd=ROOT, env=environment({}), stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    said = await child.stdout.readline()
    seconds = time.monotonic() - begun
    if await child.wait() or b"changed: 1" not in said:
        raise RuntimeError(f"baton ingest failed: {said.decode()}")
    await _is_live(server, article, number)
    return seconds


async def changed_at_peer(server: Server, folder: Path, number: int) -> float:
    """Seconds that a plain app takes to replace one article, which it must be told."""
    article, text = change(folder, number)
    connection = Connection(server.url)
    reply = await connection.request("PUT", "/articles", {"article": article, "text": text})
    connection.close()
    return reply.seconds


async def _is_live(server: Server, article: str, number: int) -> None:
    connection = Connection(server.url)
    for audience in ("buyer", "seller"):
        try:
            reply = await connection.request("GET", f"/v1/articles/{article}?audience={audience}")
        except RuntimeError:
            continue
        if f"zeppelin{number}" in reply.body.decode():
            connection.close()
            return
    raise RuntimeError(f"the change of {article} was published and is not there")
