"""Bring a database to the newest schema.

``python -m app.migrations.upgrade NAME`` writes the migration that a change of the models needs.
"""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from app.db import migration_engine

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "versions"


def config() -> "Config":
    """Alembic's configuration; it needs no file of its own."""
    from alembic.config import Config  # noqa: PLC0415  see upgrade

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.set_main_option("path_separator", "os")
    return settings


def upgrade(url: str) -> None:
    """Run every migration that the database lacks. Safe to call at each start."""
    engine = migration_engine(url)
    with engine.begin() as connection:
        if _is_current(connection):
            return
        from alembic import command  # noqa: PLC0415  most starts find nothing to do and need not load Alembic

        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def _is_current(connection: Connection) -> bool:
    """Whether the newest migration was run already; migrations are named by number, so the last name is the newest."""
    newest = max(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest


def write(message: str) -> None:
    """Write a migration from the difference between the models and an upgraded empty database."""
    from alembic import command  # noqa: PLC0415  see upgrade

    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/empty.db"
        upgrade(url)
        with migration_engine(url).begin() as connection:
            settings = config()
            settings.attributes["connection"] = connection
            command.revision(settings, message, autogenerate=True)


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]) or "change")
