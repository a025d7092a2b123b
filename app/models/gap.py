"""Gaps: questions that were not answered well, and the groups of one meaning that they make."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from app.models.tables import metadata
from ingest.tables import UtcDateTime

gap = Table(
    "gap",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("named_by", String(8), nullable=False, comment="words or model"),
    Column("state", String(8), nullable=False, comment="open, drafted, closed or reopened"),
    Column("article_id", String(120), comment="of the draft that was begun for it"),
    Column("locale", String(8)),
    Column("drafted_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("checked", String(120), comment="what its wordings were last put to: knowledge version and threshold"),
    Column("answered", Integer, nullable=False, server_default="0", comment="of those wordings"),
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
)

gap_question = Table(
    "gap_question",
    metadata,
    Column("conversation_id", String(36), ForeignKey("conversation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("visitor_id", String(64), nullable=False),
    Column("audience", String(8), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("text", Text, nullable=False, comment="what was asked, redacted, as it stands alone"),
    Column("cause", String(16), nullable=False, comment="abstained, handed_off, unclear, unhelpful or asked_twice"),
    Column("handed_off", Boolean, nullable=False),
    Column("answers", JSON, nullable=False, comment="what agents replied, redacted"),
    Column("topic", String(120), nullable=False),
    Column("covered_by", String(120), comment="the live article that says what agents answered"),
    Column("at", UtcDateTime, nullable=False),
    Column("gap_id", Integer, ForeignKey("gap.id"), comment="none: not grouped yet"),
    Index(None, "gap_id"),
    Index(None, "at"),
)

gap_cursor = Table(
    "gap_cursor",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, comment="always 1"),
    Column("read_to", UtcDateTime, nullable=False, comment="conversations changed before then were read"),
    Column("version", Integer, nullable=False, comment="grows with each look; two at once do not mix"),
    Column("stale", Boolean, nullable=False, comment="questions changed since they were last grouped"),
)
