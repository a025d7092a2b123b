"""Importing: thousands of articles from a zip, as an editor sends them; then live, and one of them changed."""

import asyncio
import re
import shutil
import threading
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]

from app.owner import OwnerLock
from evals.bench.articles import generate
from evals.bench.ingesting import SAMPLE_SHARE, change, changed_at_peer, fill, folder_body, owner, publish
from evals.bench.measure import sample
from evals.bench.processes import PEERS, Server, baton, peer, provider, wait_for
from evals.bench.report import Row

PATH = "/v1/editor/imports"
PEER = PEERS[1]
LOOK_SECONDS = 0.05
MOST_MB = 512


@dataclass
class Peaks:
    """A context manager: the most memory (MB) that a server and its children held, each by its own account."""

    pid: int
    server: float = 0.0
    worker: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Peaks":
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            self.server = max(self.server, _peak_mb(self.pid))
            for child in psutil.Process(self.pid).children(recursive=True):
                self.worker = max(self.worker, _peak_mb(child.pid))


def importing(folder: Path, size: int, changes: int) -> list[Row]:
    """Rows of an import of ``size`` articles into an empty server, beside a plain app that indexes the same."""
    articles, data = folder / "articles", folder / "data"
    _write(articles, size)
    archive = folder / "articles.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(articles.glob("*.md")):
            packed.write(file, file.name)
    rows: list[Row] = []
    with baton(data) as server:
        wait_for(server, "/healthz")
        rows += _preview(server, data, archive, size)
        theirs, store = _indexed(articles, folder, size)
        print("import: publishing them", flush=True)
        published = asyncio.run(publish(owner(data, server), folder_body(articles)))
        note = (
            f"embedding {published.texts:,} texts took {published.embedding:.0f} s of it: phrasings and steps, too; "
            "(b) is timed on one article in 20 and scaled, and embeds pieces of 1,000 characters only"
        )
        seconds = sample([published.seconds])
        rows.append(Row(f"Publishing {size:,} articles", "s", seconds, {PEER.key: sample([theirs])}, note=note))
        rows.append(asyncio.run(_one_article(server, data, articles, store, size, changes)))
    return rows


def _write(folder: Path, size: int) -> None:
    """The catalogue's articles, and from its half on the same for business accounts, with other numbers."""
    centre = generate((size + 1) // 2)
    centre.write(folder)
    for name, text in list(centre.files.items())[: size // 2]:
        front, body = text.split("\n---\n", 1)
        front = re.sub(r"^id: (.+)$", r"id: \1-business", front, flags=re.MULTILINE)
        front = re.sub(r"^title: (.+?)(['\"]?)$", r"title: \1 (business account)\2", front, flags=re.MULTILINE)
        body = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), body)
        (folder / f"{Path(name).stem}-business.md").write_text(f"{front}\n---\n{body}", encoding="utf-8")


def _preview(server: Server, data: Path, archive: Path, size: int) -> list[Row]:
    found = OwnerLock(data).read()
    assert found is not None
    headers = {"authorization": f"Bearer {found.token}"}
    with (
        httpx.Client(base_url=server.url, headers=headers, timeout=600.0, trust_env=False) as client,
        Peaks(server.pid) as peaks,
    ):
        begun = time.monotonic()
        with archive.open("rb") as file:
            job = client.post(PATH, files={"file": ("articles.zip", file)}).raise_for_status().json()["id"]
        shown = _ended(client, job)
        seconds = time.monotonic() - begun
        if shown["counts"]["add"] != size:
            raise RuntimeError(f"of {size} articles these were found: {shown['counts']}")
        begun = time.monotonic()
        saved = client.post(f"{PATH}/{job}/accept", json={}).raise_for_status().json()["saved"]
        saving = time.monotonic() - begun
    note = f"{archive.stat().st_size / 1e6:.1f} MB packed, in {seconds:.0f} s; by a process that may hold 448 MB"
    rows = [
        Row(f"Import of {size:,} articles, read and shown", "articles/s", sample([size / seconds]), note=note),
        Row("Memory of the server at its most, importing", "MB", sample([peaks.server]), most=MOST_MB),
        Row("Memory of the process that reads, at its most", "MB", sample([peaks.worker]), most=MOST_MB),
    ]
    if saved == size:
        rows.insert(1, Row("Accepted articles saved as drafts", "articles/s", sample([size / saving])))
    return rows


def _ended(client: httpx.Client, job: int) -> dict[str, Any]:
    while True:
        shown: dict[str, Any] = client.get(f"{PATH}/{job}", params={"limit": 0}).raise_for_status().json()
        print(f"  import: {shown['done']:,} of {shown['total']:,}", flush=True)
        if shown["state"] == "done":
            return shown
        if shown["state"] not in ("queued", "running"):
            raise RuntimeError(f"the import is {shown['state']}: {shown['error']}")
        time.sleep(1.0)


def _indexed(articles: Path, folder: Path, size: int) -> tuple[float, Path]:
    """Seconds in which the plain app indexes all of them, and its store with those that it was timed on."""
    some, store = folder / "some", folder / "peer"
    some.mkdir()
    for file in sorted(articles.glob("*.md"))[::SAMPLE_SHARE]:
        shutil.copy(file, some)
    print(f"import: {PEER.title} indexes one article in {SAMPLE_SHARE}", flush=True)
    return fill(PEER, some, store, folder / "no-model", size), store


async def _one_article(server: Server, data: Path, articles: Path, store: Path, size: int, changes: int) -> Row:
    connection = owner(data, server)
    ours = []
    for number in range(changes):
        article, text = change(articles, number)
        body = {"path": f"{article}.md", "text": text}
        ours.append((await connection.request("PUT", "/v1/knowledge/articles", body)).seconds)
    with provider() as model, peer(PEER, store, store.with_name("no-model"), model.url) as plain:
        wait_for(plain, "/openapi.json")
        theirs = [await changed_at_peer(plain, articles, changes + number) for number in range(changes)]
    note = "pushed alone; (b) deletes and adds pieces under its readers, in a store of a twentieth of the articles"
    title = f"One changed article live, of {size:,}"
    return Row(title, "s", sample(ours), {PEER.key: sample(theirs)}, most=10, note=note)


def _peak_mb(pid: int) -> float:
    """The peak resident set by /proc; 0 of a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0.0
