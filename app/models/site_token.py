"""Site tokens that were used: each identifies a visitor once."""

from sqlalchemy import Column, Index, String, Table

from app.models.tables import metadata
from ingest.tables import UtcDateTime

site_token = Table(
    "site_token",
    metadata,
    Column("jti_hash", String(64), primary_key=True, comment="sha256 of the token's jti"),
    Column("expires_at", UtcDateTime, nullable=False, comment="after this the token is refused anyway"),
    Index(None, "expires_at"),
)
