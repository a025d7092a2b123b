"""Webhooks and their deliveries: an outbox, so that a killed process loses none."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from app.models.tables import metadata
from ingest.tables import UtcDateTime

webhook = Table(
    "webhook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", String(2_000), nullable=False),
    Column("salt", String(64), nullable=False, comment="its secret is made of this and the server's key; kept nowhere"),
    Column("state", String(8), nullable=False, comment="active or disabled"),
    Column("reason", String(500), comment="why it is disabled"),
    Column("failing_since", UtcDateTime, comment="the first failure after the last success"),
    Column("created_by", String(120), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("webhook_id", Integer, ForeignKey("webhook.id"), nullable=False),
    Column("message_id", String(80), nullable=False, comment="the same at each attempt"),
    Column("type", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(9), nullable=False, comment="pending, delivered or failed"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Float, nullable=False, comment="seconds since the epoch, by the database's clock"),
    Column("lease", String(32), comment="the sender's token; the outcome is written only under it"),
    Column("lease_until", Float),
    Column("status", Integer, comment="what the receiver last answered"),
    Column("error", String(300)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("webhook_id", "message_id"),
    Index(
        "ix_webhook_delivery_pending",
        "next_at",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)
