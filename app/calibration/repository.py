"""Calibrations, golden questions and the confidences of traffic in SQL. Synchronous, for worker threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, delete, insert, select, update

from app.answer.policy import counts
from app.answer.types import VisitorAudience
from app.models import calibration, conversation, event, golden_question, label
from ingest.golden import GoldenRow
from ingest.tables import publication

TRAFFIC = 5_000
LABELS = 1_000
"""Most recent questions that are looked at."""


@dataclass(frozen=True, slots=True)
class StoredCalibration:
    """``content`` is a Calibration's JSON; ``suspended`` says why its certificate holds no more, or is empty."""

    id: int
    kb_version: str
    content: str
    suspended: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question that the assistant answered by an article, and whether an agent found that right."""

    text: str
    locale: str
    audience: VisitorAudience
    article_id: str
    right: bool


class CalibrationRepository:
    """Through the knowledge store's engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def latest(self, binds: str) -> StoredCalibration | None:
        """The newest calibration for a binding."""
        columns = calibration.c.id, calibration.c.kb_version, calibration.c.content, calibration.c.suspended
        query = select(*columns).where(calibration.c.binds == binds).order_by(calibration.c.id.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return StoredCalibration(*row) if row else None

    def save(self, binds: str, kb_version: str, content: str) -> None:
        """Keep a calibration; it is the newest of its binding."""
        with self._writer.begin() as connection:
            connection.execute(
                insert(calibration).values(binds=binds, kb_version=kb_version, content=content, suspended="")
            )

    def suspend(self, calibration_id: int, why: str) -> None:
        """Say why a certificate does not hold any more; the first reason stays."""
        query = update(calibration).where(calibration.c.id == calibration_id, calibration.c.suspended == "")
        with self._writer.begin() as connection:
            connection.execute(query.values(suspended=why))

    def labelled(self) -> list[Labelled]:
        """The assistant's answers that agents judged when they resolved a conversation, the latest LABELS of them."""
        answer, asked = event.alias("answer"), event.alias("asked")
        query = (
            select(label.c.bot_right, answer.c.data, asked.c.data, conversation.c.audience)
            .join(conversation, conversation.c.id == label.c.conversation_id)
            .join(answer, and_(answer.c.conversation_id == conversation.c.id, answer.c.seq == label.c.answer_seq))
            .join(
                asked,
                and_(
                    asked.c.conversation_id == conversation.c.id,
                    asked.c.seq == answer.c.data["reply_to"].as_integer(),
                ),
            )
            .where(label.c.bot_right.in_(("yes", "no")))
            .order_by(label.c.at.desc())
            .limit(LABELS)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            Labelled(asked["text"], said["locale"], audience, said["citations"][0]["article_id"], verdict == "yes")
            for verdict, said, asked, audience in rows
            if said.get("citations") and asked.get("text")
        ]

    def golden(self) -> list[GoldenRow]:
        """The editors' golden questions."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(golden_question.c.content).order_by(golden_question.c.id)).scalars()
            return [GoldenRow.model_validate(content) for content in rows]

    def replace_golden(self, rows: Sequence[GoldenRow]) -> bool:
        """Make these the golden questions. Returns whether that changed anything."""
        if rows == self.golden():
            return False
        with self._writer.begin() as connection:
            connection.execute(delete(golden_question))
            if rows:
                contents = [{"id": row.id, "content": row.model_dump(mode="json")} for row in rows]
                connection.execute(insert(golden_question), contents)
        return True

    def topics(self, publication_id: int) -> dict[str, Any]:
        """The topics of a publication."""
        with self._engine.connect() as connection:
            found: dict[str, Any] = connection.execute(
                select(publication.c.topics).where(publication.c.id == publication_id)
            ).scalar_one()
            return found

    def traffic(self, kb_version: str | None = None) -> list[float]:
        """Confidences of the latest questions that a confidence decided about, oldest first; with ``kb_version`` only
        those answered from it."""
        query = select(event.c.data).where(event.c.type == "message.bot").order_by(event.c.at.desc()).limit(TRAFFIC)
        with self._engine.connect() as connection:
            said = [
                data for data in connection.execute(query).scalars() if counts(data.get("outcome"), data.get("reason"))
            ]
        mine = [data for data in said if kb_version in (None, data.get("kb_version"))]
        return [float(data.get("confidence", 0.0)) for data in reversed(mine)]
