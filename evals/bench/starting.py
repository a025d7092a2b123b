"""Starting: from a clean clone to a set-up environment, and from a cold process to its first answer."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from evals.bench.articles import Asked
from evals.bench.processes import ROOT, Server, wait_for
from evals.bench.talk import BatonTalk, PeerTalk

_PART = re.compile(r"setup: (.+) took (\d+) s")


def set_up(folder: Path) -> tuple[float, float, dict[str, float]]:
    """Clone what is committed, ``make setup``, and again: seconds of both, and the parts of the first."""
    clone = folder / "clone"
    git = shutil.which("git") or "git"
    subprocess.run([git, "clone", "--quiet", str(ROOT), str(clone)], check=True)
    begun = time.monotonic()
    first = _make(clone)
    between = time.monotonic()
    _make(clone)
    parts = {name: float(seconds) for name, seconds in _PART.findall(first)}
    return between - begun, time.monotonic() - between, parts


def _make(clone: Path) -> str:
    python = Path(sys.base_prefix) / "bin" / "python3"
    kept = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "VIRTUAL_ENV")}
    command = [shutil.which("make") or "make", "setup", f"PYTHON={python}"]
    done = subprocess.run(command, cwd=clone, env=kept, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"make setup failed in a clean clone:\n{done.stdout}\n{done.stderr}")
    return done.stdout


async def cold_start(
    start: Callable[[], AbstractContextManager[Server]], ready: str, asked: Asked
) -> tuple[float, float]:
    """Seconds from the start of a process until ``ready`` answers 200, and until the first answer is there."""
    with start() as server:
        up = wait_for(server, ready)
        talk = await BatonTalk.begin(server) if ready == "/readyz" else PeerTalk(server)
        told = await talk.stateless(asked)
        return up - server.begun, told.done - server.begun
