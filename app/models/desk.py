"""What people at the desk leave behind: ticked steps, mentions, saved replies."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from app.models.tables import metadata
from ingest.tables import UtcDateTime

step_tick = Table(
    "step_tick",
    metadata,
    Column("conversation_id", String(36), ForeignKey("conversation.id"), primary_key=True),
    Column("article_id", String(120), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("step", Integer, primary_key=True, autoincrement=False, comment="counts from 0"),
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(8), nullable=False, comment="note or transfer"),
    Column("conversation_id", String(36), ForeignKey("conversation.id"), nullable=False),
    Column("seq", Integer, nullable=False, comment="of the note"),
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False, comment="who is mentioned"),
    Column("by_id", Integer, ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    Index(None, "staff_id", "id"),
)

saved_reply = Table(
    "saved_reply",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner_id", Integer, ForeignKey("staff.id"), comment="none: everybody's"),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False, comment="with variables such as {{order_id}}"),
    Column("shortcut", String(40)),
    Column("locale", String(8)),
    Column("queue", String(120)),
    Column("updated_at", UtcDateTime, nullable=False),
)
