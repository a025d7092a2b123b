"""SIGKILL during ``baton ingest``: the live version stays, and the next ingest works."""

import json
import random
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.articles import write_article
from tests.support.environment import clean_environment
from tests.support.questions import TWICE
from tests.support.server import BATON, run_baton
from tests.support.waiting import until

KILLS = 4


def live_version(data_dir: Path) -> str:
    """What SQL says is live."""
    with sqlite3.connect(data_dir / "baton.db") as database:
        query = "SELECT kb_version FROM publication JOIN live_publication ON publication.id = publication_id"
        (found,) = database.execute(query).fetchone()
    database.close()
    return str(found)


def ask(data_dir: Path, question: str) -> dict[str, object]:
    """A Decision by the command line."""
    line = json.dumps({"id": "q", "question": question}).encode()
    done = run_baton("ask", "--jsonl", "--data-dir", str(data_dir), stdin=line)
    assert done.returncode == 0, done.stderr.decode()
    decision: dict[str, object] = json.loads(done.stdout)
    return decision


def changed(folder: Path, turn: int) -> Path:
    """A new article and a dozen changed ones, so that there is something to embed, build and verify."""
    for number in range(12):
        body = f"Lantern number {number} of series {turn} costs ${turn} and ships within {number + 2} days."
        write_article(folder, f"lantern-{number}", f"How much is lantern number {number}?", body)
    return folder


def group_of(data_dir: Path) -> "subprocess.Popen[bytes]":
    """``baton ingest`` of the folder beside ``data_dir``, in a process group of its own."""
    return subprocess.Popen(
        [BATON, "ingest", str(data_dir.parent / "articles"), "--data-dir", str(data_dir)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=clean_environment(),
    )


@pytest.mark.slow
def test_killed_again_and_again(small_source: Path, tmp_path: Path) -> None:
    """Killed at random moments of its way, an ingest leaves the old version live or the new one, and it answers."""
    chance = random.Random(3)
    data_dir = tmp_path / "data"
    folder = Path(shutil.copytree(small_source, tmp_path / "articles"))
    begun = time.monotonic()
    assert run_baton("ingest", str(folder), "--data-dir", str(data_dir)).returncode == 0
    usual = time.monotonic() - begun
    killed = 0
    for turn in range(1, KILLS + 1):
        changed(folder, turn)
        process = group_of(data_dir)
        try:
            process.wait(usual * (0.3 + 0.6 * (turn - 1) / KILLS) + 0.2 * chance.random())
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
    assert killed >= 2
    live = live_version(data_dir)
    decision = ask(data_dir, TWICE)
    assert decision["kb_version"] == live
    assert decision["outcome"] == "answer"
    changed(folder, KILLS + 1)
    done = run_baton("ingest", str(folder), "--data-dir", str(data_dir))
    assert done.returncode == 0, done.stderr.decode()
    assert live_version(data_dir) != live
    assert "$5" in str(ask(data_dir, "How much is lantern number 3?")["text"])
    left = [path.name for path in (data_dir / "index").iterdir() if path.name.startswith(".")]
    assert left == []


def test_a_second_process_is_told_who_holds_the_store(small_source: Path, tmp_path: Path) -> None:
    """Two ingests at once: one works, the other says which process has the folder and what to do."""
    data_dir = tmp_path / "data"
    shutil.copytree(small_source, tmp_path / "articles")
    first = group_of(data_dir)
    try:
        until((data_dir / "owner.json").exists, 20.0, "the first has the folder")
        second = run_baton("ingest", str(small_source), "--data-dir", str(data_dir))
        assert second.returncode == 1
        assert str(first.pid) in second.stderr.decode()
        assert "Traceback" not in second.stderr.decode()
    finally:
        first.wait(60)
    assert first.returncode == 0
