"""The metadata that Alembic compares with: ours and that of knowledge."""

from ingest.tables import metadata

__all__ = ["metadata"]
