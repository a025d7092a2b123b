"""What editors work on: drafts with everything that was typed, comments, publishing jobs, and where folders stand."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from app.models.tables import metadata
from ingest.tables import UtcDateTime

draft = Table(
    "draft",
    metadata,
    Column("article_id", String(120), primary_key=True),
    Column("locale", String(8), primary_key=True),
    Column("text", Text, nullable=False, comment="the whole Markdown file, also while it does not parse"),
    Column("version", Integer, nullable=False, comment="grows with each save; a writer names the one that was read"),
    Column("base_revision", Integer, comment="the live revision that it began from; none for a new article"),
    Column("status", String(12), nullable=False, comment="draft, in_review or approved"),
    Column("first_save", Integer, nullable=False, comment="of its saves: older ones are of earlier drafts"),
    Column("source", String(40), nullable=False, comment="console, import, gap, folder"),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by_id", Integer, comment="0 is the command line; none a part of the program"),
    Column("saved_by", String(120), nullable=False),
)

draft_save = Table(
    "draft_save",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", String(120), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(12), nullable=False, comment="base, saved, refused, undone, discarded or published"),
    Column("text", Text, nullable=False),
    Column("undone", Boolean, nullable=False, comment="an undo went back behind it"),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", Integer),
    Column("by_name", String(120), nullable=False),
    Index(None, "article_id", "locale", "id"),
)

draft_comment = Table(
    "draft_comment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", String(120), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("version", Integer, nullable=False, comment="of the draft that it is about"),
    Column("line", Integer, comment="of the text, counted from 1"),
    Column("action", String(8), comment="request, approve or reject, when it came with one"),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", Integer, nullable=False),
    Column("by_name", String(120), nullable=False),
    Index(None, "article_id", "locale", "id"),
)

publish_job = Table(
    "publish_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(8), nullable=False, comment="publish, rollback or ingest"),
    Column("state", String(12), nullable=False, comment="queued, running, blocked, done, failed, scheduled, cancelled"),
    Column("stage", String(40), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("request", JSON, nullable=False, comment="the texts to publish, as they were when it was asked for"),
    Column("gate", JSON(none_as_null=True)),
    Column("publication", Integer, ForeignKey("publication.id")),
    Column("error", Text),
    Column("note", Text, nullable=False),
    Column("override_reason", Text),
    Column("at", UtcDateTime, comment="not before"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("by_id", Integer, nullable=False),
    Column("by_name", String(120), nullable=False),
    Column("by_email", String(254), nullable=False),
    Column("lease", String(64), comment="the runner's token; the outcome is written only under it"),
    Column("lease_until", Float, comment="seconds since the epoch, by the database's clock"),
    Column("attempts", Integer, nullable=False),
    Column("idempotency_key", String(200)),
    UniqueConstraint("by_id", "idempotency_key"),
    Index(
        "uq_publish_job_running",
        "state",
        unique=True,
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
    Index(None, "state", "at"),
)

publication_record = Table(
    "publication_record",
    metadata,
    Column("publication_id", Integer, ForeignKey("publication.id"), primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False, comment="publish, rollback, ingest or push"),
    Column("job_id", Integer, ForeignKey("publish_job.id")),
    Column("by_id", Integer, nullable=False),
    Column("by_name", String(120), nullable=False),
    Column("note", Text, nullable=False),
    Column("gate", JSON(none_as_null=True)),
    Column("override_reason", Text),
    Column("announced_at", UtcDateTime, comment="when those who wait for publications were told"),
)

folder_import = Table(
    "folder_import",
    metadata,
    Column("article_id", String(120), primary_key=True),
    Column("locale", String(8), primary_key=True),
    Column("path", Text, nullable=False, comment="within the folder"),
    Column("content_hash", String(64), nullable=False, comment="of the file at its last import"),
    Column("exported_hash", String(64), comment="of the file as we last wrote it"),
    Column("exported_to", Text, comment="the folder that it was written to"),
    Column("at", UtcDateTime, nullable=False),
)

folder_conflict = Table(
    "folder_conflict",
    metadata,
    Column("article_id", String(120), primary_key=True),
    Column("locale", String(8), primary_key=True),
    Column("path", Text, nullable=False),
    Column("kind", String(20), nullable=False, comment="both_changed, both_added, removed_here or removed_there"),
    Column("text", Text, comment="the file; none when it was removed"),
    Column("at", UtcDateTime, nullable=False),
)
