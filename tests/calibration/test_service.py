"""The calibration service: what stands in SQL is believed only when it is whole, fits, and still holds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psutil  # type: ignore[import-untyped]
import pytest

from app.answer.answerer import Answerer
from app.answer.certify import Certified
from app.answer.confidence import base_model
from app.answer.standing import binding_of
from app.answer.types import Question
from app.calibration import service as service_module
from app.calibration.calibrate import Calibration
from app.calibration.repository import CalibrationRepository
from app.calibration.service import CalibrationService
from app.settings import Settings
from ingest.golden import GoldenRow
from ingest.pipeline import Publisher
from ingest.topics import Topics
from tests.calibration.conftest import SUBJECTS
from tests.ingest.article_factory import faq

CERTIFIED = Calibration(
    model=base_model(),
    chosen="base",
    losses={},
    certified=Certified(0.123, 300, 200, 3, 0),
    share=0.3,
    sources={"golden": 300},
    reference=[n / 300 for n in range(300)],
    answerable=[True] * 300,
)


def save(publisher: Publisher, settings: Settings, content: str, kb_version: str = "") -> CalibrationRepository:
    """Put a calibration into SQL, for what is live or for another version."""
    live = publisher.shelf.live
    assert live is not None
    repository = CalibrationRepository(publisher.store.engine)
    repository.save(binding_of(settings, kb_version or live.kb_version), live.kb_version, content)
    return repository


def is_careful(service: CalibrationService, reason: str = "not_calibrated") -> bool:
    """Whether the careful threshold holds, and for which reason."""
    certificate = service.report().certificate
    return (certificate.certified, certificate.threshold, certificate.reason) == (False, base_model().careful, reason)


def test_what_fits_is_adopted(service: CalibrationService, publisher: Publisher, settings: Settings) -> None:
    """A stored certificate of what is live holds after a restart."""
    save(publisher, settings, CERTIFIED.to_json())
    assert service.load()
    report = service.report()
    assert (report.certificate.certified, report.certificate.threshold, report.certificate.n) == (True, 0.123, 300)
    assert report.why.startswith("Of the answers Baton gives on its own, at most 5% are wrong, with 95% confidence")
    assert report.sources == {"golden": 300}


@pytest.mark.parametrize(
    "content", ["", "{", "{}", CERTIFIED.to_json()[:-9], CERTIFIED.to_json().replace("0.123", "NaN")]
)
def test_a_corrupt_row_is_not_believed(
    service: CalibrationService, publisher: Publisher, settings: Settings, content: str
) -> None:
    """The careful threshold holds, and nothing crashes."""
    save(publisher, settings, content)
    assert not service.load()
    assert is_careful(service)


def test_a_certificate_of_something_else_is_not_believed(
    service: CalibrationService, publisher: Publisher, settings: Settings, answerer: Answerer
) -> None:
    """One made for another version, or for another promise, or adopted before an edit, does not hold."""
    save(publisher, settings, CERTIFIED.to_json(), kb_version="kb-0123456789abcdef")
    assert not service.load()
    assert is_careful(service)
    save(publisher, settings.model_copy(update={"max_risk": 0.2}), CERTIFIED.to_json())
    assert not service.load()
    save(publisher, settings, CERTIFIED.to_json())
    assert service.load()
    publisher.publish([faq("new", "Something else altogether.")], Topics())
    assert is_careful(service)
    live = publisher.shelf.live
    assert live is not None
    assert answerer.certificate(live.kb_version).reason == "not_calibrated"


def test_a_suspended_row_stays_suspended(service: CalibrationService, publisher: Publisher, settings: Settings) -> None:
    """The careful threshold holds, also after a restart, and leads are told why and what to do."""
    repository = save(publisher, settings, CERTIFIED.to_json())
    stored = repository.latest(binding_of(settings, publisher.shelf.live.kb_version if publisher.shelf.live else ""))
    assert stored is not None
    repository.suspend(stored.id, "because")
    assert service.load()
    assert is_careful(service, "suspended")
    assert "no longer look like" in service.report().why


async def test_traffic_that_leaves_suspends(
    service: CalibrationService, publisher: Publisher, settings: Settings, answerer: Answerer
) -> None:
    """Visitors who ask about something else take the promise back, in SQL too, and answers are careful again."""
    repository = save(publisher, settings, CERTIFIED.to_json())
    assert service.load()
    for number in range(120):
        await answerer.decide(Question(text=f"which mountain number {number} has the most snow in winter"))
    assert is_careful(service, "suspended")
    await service._look()
    live = publisher.shelf.live
    assert live is not None
    stored = repository.latest(binding_of(settings, live.kb_version))
    assert stored is not None
    assert "no longer look like" in stored.suspended
    decision = await answerer.decide(Question(text="where is my refund"))
    assert (decision.certificate.certified, decision.certificate.reason) == (False, "suspended")


@asynccontextmanager
async def following(service: CalibrationService) -> AsyncIterator[CalibrationService]:
    """The service at work."""
    await service.start()
    try:
        yield service
    finally:
        await service.stop()


async def child_of_this_process(seconds: float = 30.0) -> psutil.Process:
    """The calibration that runs aside."""
    async with asyncio.timeout(seconds):
        while True:
            for child in psutil.Process().children(recursive=True):
                try:
                    if "app.calibration.jobs" in child.cmdline():
                        return child
                except psutil.Error:
                    continue
            await asyncio.sleep(0.01)


async def test_a_killed_calibration_is_made_again(
    service: CalibrationService, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL of the child costs nobody an answer: the careful threshold holds meanwhile, and it is tried again."""
    monkeypatch.setattr(service_module, "RETRY_SECONDS", 0.2)
    async with following(service):
        (await child_of_this_process()).kill()
        decision = await answerer.decide(Question(text="how long does a refund to my card take"))
        assert (decision.certificate.certified, decision.certificate.reason) == (False, "not_calibrated")
        assert decision.certificate.threshold == base_model().careful
        async with asyncio.timeout(90):
            while service.report().certificate.reason == "not_calibrated":
                await asyncio.sleep(0.1)
    report = service.report()
    assert report.certificate.n > 0
    assert sum(report.sources.values()) == report.certificate.n
    assert {name.split(",")[0] for name in report.sources} == {"phrasing"}
    assert not report.under_way


async def test_one_that_does_not_make_calibrations_makes_none(
    settings: Settings, publisher: Publisher, answerer: Answerer
) -> None:
    """A worker takes what others made, and starts no child."""
    async with following(CalibrationService(settings, publisher, answerer, makes=False)) as service:
        await asyncio.sleep(1.5)
        assert not [c for c in psutil.Process().children(recursive=True) if "app.calibration.jobs" in c.cmdline()]
        assert is_careful(service)


def test_golden_questions_do_not_move_the_level(service: CalibrationService) -> None:
    """A knowledge base's level is that of its known wordings, as where the shipped model was fitted: people's
    questions, which lie elsewhere, would shift every confidence."""
    before = service.calibrate().model.levels
    service.replace_golden(
        [
            GoldenRow(id=f"{name}.{number}", text=f"my {words}, number {number}, is late", relevant=frozenset([name]))
            for name, words in SUBJECTS.items()
            for number in range(10)
        ]
    )
    made = service.calibrate()
    assert made.model.levels == before
    assert made.sources["golden"] > 0
