"""Turn worker: leases promised turns, asks the answerer, and writes the outcome in one transaction.

A turn is ours while its lease lasts. The outcome is written only under the lease, so that a worker which was
thought dead cannot answer a second time.
"""

import asyncio
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import structlog
from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from app import event_log
from app.answer.answerer import Answerer
from app.answer.types import Decision, Question
from app.background import stopped
from app.chat import repository
from app.chat.repository import LeasedTurn
from app.chat.transcript import question_of
from app.db import Database
from app.handoff.service import HandoffService, Opening, open_handoff
from app.live import QUEUE_TOPIC, Live
from app.settings import Settings
from app.telemetry import ANSWER_SECONDS, OUTCOMES
from ingest.topics import GENERAL

log = structlog.get_logger()
POLL_SECONDS = 1.0
MAX_ATTEMPTS = 3
"""A turn that brought down this many workers goes to a person unanswered."""
WRITE_RETRIES = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What a turn's message says; ``question`` is None when no answer of the assistant's is due."""

    text: str
    question: Question | None


class TurnWorker:
    """Runs turns of any conversation; one conversation's turns run in their order."""

    def __init__(
        self, settings: Settings, db: Database, live: Live, answerer: Answerer, handoffs: HandoffService
    ) -> None:
        self._settings, self._db, self._live = settings, db, live
        self._answerer, self._handoffs = answerer, handoffs
        self._free = asyncio.Semaphore(settings.turn_workers)
        self._running: set[asyncio.Task[None]] = set()
        self._poller: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self, alone: bool) -> None:
        """Begin to look for turns; ``alone`` says that no other worker can be alive, so old leases are void."""
        if alone:
            async with self._db.write() as connection:
                await repository.free_leases(connection)
        self._poller = asyncio.create_task(self._poll())

    async def stop(self, grace: float = 2.0) -> None:
        """Stop looking; running turns get a moment, and what is not done is leased again later."""
        self._stopping = True
        await stopped(self._poller)
        if self._running:
            await asyncio.wait(self._running, timeout=grace)
        for task in tuple(self._running):
            task.cancel()

    async def promise(
        self, connection: AsyncConnection, row: Row[Any], episode: int, seq: int
    ) -> tuple[LeasedTurn, Asked] | None:
        """Store a turn of the locked conversation ``row`` in the caller's transaction. When this worker is free to run
        it, it is leased to it at once, and read at once: another transaction would cost the visitor milliseconds."""
        ready = not self._stopping and not self._free.locked()
        if not ready or await repository.earlier_pending(connection, row.id, seq):
            await repository.add_turn(connection, row.id, seq, None, 0)
            return None
        lease = uuid.uuid4().hex
        turn_id = await repository.add_turn(connection, row.id, seq, lease, self._settings.lease_seconds)
        events = await event_log.episode_events(connection, row.id, episode)
        return LeasedTurn(turn_id, row.id, seq, lease, 1), _asked(row, events, seq)

    def begin(self, leased: LeasedTurn, asked: Asked | None = None) -> None:
        """Run a leased turn, after the transaction that promised it was committed."""
        task = asyncio.create_task(self._run(leased, asked))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _poll(self) -> None:
        while True:
            taken = 0
            try:
                taken = await self._take()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("worker.poll_failed", error=type(error).__name__)
            if not taken:
                await asyncio.sleep(POLL_SECONDS)

    async def _take(self) -> int:
        limit = self._settings.turn_workers - len(self._running)
        if limit <= 0:
            return 0
        async with self._db.write() as connection:
            turns = await repository.lease_turns(connection, uuid.uuid4().hex, self._settings.lease_seconds, limit)
        for leased in turns:
            self.begin(leased)
        return len(turns)

    async def _run(self, leased: LeasedTurn, asked: Asked | None) -> None:
        async with self._free:
            try:
                await self._answer(leased, asked or await self._read(leased))
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.error("worker.turn_failed", turn=leased.id, error=type(error).__name__, exc_info=error)
        if not self._stopping:
            with suppress(SQLAlchemyError, OSError, TimeoutError):
                await self._take_next(leased.conversation_id)

    async def _take_next(self, conversation_id: str) -> None:
        """The conversation's next message need not wait for the poller."""
        async with self._db.read() as connection:
            waiting = await repository.earlier_pending(connection, conversation_id, 2**31 - 1)
        if waiting:
            await self._take()

    async def _read(self, leased: LeasedTurn) -> Asked:
        async with self._db.read() as connection:
            row = await event_log.find(connection, leased.conversation_id, None)
            assert row is not None
            events = await event_log.episode_events(connection, leased.conversation_id, row.episode)
        asked = _asked(row, events, leased.message_seq)
        due = row.state == "bot" and leased.attempts <= MAX_ATTEMPTS
        return asked if due else replace(asked, question=None)

    async def _answer(self, leased: LeasedTurn, asked: Asked) -> None:
        decision: Decision | None = None
        if asked.question is not None:

            async def emit(kind: str, data: dict[str, object]) -> None:
                message = {"type": kind, "data": {**data, "reply_to": leased.message_seq}}
                await self._live.publish(leased.conversation_id, message)

            await emit("bot.status", {"state": "thinking"})
            with ANSWER_SECONDS.time():
                decision = await self._answerer.decide(asked.question, emit)
            OUTCOMES.labels(decision.outcome, decision.reason or "").inc()
        await self._write(leased, asked.text, decision)

    async def _write(self, leased: LeasedTurn, asked: str, decision: Decision | None) -> None:
        for attempt in range(WRITE_RETRIES):
            try:
                state = await self._outcome(leased, asked, decision)
                break
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("worker.write_failed", turn=leased.id, error=type(error).__name__)
                if attempt + 1 == WRITE_RETRIES:
                    raise
                await asyncio.sleep(0.2 * 2**attempt)
        await self._live.publish(leased.conversation_id)
        if state == "waiting":
            await self._live.publish(QUEUE_TOPIC, {"conversation_id": leased.conversation_id, "state": "waiting"})

    async def _outcome(self, leased: LeasedTurn, asked: str, decision: Decision | None) -> str:
        """Write the outcome, unless the lease is lost or a person has taken over. Returns the conversation's state."""
        async with self._db.write() as connection:
            row = await event_log.lock(connection, leased.conversation_id, None)
            assert row is not None
            still_bot = row.state == "bot"
            if not await repository.end_turn(connection, leased, "done" if still_bot and asked else "dropped"):
                return str(row.state)
            if not still_bot or not asked:
                return str(row.state)
            said: list[event_log.NewEvent] = []
            if decision is not None:
                said.append(("message.bot", message_data(leased, decision), None))
            if decision is not None and decision.outcome != "handoff":
                await event_log.append(connection, row, said)
                return "bot"
            opening = _opening(asked, decision)
            if opening.reason in ("asked_for_person", "repeated_failure"):
                # The wish itself is about no subject: the question before it is.
                opening = await self._about_last_answer(connection, row, opening)
            await open_handoff(connection, row, opening, self._handoffs.topics(), said)
            return "waiting"

    async def _about_last_answer(self, connection: AsyncConnection, row: Row[Any], opening: Opening) -> Opening:
        events = await event_log.episode_events(connection, row.id, row.episode)
        for event in reversed(events):
            if event.type == "message.bot" and event.data.get("outcome") in ("answer", "clarify"):
                topic = event.data["topic"]
                return replace(opening, topic=topic, queue=self._handoffs.topics().queue_of(topic))
        return replace(opening, topic=GENERAL, queue=self._handoffs.topics().queue_of(GENERAL))


def _asked(row: Row[Any], events: Sequence[Row[Any]], seq: int) -> Asked:
    """Of an episode's log; a message that is not of this episode says nothing."""
    text = next((event.data["text"] for event in events if event.seq == seq), "")
    return Asked(text, question_of(events, seq, row.audience, row.locale) if text else None)


def message_data(leased: LeasedTurn, decision: Decision) -> dict[str, Any]:
    """What a visitor gets of a Decision."""
    shown = decision.model_dump(
        mode="json",
        include={
            "outcome",
            "text",
            "citations",
            "candidates",
            "confidence",
            "reason",
            "mode",
            "locale",
            "notice",
            "topic",
        },
    )
    return {**shown, "reply_to": leased.message_seq, "kb_version": decision.kb_version}


def _opening(asked: str, decision: Decision | None) -> Opening:
    if decision is None:
        return Opening("provider_failure", "general", "general", asked, {})
    brief = decision.model_dump(mode="json", include={"signals", "confidence", "ranking", "kb_version"})
    return Opening(decision.reason or "low_confidence", decision.topic, decision.queue, asked, brief)
