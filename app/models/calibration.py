"""Calibrations of knowledge versions, and the golden questions that editors keep for them."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text, func

from app.models.tables import metadata
from ingest.tables import UtcDateTime

calibration = Table(
    "calibration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("binds", String(64), nullable=False, comment="hash of everything that it was made for"),
    Column("kb_version", String(32), nullable=False),
    Column("content", Text, nullable=False, comment="a Calibration as JSON"),
    Column("suspended", Text, nullable=False, comment="why its certificate holds no more; empty while it does"),
    Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
    Index(None, "binds", "id"),
)

golden_question = Table(
    "golden_question",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("content", JSON, nullable=False, comment="a GoldenRow"),
)
