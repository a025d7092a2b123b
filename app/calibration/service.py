"""Calibration service: gives each published version its calibration, and takes a certificate back when it must.

A new version is live at once, under the careful threshold. Its calibration is made aside, so that questions are
answered meanwhile, and adopted when it is there.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.answer.answerer import Answerer
from app.answer.standing import Standing, binding_of
from app.answer.types import Certificate
from app.answer.watch import Watch
from app.background import in_thread, stopped
from app.calibration.calibrate import Calibration, Report
from app.calibration.jobs import Job, run_aside, run_here
from app.calibration.repository import CalibrationRepository, StoredCalibration
from app.calibration.schemas import CalibrationReport
from app.errors import BatonError
from app.settings import Settings
from ingest.golden import GoldenRow
from ingest.pipeline import Publisher
from ingest.store import Publication

log = structlog.get_logger()
POLL_SECONDS = 1.0
RETRY_SECONDS = 60.0
CALM_SECONDS = 2.0
"""How long a version is live before it is calibrated: edits come in rows."""
DEFAULT_SHARE = 0.3
"""Share of unanswerable questions before there is traffic to estimate it from; real sites show 0.3 to 0.7."""
SUSPENDED = (
    "Visitors' questions no longer look like those that the certificate was made of: they are less like the articles. "
    "The careful threshold holds. Look at what visitors ask that no article answers, write it, and publish; or add "
    "golden questions as visitors ask them, and run `baton calibrate`."
)


class CalibrationService:
    """Of one process. ``makes`` is whether this one calibrates; others take what they find in SQL."""

    def __init__(self, settings: Settings, publisher: Publisher, answerer: Answerer, makes: bool = True) -> None:
        self._settings, self._publisher, self._answerer, self._makes = settings, publisher, answerer, makes
        self._repository = CalibrationRepository(publisher.store.engine)
        self._stored: StoredCalibration | None = None
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self._asked = asyncio.Event()
        self._seen = ("", 0.0)
        """The live version, and since when on the event loop's clock."""
        self._under_way = False

    async def start(self) -> None:
        """Adopt what fits the live version, and go on looking after it."""
        await in_thread(self.load)
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Stop looking."""
        await stopped(self._task)

    def load(self) -> bool:
        """Adopt the live version's calibration from SQL; whether there is one. Blocking."""
        live = self._publisher.shelf.live
        stored = self._repository.latest(self._binding(live.kb_version)) if live else None
        if stored is None or live is None:
            return False
        try:
            made = Calibration.of_json(stored.content)
        except ValueError as error:
            log.error("calibration.unreadable", id=stored.id, error=str(error))
            return False
        watch = Watch(made.reference)
        for confidence in self._repository.traffic(live.kb_version):
            watch.observe(confidence)
        if stored.suspended:
            watch.suspended = True
        self._stored = stored
        self._answerer.adopt(Standing(self._binding(live.kb_version), made.model, promise(self._settings, made), watch))
        return True

    def calibrate(self, report: Report = lambda *_: None) -> Calibration:
        """Calibrate the live version in this process, keep it and adopt it. Blocking, for the command line."""
        live = self._publisher.shelf.live
        if live is None:
            raise ValueError("no knowledge is published yet; run `baton ingest knowledge`")
        job = self._job(live.publication)
        made = run_here(self._settings, job, self._publisher.store, self._publisher.embedder.vector, report)
        self._repository.save(self._binding(live.kb_version), live.kb_version, made.to_json())
        self.load()
        return made

    def replace_golden(self, rows: Sequence[GoldenRow]) -> bool:
        """Make these the golden questions; whether that changed anything. Blocking."""
        return self._repository.replace_golden(rows)

    def again(self) -> None:
        """Calibrate the live version once more, such as after the golden questions changed."""
        self._under_way = True
        self._again = True
        self._asked.set()

    def report(self) -> CalibrationReport:
        """What leads want to know of it."""
        live = self._publisher.shelf.live
        standing = self._answerer.standing_of(live.kb_version if live else "")
        made = Calibration.of_json(self._stored.content) if self._stored and standing.binds else None
        return CalibrationReport(
            kb_version=live.kb_version if live else "",
            certificate=standing.certificate,
            why=SUSPENDED if standing.certificate.reason == "suspended" else _why(standing.certificate),
            model=made.chosen if made else "base",
            losses=made.losses if made else {},
            unanswerable_share=made.share if made else self._share(),
            sources=made.sources if made else {},
            topics={topic: asdict(certified) for topic, certified in made.topics.items()} if made else {},
            traffic=standing.watch.questions,
            under_way=self._under_way,
        )

    def _binding(self, kb_version: str) -> str:
        return binding_of(self._settings, kb_version)

    def _job(self, publication: Publication) -> Job:
        folder: Path = self._publisher.folder / publication.kb_version
        return Job(str(folder.absolute()), publication.id, self._share())

    def _share(self) -> float:
        """As it is set; else estimated from traffic, when the last calibration knows what either kind looks like."""
        if self._settings.unanswerable_share is not None:
            return self._settings.unanswerable_share
        made = Calibration.of_json(self._stored.content) if self._stored else None
        estimated = made.share_of(self._repository.traffic()) if made else None
        return DEFAULT_SHARE if estimated is None else round(estimated, 3)

    async def _follow(self) -> None:
        while True:
            wait = POLL_SECONDS
            try:
                await self._look()
            except (SQLAlchemyError, OSError, ValueError, BatonError) as error:
                log.warning("calibration.failed", error=type(error).__name__, detail=str(error)[:500])
                self._under_way, wait = False, RETRY_SECONDS
            except Exception as error:
                log.error("calibration.failed", error=type(error).__name__, exc_info=error)
                self._under_way, wait = False, RETRY_SECONDS
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._asked.wait()
            self._asked.clear()

    async def _look(self) -> None:
        live = self._publisher.shelf.live
        if live is None:
            return
        standing = self._answerer.standing
        fits = standing.binds == self._binding(live.kb_version)
        if fits and not self._again:
            if standing.watch.suspended and self._stored and not self._stored.suspended and standing.promise.certified:
                log.warning("certificate.suspended", kb_version=live.kb_version, after=standing.watch.questions)
                await in_thread(self._repository.suspend, self._stored.id, SUSPENDED)
                await in_thread(self.load)
            return
        if not self._again and await in_thread(self.load):
            return
        now = asyncio.get_running_loop().time()
        if self._seen[0] != live.kb_version:
            self._seen = (live.kb_version, now)
        if not self._makes or now - self._seen[1] < CALM_SECONDS:
            return
        self._again = False
        self._under_way = True
        made = await run_aside(self._settings, await in_thread(self._job, live.publication))
        binds = self._binding(live.kb_version)
        await in_thread(self._repository.save, binds, live.kb_version, made.to_json())
        if await in_thread(self.load):
            self._under_way = self._again
            log.info("calibrated", kb_version=live.kb_version, certificate=str(made.certified), model=made.chosen)


def promise(settings: Settings, made: Calibration) -> Certificate:
    """The certificate that a calibration gives."""
    certified = made.certified
    good = certified.threshold is not None
    few = certified.missing is not None
    return Certificate(
        certified=good,
        alpha=settings.max_risk,
        delta=settings.max_doubt,
        n=certified.n,
        threshold=made.model.careful if certified.threshold is None else certified.threshold,
        coverage=round(certified.coverage, 4) if good else None,
        reason=None if good else "too_few_questions" if few else "too_many_wrong",
        missing=certified.missing or 0,
    )


def _why(certificate: Certificate) -> str:
    if certificate.certified:
        return (
            f"Of the answers Baton gives on its own, at most {certificate.alpha:.0%} are wrong, with "
            f"{1 - certificate.delta:.0%} confidence, measured on {certificate.n} questions."
        )
    if certificate.reason == "not_calibrated":
        return "This knowledge is not calibrated yet. The careful threshold holds."
    if certificate.reason == "too_many_wrong":
        return (
            f"At every threshold more than {certificate.alpha:.0%} of the answers to the {certificate.n} questions "
            "that this knowledge was measured on are wrong, so nothing is promised and the careful threshold holds. "
            "Articles that are near each other are the usual cause: let title and first sentence of each name its own "
            "case."
        )
    return (
        f"{certificate.n} questions do not prove that at most {certificate.alpha:.0%} of answers are wrong; about "
        f"{certificate.missing} more are needed. Give articles more `questions`, or add golden questions. The careful "
        "threshold holds."
    )
