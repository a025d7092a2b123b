"""The database: engines for SQLite or PostgreSQL, and the transactions that services open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

BUSY_MILLISECONDS = 10_000
POSTGRES_POOL = 16


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _tune_sqlite(engine: Engine, begin: str) -> None:
    """WAL; every commit reaches the disk; ``begin`` opens each transaction, so that writers queue up at its start.
    A connection with the option ``single`` runs one statement, which needs no transaction around it."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
        # SQLite's own knows ASCII alone: searching for "écran" would not find "Écran".
        connection.create_function("lower", 1, _lower, deterministic=True)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Any) -> None:
        options = connection.get_execution_options()
        if not options.get("single"):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else begin)


def sync_engine(url: str) -> Engine:
    """An engine for worker threads: ingest and retrieval."""
    if _is_sqlite(url):
        engine = create_engine(url.replace("+aiosqlite", ""), connect_args={"timeout": BUSY_MILLISECONDS / 1000})
        _tune_sqlite(engine, "BEGIN")
        return engine
    return create_engine(url, pool_size=POSTGRES_POOL, pool_pre_ping=True)


class Database:
    """Short async transactions. On SQLite one connection writes, so writers wait in order and never collide."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = _is_sqlite(url)
        self._writer: AsyncEngine
        self._reader: AsyncEngine
        if self.is_sqlite:
            self._writer = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=30)
            self._reader = create_async_engine(url, pool_size=4, max_overflow=4)
            _tune_sqlite(self._writer.sync_engine, "BEGIN IMMEDIATE")
            _tune_sqlite(self._reader.sync_engine, "BEGIN")
        else:
            self._writer = self._reader = create_async_engine(url, pool_size=POSTGRES_POOL, pool_pre_ping=True)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end of the block, rolled back by any exception."""
        async with self._writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent read."""
        async with self._reader.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._reader.dispose()


def migration_engine(url: str) -> Engine:
    """An engine for Alembic: one connection, no pool."""
    return create_engine(url.replace("+aiosqlite", ""), poolclass=NullPool)
