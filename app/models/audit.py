"""Audit: who saw and did what. The database itself refuses to change or delete a row (see the migration)."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from app.models.tables import metadata
from ingest.tables import UtcDateTime

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("staff_id", Integer, nullable=False, comment="0 is the command line"),
    Column("name", String(120), nullable=False, comment="as it was then"),
    Column("email", String(254), nullable=False),
    Column("action", String(40), nullable=False),
    Column("conversation_id", String(36)),
    Column("detail", JSON, nullable=False),
    Index(None, "conversation_id", "id"),
    Index(None, "staff_id", "id"),
    Index(None, "action", "id"),
    Index(None, "at"),
)
