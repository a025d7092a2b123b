"""Staff: agents, editors, leads and admins."""

from sqlalchemy import Boolean, Column, Integer, String, Table, false, func

from app.models.tables import metadata
from ingest.tables import UtcDateTime

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True, comment="sha256 of a random token"),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
)
