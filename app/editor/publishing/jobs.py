"""Jobs: publishing's queue in SQL. At most one runs at a time, whatever number of processes look. Synchronous, for
worker threads."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Float, and_, cast, extract, func, literal_column, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from app.auth import Staff
from app.errors import BatonError
from app.event_log import now
from app.models import publish_job

MAX_ATTEMPTS = 5
"""A job that brought down the process this often is not begun again."""


class LeaseLost(BatonError):
    """Another process took this job over."""


@dataclass(frozen=True, slots=True)
class LeasedJob:
    """A job that is ours until its lease ends."""

    id: int
    kind: str
    request: dict[str, Any]
    note: str
    override_reason: str | None
    who: Staff
    lease: str


def _clock(connection: Connection) -> ColumnElement[float]:
    """The database's own clock, in seconds."""
    if connection.dialect.name == "sqlite":
        return (func.julianday("now") - literal_column("2440587.5")) * 86400.0
    return cast(extract("epoch", func.clock_timestamp()), Float)


class JobQueue:
    """Takes jobs and ends them, each under its lease."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def requeue(self, alone: bool) -> None:
        """Give back jobs whose runner is gone: with ``alone`` all that run, else those whose lease is over."""
        with self._engine.connect() as connection:
            if connection.execute(select(publish_job.c.id).where(publish_job.c.state == "running")).first() is None:
                return
        with self._writer.begin() as connection:
            over = publish_job.c.state == "running"
            if not alone:
                over = and_(over, publish_job.c.lease_until < _clock(connection))
            tired = and_(over, publish_job.c.attempts >= MAX_ATTEMPTS)
            said = f"the server ended {MAX_ATTEMPTS} times while this ran; nothing was changed, see its log"
            connection.execute(
                update(publish_job).where(tired).values(state="failed", error=said, lease=None, ended_at=now())
            )
            connection.execute(update(publish_job).where(over).values(state="queued", lease=None))

    def take(self, lease: str, seconds: float) -> LeasedJob | None:
        """The next job that is due, now running; None while another runs."""
        due = or_(publish_job.c.state == "queued", and_(publish_job.c.state == "scheduled", publish_job.c.at <= now()))
        query = select(publish_job).where(due)
        query = query.order_by(func.coalesce(publish_job.c.at, publish_job.c.created_at), publish_job.c.id).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        try:
            with self._writer.begin() as connection:
                taken = connection.execute(
                    update(publish_job)
                    .where(publish_job.c.id == row.id, due)
                    .values(
                        state="running",
                        stage="begin",
                        lease=lease,
                        lease_until=_clock(connection) + seconds,
                        attempts=publish_job.c.attempts + 1,
                    )
                )
        except IntegrityError:
            return None
        if not taken.rowcount:
            return None
        who = Staff(row.by_id, row.by_email, row.by_name, "editor")
        return LeasedJob(row.id, row.kind, row.request, row.note, row.override_reason, who, lease)

    def renew(self, job: LeasedJob, seconds: float) -> None:
        """Hold a job longer."""
        with self._writer.begin() as connection:
            connection.execute(_held(job).values(lease_until=_clock(connection) + seconds))

    def progress(self, job: LeasedJob, stage: str, done: int, total: int) -> None:
        """Say how far it is."""
        with self._writer.begin() as connection:
            connection.execute(_held(job).values(stage=stage[:40], done=done, total=total))

    def end(self, job: LeasedJob, state: str, error: str | None = None, gate: dict[str, Any] | None = None) -> None:
        """End a job that made nothing live. One that ended already stays as it is."""
        with self._writer.begin() as connection:
            connection.execute(_held(job).values(state=state, error=error, gate=gate, ended_at=now(), lease=None))

    def finish(self, job: LeasedJob, publication: int, also: Any) -> None:
        """End a job for which nothing was left to change."""
        with self._writer.begin() as connection:
            finish_within(connection, job, publication, None)
            also(connection)


def finish_within(connection: Connection, job: LeasedJob, publication: int, gate: dict[str, Any] | None) -> None:
    """End a job in the transaction that makes its publication live. Raises LeaseLost, which undoes that."""
    values = {"state": "done", "stage": "live", "publication": publication, "gate": gate, "ended_at": now()}
    if not connection.execute(_held(job).values(**values, lease=None)).rowcount:
        raise LeaseLost("another process publishes this already")


def _held(job: LeasedJob) -> Any:
    return update(publish_job).where(
        publish_job.c.id == job.id, publish_job.c.state == "running", publish_job.c.lease == job.lease
    )
