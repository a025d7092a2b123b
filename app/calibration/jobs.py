"""Jobs: one calibration, made here or in a process of its own that leaves this one its time.

``python -m app.calibration.jobs`` reads a Job as JSON on standard input, and writes lines of progress and the result.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from app.answer.confidence import base_model
from app.answer.retriever import Embed
from app.calibration.calibrate import Calibration, Report, calibrate
from app.calibration.prober import Prober
from app.calibration.probes import label_probes
from app.calibration.repository import CalibrationRepository
from app.db import sync_engine
from app.errors import BatonError
from app.heap import give_back
from app.knowledge import build_embedder
from app.settings import Settings
from ingest.store import KnowledgeStore
from ingest.topics import GENERAL

NICE = 10
"""The child yields to whoever answers visitors."""


@dataclass(frozen=True, slots=True)
class Job:
    """Calibrate the version in ``folder``, which is the publication of this number."""

    folder: str
    publication: int
    share: float


class CalibrationFailed(BatonError):
    """The child ended without a result."""


def run_here(settings: Settings, job: Job, store: KnowledgeStore, embed: Embed, report: Report) -> Calibration:
    """Calibrate in this process. Raises IndexBroken when the folder is no complete version."""
    repository = CalibrationRepository(store.engine)
    prober = Prober(Path(job.folder), store, job.publication, embed)
    topics = store.article_topics(job.publication)
    return calibrate(
        prober,
        base_model(),
        repository.golden(),
        label_probes(astuple(row) for row in repository.labelled()),
        job.share,
        settings.max_risk,
        settings.max_doubt,
        lambda article: topics.get(article, GENERAL),
        report,
    )


async def run_aside(settings: Settings, job: Job) -> Calibration:
    """Calibrate in a child process. Raises CalibrationFailed."""
    environment = {**os.environ, "DATABASE_URL": settings.sql_url, "DATA_DIR": str(settings.data_dir.absolute())}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.calibration.jobs",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
        # Ctrl-C is for the server, which ends this child itself; it is no failure to report.
        start_new_session=True,
    )
    try:
        # It follows a publication, which left behind what nobody uses: 60 MB with 5,000 articles.
        await asyncio.to_thread(give_back)
        out, errors = await child.communicate(json.dumps(asdict(job)).encode())
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            child.kill()
        raise
    if child.returncode:
        last = errors.decode(errors="replace").strip().rsplit("\n", 1)[-1]
        raise CalibrationFailed(f"the calibration ended with {child.returncode}: {last[:500]}")
    return Calibration.of_json(out.decode())


def main() -> None:
    """The child's side."""
    with suppress(OSError):
        os.nice(NICE)
    settings = Settings()
    job = Job(**json.load(sys.stdin))
    store = KnowledgeStore(sync_engine(settings.sql_url))
    made = run_here(settings, job, store, build_embedder(settings).vector, lambda *_: None)
    sys.stdout.write(made.to_json())


if __name__ == "__main__":
    main()
