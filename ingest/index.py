"""Chroma, and nothing but Chroma: build a version's collections, verify them, open them, query them.

Building and verifying run in a process of their own (``python -m ingest.index PLAN``), because a store that was cut
off while writing can crash whoever opens it. Its standard output is one JSON object a line: progress, then
``{"missing": {collection: [row, ...]}}``, the rows that the approximate index does not return for their own vector
and that searches must compare exactly.
"""

import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ingest.without_grpc import without_grpc

with without_grpc():
    import chromadb
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

BATCH = 5_000
"""Rows of one write; local Chroma takes at most 5,461."""
QUERY_BATCH = 500
SAMPLE = 512
"""Rows checked of a collection that the store has already."""
SELF_RANK = 3
BUILDERS = 2
"""Collections that are built and verified at a time; Chroma works outside of the interpreter."""
HNSW = CreateHNSWConfiguration(space="cosine", ef_construction=128, ef_search=80, max_neighbors=24)


def connect(target: str) -> Client:
    """A client of the Chroma server at an ``http(s)://`` address, or of the embedded store in a folder."""
    settings = Settings(anonymized_telemetry=False)
    if target.startswith(("http://", "https://")):
        scheme, _, rest = target.partition("://")
        host, _, port = rest.rstrip("/").partition(":")
        secure = scheme == "https"
        client = chromadb.HttpClient(
            host=host, port=int(port or (443 if secure else 8000)), ssl=secure, settings=settings
        )
    else:
        try:
            client = chromadb.PersistentClient(target, settings=settings)
        except Exception:
            # Chroma keeps what it failed to start, and would hand it out again once the folder is rebuilt.
            SharedSystemClient._identifier_to_system.pop(target, None)
            raise
    return cast(Client, client)


def disconnect(client: Client) -> None:
    """Let go of a store; Chroma leaves the connections to its server open."""
    servers = (client._server, getattr(client._admin_client, "_server", None))
    client.close()
    for server in servers:
        if (session := getattr(server, "_session", None)) is not None:
            session.close()


class Index:
    """The open collections of one Chroma store. Queries are thread-safe."""

    def __init__(self, target: str) -> None:
        self._client = connect(target)
        self._collections: dict[str, chromadb.Collection] = {}

    def nearest(self, collection: str, vector: NDArray[np.float32], limit: int) -> list[str]:
        """Ids of the ``limit`` chunks nearest to ``vector``, nearest first."""
        handle = self._collections.get(collection)
        if handle is None:
            handle = self._client.get_collection(collection, embedding_function=None)
            self._collections[collection] = handle
        ids: list[str] = handle.query(query_embeddings=vector[None, :], n_results=limit, include=[])["ids"][0]
        return ids

    def names(self) -> set[str]:
        """The collections that the store holds."""
        return {collection.name for collection in self._client.list_collections()}

    def drop(self, names: Iterable[str]) -> None:
        """Delete collections; those that are gone already are passed over."""
        for name in set(names) & self.names():
            self._client.delete_collection(name)

    def close(self) -> None:
        """Let go of the store. No query may be under way."""
        self._collections.clear()
        disconnect(self._client)


def _batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _say(**fields: object) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")  # one write: builders say things at the same time
    sys.stdout.flush()


class _Build:
    """One collection of a plan: the rows that it must find, and what is in the store already."""

    def __init__(self, client: Client, folder: Path, entry: dict[str, Any]) -> None:
        self.client = client
        self.name: str = entry["name"]
        self.base: str = entry["base"]
        self.stored: int = entry["stored"]
        self.missing: set[int] = set(entry["missing"])
        self.ids: list[str] = json.loads((folder / self.name / "rows.json").read_text())["ids"]
        self.vectors = np.load(folder / self.name / "vectors.npy", mmap_mode="r")

    def write(self) -> list[int]:
        """Fill the collection, unless the store has it, and return the rows to verify."""
        rows = range(len(self.ids))
        if self.base in {collection.name for collection in self.client.list_collections()}:
            if self.client.get_collection(self.base, embedding_function=None).count() == self.stored:
                known = [row for row in rows if row not in self.missing]
                return sorted(random.sample(known, min(SAMPLE, len(known))))
            if self.base != self.name:
                raise RuntimeError(f"{self.base} does not hold {self.stored} chunks")
            self.client.delete_collection(self.base)  # a build of it was cut off
        collection = self.client.create_collection(
            self.base, embedding_function=None, configuration=CreateCollectionConfiguration(hnsw=HNSW)
        )
        for batch in _batches(rows, BATCH):
            collection.add(
                ids=[self.ids[row] for row in batch], embeddings=np.asarray(self.vectors[list(batch)], np.float32)
            )
            _say(stage="index", collection=self.base, done=batch[-1] + 1, total=len(rows))
        return list(rows)

    def verify(self, client: Client, rows: list[int]) -> list[int]:
        """The rows that only exact search finds. Raises RuntimeError when counts differ."""
        collection = client.get_collection(self.base, embedding_function=None)
        if collection.count() != self.stored:
            raise RuntimeError(f"{self.base} holds {collection.count()} chunks, not {self.stored}")
        missing = set(self.missing)
        for batch in _batches(rows, QUERY_BATCH):
            found = collection.query(
                query_embeddings=np.asarray(self.vectors[list(batch)], np.float32),
                n_results=min(SELF_RANK, self.stored),
                include=[],
            )["ids"]
            missing |= {row for row, ids in zip(batch, found, strict=True) if self.ids[row] not in ids}
        _say(stage="verify", collection=self.base, done=len(rows), total=len(rows))
        return sorted(missing)


def build(plan_file: Path) -> None:
    """Carry out a plan: ``{"target", "prune", "collections": [{"name", "base", "stored", "missing"}]}``."""
    plan = json.loads(plan_file.read_text())
    folder, target = plan_file.parent, plan["target"]
    client = connect(target)
    jobs = [_Build(client, folder, entry) for entry in plan["collections"]]
    with ThreadPoolExecutor(BUILDERS) as pool:
        rows = list(pool.map(_Build.write, jobs))
    if plan["prune"]:
        wanted = {job.base for job in jobs}
        for collection in client.list_collections():
            if collection.name not in wanted:
                client.delete_collection(collection.name)
    client.close()
    fresh = connect(target)
    with ThreadPoolExecutor(BUILDERS) as pool:
        missing = dict(
            zip((job.name for job in jobs), pool.map(_Build.verify, jobs, [fresh] * len(jobs), rows), strict=True)
        )
    fresh.close()
    _say(missing=missing)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
