"""Backends that a machine may lack: PostgreSQL and Redis. A test gets a schema and a database number of its own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import redis

POSTGRES = "postgresql://{user}@127.0.0.1:5432/test"
REDIS = "redis://127.0.0.1:6379"
POSTGRES_HOW = (
    "PostgreSQL is not at 127.0.0.1:5432; get it with `docker run -d -p 5432:5432 -e POSTGRES_DB=test -e POSTGRES_USER=$USER "
    "-e POSTGRES_HOST_AUTH_METHOD=trust postgres:16`"
)
REDIS_HOW = "Redis is not at 127.0.0.1:6379; get it with `docker run -d -p 6379:6379 redis:7`"


def absent(how: str) -> None:
    """Skip, or fail where everything must be there (CI=true)."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(how)
    pytest.skip(how)


@contextmanager
def postgres_schema() -> Iterator[str]:
    """A DATABASE_URL whose tables live in a new schema, dropped at the end."""
    user = os.environ.get("PGUSER") or os.environ.get("USER") or "root"
    address = POSTGRES.format(user=user)
    name = f"baton_{secrets.token_hex(6)}"
    try:
        admin = psycopg.connect(address, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        absent(f"{POSTGRES_HOW} ({str(error).strip()})")
        raise
    with admin:
        admin.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield f"{address}?options=-csearch_path%3D{name}"
        finally:
            admin.execute("SET lock_timeout = '10s'")
            admin.execute(f"DROP SCHEMA {name} CASCADE".encode())


@contextmanager
def redis_database(worker_id: str) -> Iterator[str]:
    """A REDIS_URL with a database number for this pytest worker, emptied before and after."""
    number = 1 + int(worker_id.removeprefix("gw") or 0) if worker_id.startswith("gw") else 0
    url = f"{REDIS}/{number % 16}"
    client = redis.Redis.from_url(url, socket_connect_timeout=2.0)
    try:
        client.flushdb()
    except redis.RedisError as error:
        client.close()
        absent(f"{REDIS_HOW} ({error})")
    try:
        yield url
    finally:
        client.flushdb()
        client.close()
