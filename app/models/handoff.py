"""Hand-off: one stay of a conversation in a queue of people."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, text

from app.models.tables import metadata
from ingest.tables import UtcDateTime

handoff = Table(
    "handoff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(36), ForeignKey("conversation.id"), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("state", String(8), nullable=False, comment="waiting, claimed or resolved"),
    Column("queue", String(120), nullable=False),
    Column("topic", String(120), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("brief", JSON, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_seq", Integer, nullable=False),
    Column("claimed_by", Integer, ForeignKey("staff.id")),
    Column("claimed_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("labels", JSON, comment="what the agent said at resolve: bot_was_right, needed_person"),
    Index(
        "uq_handoff_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("state != 'resolved'"),
        postgresql_where=text("state != 'resolved'"),
    ),
    Index(None, "state", "priority", "opened_at"),
)
