"""Runner: the worker process from outside. A file that ends it is refused; the next process goes on behind it."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from app.editor.imports.compose import Found, refused
from app.editor.imports.limits import (
    MAX_ITEMS,
    MAX_OUTPUT,
    MAX_RESTARTS,
    MEMBER_SECONDS,
    MEMORY,
    OUT_OF_MEMORY,
    Refused,
)
from app.editor.imports.work import Work

COMMAND = ("-I", "-B", "-m", "app.editor.imports.worker")
"""Isolated: neither the environment nor the working folder adds to what Python loads."""
MAX_LINE = 16_000_000
"""Bytes of one line: an article of the largest size, as JSON; or the addresses of all pages of a site."""
GOODBYE = 2.0
"""Seconds that it has to end after its last word."""
PATIENCE = 2 * MEMBER_SECONDS
"""Seconds without a word; the worker's own clock should have ended it long before."""
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""All that the worker gets to know: no keys, no addresses of databases."""


@dataclass(frozen=True)
class FileRead:
    """A file that is done with, of ``total``."""

    number: int
    total: int
    found: tuple[Found, ...]


class _Run:
    """One process: what it said so far."""

    def __init__(self) -> None:
        self.total = 0
        self.pages: tuple[str, ...] = ()
        self.current: tuple[int, str] | None = None
        self.finished = False
        self.failed = ""
        self.excess = False


async def read(work: Work) -> AsyncGenerator[FileRead]:
    """Every file of an import, in order. Raises Refused when nothing of it can be read."""
    restarts = items = 0
    while True:
        run = _Run()
        process = await _start()
        try:
            async for file in _files(process, work, run):
                items += len(file.found)
                yield file
                if items > MAX_ITEMS:
                    raise Refused(f"holds more than {MAX_ITEMS:,} articles; import it in parts")
        except BaseException:
            await asyncio.shield(_kill(process))
            raise
        status = await _end(process, 0.0 if run.excess else GOODBYE)
        if run.failed:
            raise Refused(run.failed)
        if run.finished:
            return
        why = _why(status, run)
        if run.current is None:
            raise Refused(f"cannot be opened: {why}")
        number, name = run.current
        yield FileRead(number, run.total, (refused(name, why),))
        restarts += 1
        if number + 1 >= run.total:
            return
        if restarts > MAX_RESTARTS:
            rest = refused(
                f"{run.total - number - 1} more files", "not read: too many files before them broke the converter"
            )
            yield FileRead(run.total - 1, run.total, (rest,))
            return
        work = replace(work, start=number + 1, pages=run.pages or work.pages)


async def _start() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=ENVIRONMENT,
        limit=MAX_LINE,
        start_new_session=True,
    )


async def _files(process: asyncio.subprocess.Process, work: Work, run: _Run) -> AsyncGenerator[FileRead]:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(work.to_json())
        await process.stdin.drain()
        process.stdin.close()
    found: list[Found] = []
    size = 0
    while line := await _line(process.stdout, run):
        said: dict[str, Any] = json.loads(line)
        if "item" in said:
            size += len(line)
            found.append(Found(**{**said["item"], "stated": tuple(said["item"]["stated"])}))
            if size > MAX_OUTPUT or len(found) > MAX_ITEMS:
                run.excess = True
                return
        elif "begin" in said:
            run.current, found, size = (said["begin"], said["name"]), [], 0
        elif "end" in said:
            yield FileRead(said["end"], run.total, tuple(found))
            run.current = None
        elif "pages" in said:
            run.pages = tuple(said["pages"])
        else:
            run.total = said.get("total", run.total)
            run.failed = said.get("failed", "")
            run.finished = said.get("finished", False)


async def _line(stream: asyncio.StreamReader, run: _Run) -> bytes:
    """The next line; nothing when the process has ended, is silent, or babbles."""
    try:
        async with asyncio.timeout(PATIENCE):
            line = await stream.readline()
    except TimeoutError:
        return b""
    except ValueError:
        run.excess = True
        return b""
    return line if line.endswith(b"\n") else b""


async def _end(process: asyncio.subprocess.Process, seconds: float) -> int:
    """Its status. It has said all, or is to be ended."""
    try:
        async with asyncio.timeout(seconds):
            return await process.wait()
    except TimeoutError:
        return await _kill(process)


async def _kill(process: asyncio.subprocess.Process) -> int:
    with suppress(ProcessLookupError):
        process.kill()
    return await process.wait()


def _why(status: int, run: _Run) -> str:
    if run.excess:
        return f"becomes more than {MAX_OUTPUT / 1e6:,.0f} MB of text; split it"
    if status in (OUT_OF_MEMORY, -signal.SIGKILL):
        return f"needs more than {MEMORY // 2**20} MB of memory to be read; split it"
    if status in (-signal.SIGALRM, -signal.SIGXCPU):
        return f"takes longer than {MEMBER_SECONDS} seconds to be read; split it"
    return "breaks the converter; save it anew, or in another format"
