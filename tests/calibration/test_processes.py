"""Calibration through real processes: the command line says what is promised, a server calibrates aside, and a killed
child costs nobody an answer."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from evals.article_file import write_folder
from tests.calibration.conftest import articles
from tests.support.articles import publish
from tests.support.server import Server, run_baton
from tests.support.visitors import open_client
from tests.support.waiting import until

PROMISE = re.compile(
    r"^(Of the answers Baton gives on its own, at most 5% are wrong, with 95% confidence, measured on (\d+) questions\.|"
    r"(\d+) questions do not prove that at most 5% of answers are wrong; about \d+ more are needed\. .*|"
    r"At every threshold more than 5% of the answers to the (\d+) questions .*)$"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A few articles with many phrasings, as files."""
    write_folder(articles(), tmp_path / "articles")
    return tmp_path / "articles"


def promised(output: bytes) -> int:
    """The number of questions that the last line speaks of."""
    first, last = output.decode().strip().split("\n")
    assert first.startswith("added: ")
    found = PROMISE.match(last)
    assert found, last
    return int(found[2] or found[3] or found[4])


def test_ingest_says_what_is_promised(folder: Path, tmp_path: Path) -> None:
    """One command publishes, calibrates, and tells from how many of people's wordings; again it tells the same."""
    data = str(tmp_path / "data")
    done = run_baton("ingest", str(folder), "--data-dir", data)
    assert done.returncode == 0, done.stderr.decode()
    n = promised(done.stdout)
    assert 0 < n <= 80
    again = run_baton("ingest", str(folder), "--data-dir", data)
    assert again.stdout.decode().split("\n")[1] == done.stdout.decode().split("\n")[1]


@contextmanager
def serving(data_dir: Path) -> Iterator[tuple[Server, Any]]:
    """A server that knows nothing yet, and a client with its first admin's rights."""
    with Server(data_dir, wait_ready=False) as server, open_client(server.url, server.first_token, 60.0) as http:
        yield server, http


def test_a_server_calibrates_a_new_version_aside(folder: Path, tmp_path: Path) -> None:
    """It answers at once under the careful threshold, and some seconds later leads read what is promised and from
    what; a sender on the command line waits for that."""
    with serving(tmp_path / "data") as (server, http):
        live = publish(server.url, server.first_token, folder)["kb_version"]
        at_once = http.post("/v1/answers", json={"question": "refund to my card"})
        assert at_once.status_code == 200, at_once.text
        assert at_once.json()["kb_version"] == live
        told = until(lambda: calibrated(http), 60.0, "a calibration")
        assert told["kb_version"] == live
        assert told["certificate"]["n"] == sum(told["sources"].values()) > 0
        assert PROMISE.match(told["why"])
        assert not told["under_way"]
        afterwards = http.post("/v1/answers", json={"question": "refund to my card"}).json()
        assert afterwards["certificate"]["n"] == told["certificate"]["n"]
        (folder / "refund.md").unlink()
        sent = run_baton("ingest", str(folder), "--data-dir", str(server.data_dir))
        assert sent.returncode == 0, sent.stderr.decode()
        assert 0 < promised(sent.stdout) < told["certificate"]["n"]


def test_a_killed_calibration_leaves_the_server_answering(folder: Path, tmp_path: Path) -> None:
    """SIGKILL of the child: answers go on under the careful threshold, the log says it, and when asked it is made."""
    with serving(tmp_path / "data") as (server, http):
        publish(server.url, server.first_token, folder)
        until(lambda: child_of(server.pid), 30.0, "the child that calibrates").kill()
        until(lambda: "calibration.failed" in server.stderr(), 20.0, "a word in the log")
        assert "Traceback" not in server.stderr()
        answer = http.post("/v1/answers", json={"question": "how long does a refund to my card take"})
        assert answer.status_code == 200, answer.text
        certificate = answer.json()["certificate"]
        assert (certificate["certified"], certificate["reason"], certificate["n"]) == (False, "not_calibrated", 0)
        assert answer.json()["outcome"] in ("answer", "clarify", "handoff")
        assert "not calibrated yet" in http.get("/v1/calibration").json()["why"]
        assert http.post("/v1/calibration").status_code == 202
        assert until(lambda: calibrated(http), 60.0, "a calibration")["certificate"]["n"] > 0


def test_a_server_that_is_stopped_while_it_calibrates(folder: Path, tmp_path: Path) -> None:
    """Ctrl-C reaches the server alone, which takes its child with it: nothing failed, and the log does not say so."""
    with serving(tmp_path / "data") as (server, _):
        publish(server.url, server.first_token, folder)
        child = until(lambda: child_of(server.pid), 30.0, "the child that calibrates")
        assert os.getpgid(child.pid) == child.pid
        server.stop()
        assert not child.is_running()
        assert "calibration.failed" not in server.stderr()
        assert "Traceback" not in server.stderr()


def calibrated(http: Any) -> dict[str, Any] | None:
    """What leads are told, once there is something to tell."""
    answer = http.get("/v1/calibration")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return None if told["certificate"]["reason"] == "not_calibrated" or told["under_way"] else told


def child_of(pid: int) -> psutil.Process | None:
    """The process that calibrates for a server."""
    for child in psutil.Process(pid).children(recursive=True):
        try:
            if "app.calibration.jobs" in child.cmdline():
                return child
        except psutil.Error:
            continue
    return None
