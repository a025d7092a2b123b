"""Turn: the promise that a visitor's message gets an outcome. Leased by one worker at a time."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint, func, text

from app.models.tables import metadata
from ingest.tables import UtcDateTime

turn = Table(
    "turn",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(36), ForeignKey("conversation.id"), nullable=False),
    Column("message_seq", Integer, nullable=False),
    Column("state", String(8), nullable=False, comment="pending, done or dropped"),
    Column("lease", String(64), comment="the worker's token; the outcome is written only under it"),
    Column("lease_until", Float, comment="seconds since the epoch, by the database's clock"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
    UniqueConstraint("conversation_id", "message_seq"),
    Index(
        "ix_turn_pending",
        "lease_until",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)
