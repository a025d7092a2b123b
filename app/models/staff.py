"""Staff: agents, editors, leads and admins; their sessions, one-time links and availability."""

from datetime import timedelta

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, false, func

from app.models.tables import metadata
from ingest.tables import UtcDateTime

DEFAULT_MAX_OPEN = 5
"""Conversations at once, for who has not chosen."""

HERE_FOR = timedelta(minutes=3)
"""How long somebody counts as being at the desk after it last said so; an open one does every minute."""

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
    Column("password_hash", String(200), comment="argon2id, with its parameters; none until one is set"),
    Column("seen_at", UtcDateTime, comment="at the desk, to a minute; none after signing out"),
    Column("picture", String(40), comment="the random key of their picture, which its address is made of"),
)

staff_picture = Table(
    "staff_picture",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False, unique=True),
    Column("image", LargeBinary, nullable=False, comment="a small WebP that we made; never what was sent"),
    Column("at", UtcDateTime, nullable=False),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True, comment="sha256 of the cookie's random token"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False, comment="of the last request, to a minute"),
    Column("expires_at", UtcDateTime, nullable=False, comment="the latest end, however busy"),
)

staff_link = Table(
    "staff_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True, comment="sha256 of a link's random token"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

availability = Table(
    "availability",
    metadata,
    Column("staff_id", Integer, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    Column("state", String(8), nullable=False, comment="online or away"),
    Column("max_open", Integer, nullable=False, comment="conversations at once that `next` gives"),
    Column("queues", JSON, nullable=False, comment="slugs; empty for all"),
    Column("updated_at", UtcDateTime, nullable=False),
)
