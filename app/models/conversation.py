"""Conversation and its event log, the truth of what happened."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, func

from app.models.tables import metadata
from ingest.tables import UtcDateTime

conversation = Table(
    "conversation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("visitor_id", String(64), nullable=False),
    Column("audience", String(8), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("state", String(8), nullable=False, comment="bot, waiting, claimed or resolved"),
    Column("episode", Integer, nullable=False, comment="counts from 1; a message after resolve begins the next"),
    Column("last_seq", Integer, nullable=False),
    Column("fence", Integer, nullable=False, comment="grows with each claim; writes of older claims are refused"),
    Column("context", JSON, nullable=False),
    Column("origin", String(32), comment="keyed hash of an anonymous visitor's network; no address is kept"),
    Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
    Column("updated_at", UtcDateTime, nullable=False, server_default=func.now()),
    Index(None, "visitor_id", "updated_at"),
    Index(None, "updated_at"),
)

event = Table(
    "event",
    metadata,
    Column("conversation_id", String(36), ForeignKey("conversation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("type", String(32), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("client_id", String(100), comment="the writer's own id of a message; sent again it is the same message"),
    Column("data", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "client_id"),
)
