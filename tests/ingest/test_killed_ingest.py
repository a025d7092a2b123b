"""SIGKILL during ``baton ingest``: the live version stays, and the next ingest works."""

import json
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.support.articles import write_article
from tests.support.environment import clean_environment
from tests.support.questions import TWICE
from tests.support.server import BATON, run_baton
from tests.support.waiting import until


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


def ingesting(folder: Path, data_dir: Path) -> "subprocess.Popen[bytes]":
    """``baton ingest`` of a folder, begun."""
    return subprocess.Popen(
        [BATON, "ingest", str(folder), "--data-dir", str(data_dir)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=clean_environment(),
    )


def unfinished(data_dir: Path) -> set[str]:
    """Versions in the making."""
    return {path.name for path in (data_dir / "index").iterdir() if path.name.startswith(".")}


def builds_more_than(before: set[str], data_dir: Path) -> bool:
    """Another version is in the making."""
    return unfinished(data_dir) != before


def killed(process: "subprocess.Popen[bytes]", reached: Callable[[], bool], more: float) -> bool:
    """SIGKILL ``more`` seconds after ``process`` has ``reached`` a stage. False when it had ended before that."""
    while not reached() and process.poll() is None:
        time.sleep(0.002)
    try:
        process.wait(more)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


@pytest.mark.slow
def test_killed_again_and_again(small_source: Path, tmp_path: Path) -> None:
    """Killed at moments all along its way, an ingest leaves the old version live or the new one, and it answers."""
    chance = random.Random(3)
    data_dir = tmp_path / "data"
    folder = Path(shutil.copytree(small_source, tmp_path / "articles"))
    assert run_baton("ingest", str(folder), "--data-dir", str(data_dir)).returncode == 0
    owner = data_dir / "owner.json"
    kills = 0
    for turn in range(1, 5):
        owner.unlink(missing_ok=True)
        stage = owner.exists if turn % 2 else partial(builds_more_than, unfinished(data_dir), data_dir)
        kills += killed(ingesting(changed(folder, turn), data_dir), stage, 0.2 * chance.random())
    assert kills >= 2
    live = live_version(data_dir)
    decision = ask(data_dir, TWICE)
    assert decision["kb_version"] == live
    assert decision["outcome"] == "answer"
    changed(folder, 5)
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
    first = ingesting(tmp_path / "articles", data_dir)
    try:
        until((data_dir / "owner.json").exists, 20.0, "the first has the folder")
        second = run_baton("ingest", str(small_source), "--data-dir", str(data_dir))
        assert second.returncode == 1
        assert str(first.pid) in second.stderr.decode()
        assert "Traceback" not in second.stderr.decode()
    finally:
        first.wait(60)
    assert first.returncode == 0
