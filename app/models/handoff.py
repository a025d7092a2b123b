"""Hand-off: one stay of a conversation in a queue of people, and what they said of it at its end."""

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
    Column("waiting_since", UtcDateTime, comment="for a person's word; none when it was given"),
    Column("due_at", UtcDateTime, comment="when that word is due, by the queue's opening hours"),
    Column("taken_at", UtcDateTime, comment="when somebody last took it; a release keeps it"),
    Column("snoozed_until", UtcDateTime),
    Column("assigned_to", Integer, ForeignKey("staff.id"), comment="whom it was passed on to, until somebody takes it"),
    Index(
        "uq_handoff_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("state != 'resolved'"),
        postgresql_where=text("state != 'resolved'"),
    ),
    Index(None, "state", "priority", "opened_at"),
    Index(None, "conversation_id", "id"),
    Index(None, "taken_at"),
    Index(
        "ix_handoff_snoozed",
        "snoozed_until",
        sqlite_where=text("snoozed_until IS NOT NULL"),
        postgresql_where=text("snoozed_until IS NOT NULL"),
    ),
)

label = Table(
    "label",
    metadata,
    Column("handoff_id", Integer, ForeignKey("handoff.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", String(36), ForeignKey("conversation.id"), nullable=False, index=True),
    Column("answer_seq", Integer, comment="the assistant's last answer of the episode, which bot_right is about"),
    Column("bot_right", String(4), comment="yes, no or na"),
    Column("needed_person", String(4), comment="yes or no"),
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
