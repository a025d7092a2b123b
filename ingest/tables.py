"""The tables of knowledge: revisions, their chunks, embeddings, publications.

A publication is a set of revisions. Sets are kept as intervals (``live_revision``): a revision belongs to
publication p when ``since <= p`` and ``until`` is null or greater than p, so that publishing one edit writes two rows.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    ScalarSelect,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment that comes back with its zone, also from SQLite, which forgets it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Only moments with a zone are stored, as UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

revision = Table(
    "revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", String(120), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("number", Integer, nullable=False, comment="counts from 1 within an article and locale"),
    Column("content_hash", String(64), nullable=False),
    Column("chunker", String(8), nullable=False, comment="what cut its chunks"),
    Column("kind", String(8), nullable=False),
    Column("topic", String(120), nullable=False),
    Column("title", Text, nullable=False),
    Column("for_buyer", Boolean, nullable=False),
    Column("for_seller", Boolean, nullable=False),
    Column("for_agent", Boolean, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("article", JSON, nullable=False, comment="the whole Article, as its model dumps it"),
    Column("source", Text, comment="the file that was last written with this content, to the byte"),
    Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
    UniqueConstraint("article_id", "locale", "number"),
    UniqueConstraint("article_id", "locale", "content_hash"),
)

chunk = Table(
    "chunk",
    metadata,
    Column("revision_id", Integer, ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("id", String(160), nullable=False),
    Column("part", String(8), nullable=False),
    Column("section", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("indexed", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Index(None, "id"),
)

embedding = Table(
    "embedding",
    metadata,
    Column("embedder", String(120), primary_key=True),
    Column("content_hash", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False, comment="float32, little-endian"),
)

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kb_version", String(32), nullable=False),
    Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
    Column("summary", JSON, nullable=False),
    Column("topics", JSON, nullable=False),
)

live_revision = Table(
    "live_revision",
    metadata,
    Column("revision_id", Integer, ForeignKey("revision.id"), primary_key=True),
    Column("since", Integer, ForeignKey("publication.id"), primary_key=True),
    Column("until", Integer, ForeignKey("publication.id")),
    Index(None, "until"),
)

live_publication = Table(
    "live_publication",
    metadata,
    Column("id", Integer, primary_key=True, comment="always 1"),
    Column("publication_id", Integer, ForeignKey("publication.id"), nullable=False),
)


def in_publication(publication_id: int | BindParameter[int] | ScalarSelect[int]) -> ColumnElement[bool]:
    """Whether a row of ``live_revision`` belongs to a publication."""
    return and_(
        live_revision.c.since <= publication_id,
        or_(live_revision.c.until.is_(None), live_revision.c.until > publication_id),
    )


def is_live() -> ColumnElement[bool]:
    """Whether a row of ``live_revision`` belongs to the publication that is live."""
    return in_publication(select(live_publication.c.publication_id).scalar_subquery())
