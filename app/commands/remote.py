"""The server that holds the data folder, when there is one: commands then go through it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from app.owner import Owner, OwnerLock
from app.settings import Settings
from ingest.errors import StoreInUse

TIMEOUT = httpx.Timeout(10.0, read=1_800.0)


@contextmanager
def local_or_remote(settings: Settings) -> Iterator[httpx.Client | None]:
    """None while this process holds the folder itself; else a client of the server that does.

    Raises StoreInUse when the holder is no server.
    """
    lock = OwnerLock(settings.data_dir)
    try:
        lock.acquire()
    except StoreInUse:
        owner = lock.read()
        if owner is None or not owner.url:
            raise
        with client_of(owner) as client:
            yield client
        return
    try:
        yield None
    finally:
        lock.release()


def client_of(owner: Owner) -> httpx.Client:
    """A client that speaks as the command line."""
    return httpx.Client(
        base_url=owner.url, headers={"authorization": f"Bearer {owner.token}"}, timeout=TIMEOUT, trust_env=False
    )
