"""The worst files at once, sent to a real server: it reports each, imports the rest, stays small, and lives."""

import http.client
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from tests.editor.imports.files import article
from tests.editor.imports.test_bad_files import BAD
from tests.support.server import Server, run_baton
from tests.support.visitors import open_client
from tests.support.waiting import until

URL = "/v1/editor/imports"
MOST = 512 * 2**20
GIGABYTES = 2 * 2**30


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("hostile") / "data", wait_ready=False) as running:
        yield running


@pytest.fixture(scope="module")
def editor(server: Server) -> Iterator[httpx.Client]:
    with open_client(server.url, server.first_token, seconds=120.0) as client:
        yield client


class Watch:
    """The most memory that a server and its workers held, by /proc, looked at all the time."""

    def __init__(self, pid: int) -> None:
        self.server = self.worker = self.workers = 0
        self._pid, self._over = pid, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._over.wait(0.02):
            self.server = max(self.server, _peak(self._pid))
            for child in psutil.Process(self._pid).children(recursive=True):
                peak = _peak(child.pid)
                self.workers += peak > 0
                self.worker = max(self.worker, peak)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _peak(pid: int) -> int:
    """Bytes of the peak resident set; 0 of a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def ended(editor: httpx.Client, job_id: int) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        shown: dict[str, Any] = editor.get(f"{URL}/{job_id}", params={"limit": 1_000}).json()
        return shown if shown["state"] not in ("queued", "running") else None

    return until(look, 120.0, "the end of the import")


def test_the_worst_files_at_once(server: Server, editor: httpx.Client, tmp_path: Path) -> None:
    path = tmp_path / "worst.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content, _) in enumerate(BAD.values()):
            archive.writestr(f"good-{number}.md", article(f"good-{number}", "Good", "Good."))
            archive.writestr(name, content())
        hungry = "".join(f"<i>{number % 7}</i>" for number in range(600_000))
        archive.writestr(zipfile.ZipInfo("hungry.html"), hungry, zipfile.ZIP_STORED)
        html = "".join(f"<p>{number}</p>" for number in range(4_000_000))
        assert len(html) > 50_000_000
        archive.writestr("large.html", html)
    with Watch(server.pid) as watch:
        with path.open("rb") as file:
            begun = editor.post(URL, files={"file": ("worst.zip", file)})
        assert begun.status_code == 202, begun.text
        shown = ended(editor, begun.json()["id"])
    assert shown["state"] == "done", shown["error"]
    reasons = {item["name"]: item["reason"] for item in shown["items"] if item["action"] == "refused"}
    assert shown["counts"]["add"] == len(BAD)
    assert reasons.keys() == {name for name, _, _ in BAD.values()} | {"hungry.html", "large.html"}
    for name, _, reason in BAD.values():
        assert reason in reasons[name]
    assert "MB of memory" in reasons["hungry.html"]
    assert "larger than 5 MB" in reasons["large.html"]
    assert watch.workers > 0
    assert 0 < watch.worker < MOST, f"{watch.worker / 2**20:.0f} MB"
    assert 0 < watch.server < MOST, f"{watch.server / 2**20:.0f} MB"
    print(f"server {watch.server / 2**20:.0f} MB, worker {watch.worker / 2**20:.0f} MB")
    assert editor.get("/healthz").status_code == 200


def test_a_file_of_2_gb_is_refused_before_it_is_sent(server: Server, editor: httpx.Client) -> None:
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    headers = {
        "authorization": f"Bearer {server.first_token}",
        "content-type": "multipart/form-data; boundary=b",
        "content-length": str(GIGABYTES),
    }
    connection.request("POST", URL, headers=headers)
    answer = connection.getresponse()
    assert (answer.status, b"larger than" in answer.read()) == (413, True)
    connection.close()
    assert _uploads(server) == []
    assert editor.get("/healthz").status_code == 200


def test_a_stream_of_2_gb_is_cut_and_neither_held_nor_kept(
    server: Server, editor: httpx.Client, tmp_path: Path
) -> None:
    """Chunked, so that nobody says how much will come. The bytes are those of a sparse file."""
    sparse = tmp_path / "sparse.zip"
    with sparse.open("wb") as file:
        file.truncate(GIGABYTES)
    place = urlsplit(server.url)
    head = (
        f"POST {URL} HTTP/1.1\r\nhost: {place.netloc}\r\nauthorization: Bearer {server.first_token}\r\n"
        "content-type: multipart/form-data; boundary=b\r\ntransfer-encoding: chunked\r\n\r\n"
    ).encode()
    part = b'--b\r\ncontent-disposition: form-data; name="file"; filename="sparse.zip"\r\n\r\n'
    sent, kept = 0, 0
    with Watch(server.pid) as watch, socket.create_connection((place.hostname, place.port), timeout=60) as line:
        line.sendall(head + f"{len(part):x}\r\n".encode() + part + b"\r\n")
        try:
            with sparse.open("rb") as file:
                while piece := file.read(2**20):
                    line.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                    sent += len(piece)
                    kept = max(kept, *_uploads(server), 0)
        except (BrokenPipeError, ConnectionResetError):
            pass  # hanging up on it is an answer, too
        else:
            assert line.recv(12) == b"HTTP/1.1 413"
    assert sent > kept > 0
    assert kept <= 201_000_000
    assert watch.server < MOST
    until(lambda: not _uploads(server), 10.0, "the half upload to go")
    assert editor.get("/healthz").status_code == 200


def _uploads(server: Server) -> list[int]:
    """Sizes of what the server keeps of uploads."""
    folder = server.data_dir / "imports"
    sizes = []
    for file in folder.iterdir():
        try:
            sizes.append(file.stat().st_size)
        except FileNotFoundError:
            continue
    return sizes


def test_the_command_line_refuses_it_too_and_previews_the_rest(server: Server, tmp_path: Path) -> None:
    sparse = tmp_path / "sparse.zip"
    with sparse.open("wb") as file:
        file.truncate(GIGABYTES)
    done = run_baton("import", str(sparse), "--data-dir", str(server.data_dir))
    assert done.returncode == 1
    assert b"larger than 200,000,000 bytes" in done.stderr
    table = tmp_path / "faq.csv"
    table.write_text("question,answer\nWhy?,Because.\nWhen?,\n")
    done = run_baton("import", str(table), "--data-dir", str(server.data_dir))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "refused  -  <- faq.csv#row-3: row 3 has no answer",
        "add      why (en)  <- faq.csv#why",
        "add: 1, update: 0, same: 0, refused: 1 (nothing is saved yet: --accept saves them as drafts)",
    ]


def test_only_editors_import(server: Server) -> None:
    with open_client(server.url) as nobody:
        assert nobody.post(URL, files={"file": ("a.md", b"# A\n\nb")}).status_code == 401
        assert nobody.get(URL).status_code == 401


def test_a_killed_server_says_that_its_import_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "kb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5_000):
            archive.writestr(f"{number}.md", article(f"a{number}", "T", "Text."))
    with Server(tmp_path / "data", wait_ready=False) as running:
        token = running.first_token
        with open_client(running.url, token) as client, path.open("rb") as file:
            job_id = client.post(URL, files={"file": ("kb.zip", file)}).json()["id"]
            until(lambda: client.get(f"{URL}/{job_id}", params={"limit": 0}).json()["done"], 30.0, "the first")
            workers = psutil.Process(running.pid).children(recursive=True)
            assert workers
            running.kill()
        _, alive = psutil.wait_procs(workers, timeout=20)
        assert alive == []
        running.start()
        with open_client(running.url, token) as client:
            shown = client.get(f"{URL}/{job_id}").json()
            assert (shown["state"], shown["items"]) == ("cut", [])
            assert "repeat it" in shown["error"]
            assert client.post(f"{URL}/{job_id}/repeat").status_code == 202
            begun = time.monotonic()
            assert ended(client, job_id)["counts"]["add"] == 5_000
            assert time.monotonic() > begun
