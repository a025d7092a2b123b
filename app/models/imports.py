"""Imports: jobs, what each found, and which source every imported article came from."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from app.models.tables import metadata
from ingest.tables import UtcDateTime

import_job = Table(
    "import_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("home", String(64), nullable=False, comment="the data folder that holds its upload"),
    Column("name", Text, nullable=False, comment="of the file as it was sent, or the sitemap's address"),
    Column("sitemap", Text, nullable=False, comment="empty for an upload"),
    Column("options", JSON, nullable=False),
    Column("state", String(8), nullable=False, comment="queued, running, done, failed or cut"),
    Column("stage", String(20), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("saved", Integer, nullable=False, comment="items that were accepted"),
    Column("error", Text),
    Column("by_id", Integer, nullable=False, comment="0 is the command line"),
    Column("by_name", String(120), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

import_item = Table(
    "import_item",
    metadata,
    Column("job_id", Integer, ForeignKey("import_job.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("article_id", String(120), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("action", String(8), nullable=False, comment="add, update, same or refused"),
    Column("reason", Text, nullable=False),
    Column("text", Text, nullable=False, comment="the whole Markdown file; empty when it is refused"),
    Column("source_hash", String(64), nullable=False, comment="of what the source itself says"),
    Column("saved_at", UtcDateTime),
    Index(None, "job_id", "action", "position"),
)

import_source = Table(
    "import_source",
    metadata,
    Column("name_hash", String(64), primary_key=True, comment="sha256 of the name"),
    Column("name", Text, nullable=False, comment="file, address, or a heading or question in it"),
    Column("article_id", String(120), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("source_hash", String(64), nullable=False, comment="of what it said when it was last accepted"),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "article_id", "locale"),
)
