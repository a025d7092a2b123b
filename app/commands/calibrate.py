"""``baton calibrate``: measure what is live once more, here or in the server that holds it."""

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.calibration.service import CalibrationService
from app.commands.ingest import progress_bar, promise_of
from app.commands.remote import local_or_remote
from app.errors import BatonError
from app.knowledge import open_publisher
from app.llm import LaterModel
from app.settings import Settings


def run(settings: Settings) -> None:
    """Print what is promised of answers from now on."""
    with local_or_remote(settings) as server, progress_bar() as report:
        if server is not None:
            answer = server.post("/v1/calibration")
            if answer.status_code != 202:
                raise BatonError(str(answer.json().get("detail", answer.text)))
            said = promise_of(server, report)
        else:
            publisher = open_publisher(settings)
            try:
                answerer = Answerer(settings, Retriever(publisher), LaterModel(settings))
                service = CalibrationService(settings, publisher, answerer)
                service.calibrate(report)
                said = service.report().why
            finally:
                publisher.close()
    print(said)
