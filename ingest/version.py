"""Version: one knowledge version on disk and in memory, and the shelf that switches readers from one to the next.

``index/<kb_version>/`` holds ``manifest.json`` (written last: without it the folder is scrap) and a folder for each
collection with its vectors, rows and words. ``index/chroma-*/`` are Chroma stores, which versions that differ little
share. Nothing in either changes after it was verified.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from ingest.article import Audience, Kind
from ingest.collection import Collection
from ingest.content import Content
from ingest.embed import Embedder
from ingest.errors import IndexBroken
from ingest.index import Index
from ingest.lexical import LexicalIndex
from ingest.store import Publication


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """A collection in a manifest. ``base`` is its collection in Chroma, which has ``stored`` chunks, some of them gone
    since; ``missing`` are the rows that only exact search finds: Chroma has them not, or does not find them. What is
    ``glossed`` was embedded in plain English words."""

    name: str
    kind: Kind
    audience: Audience
    locale: str
    rows: int
    base: str
    stored: int
    missing: list[int]
    glossed: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version's folder holds. ``target`` is the Chroma server's address, or empty for the embedded store, which
    is then the folder ``store`` beside the version's."""

    kb_version: str
    target: str
    store: str
    collections: list[CollectionEntry]

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` in one step."""
        scratch = folder / "manifest.tmp"
        scratch.write_text(json.dumps(asdict(self)))
        scratch.rename(folder / "manifest.json")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises IndexBroken when the folder holds no complete version."""
        try:
            fields = json.loads((folder / "manifest.json").read_text())
            fields["collections"] = [CollectionEntry(**entry) for entry in fields["collections"]]
            manifest = cls(**fields)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexBroken(f"{folder} holds no complete version: {error}") from error
        if not manifest.target and not (folder.parent / manifest.store).is_dir():
            raise IndexBroken(f"{folder} needs the store {manifest.store}, which is not there")
        return manifest


class Version:
    """An open version. ``collections`` are handed to readers one by one, so that each holds only its own."""

    def __init__(self, folder: Path, publication: Publication) -> None:
        manifest = Manifest.read(folder)
        self.publication = publication
        self._index = Index(manifest.target or str(folder.parent / manifest.store))
        self._collections: dict[tuple[Kind, Audience, str], Collection] = {}
        try:
            for entry in manifest.collections:
                self._collections[entry.kind, entry.audience, entry.locale] = self._load(folder / entry.name, entry)
        except BaseException:
            self.close()
            raise

    def _load(self, place: Path, entry: CollectionEntry) -> Collection:
        content = Content.load(place)
        return Collection(
            kind=entry.kind,
            audience=entry.audience,
            locale=entry.locale,
            rows=content.rows,
            vectors=content.vectors,
            lexical=LexicalIndex(content.terms, entry.locale),
            nearest=partial(self._index.nearest, entry.base),
            units=content.units,
            unfindable=entry.missing,
            stored=entry.stored,
            file=content.file,
            glossed=entry.glossed,
        )

    @property
    def kb_version(self) -> str:
        return self.publication.kb_version

    def collection(self, kind: Kind, audience: Audience, locale: str) -> Collection | None:
        """The collection, or None when there is no such article."""
        return self._collections.get((kind, audience, locale))

    def locales(self, kind: Kind, audience: Audience) -> list[str]:
        """The languages that there are articles in."""
        return [locale for (k, a, locale) in self._collections if (k, a) == (kind, audience)]

    def warm(self, embedder: Embedder) -> None:
        """Search every collection once, so that the first visitor does not pay for loading."""
        vector = embedder.vector("warm up")
        for collection in self._collections.values():
            collection.search("warm up", vector, 1)

    def close(self) -> None:
        """Let go of the store; no search may be under way."""
        self._index.close()


class Shelf:
    """Holds the live version. Readers keep the version they began with; a retired one closes after its last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: Version | None = None
        self._readers: dict[int, int] = {}
        self._retired: dict[int, Version] = {}

    @property
    def live(self) -> Version | None:
        """The live version, only to be looked at: reading from it needs :meth:`reading`."""
        return self._live

    @contextmanager
    def reading(self) -> Iterator[Version | None]:
        """The live version, kept open until the block ends; None when nothing was ever published."""
        with self._lock:
            version = self._live
            if version is not None:
                self._readers[id(version)] = self._readers.get(id(version), 0) + 1
        try:
            yield version
        finally:
            if version is not None:
                self._release(version)

    def put(self, version: Version) -> None:
        """Make ``version`` live for every reader that begins from now on."""
        with self._lock:
            old, self._live = self._live, version
            if old is not None and self._readers.get(id(old)):
                self._retired[id(old)] = old
                old = None
        if old is not None:
            old.close()

    def _release(self, version: Version) -> None:
        with self._lock:
            self._readers[id(version)] -= 1
            last = not self._readers[id(version)]
            if last:
                del self._readers[id(version)]
            done = last and self._retired.pop(id(version), None) is not None
        if done:
            version.close()

    def busy(self) -> set[str]:
        """Versions that somebody reads or that are live: their folders must stay."""
        with self._lock:
            open_versions = [*self._retired.values(), *([self._live] if self._live else [])]
            return {version.kb_version for version in open_versions}

    def close(self) -> None:
        """Close the live version, at shutdown."""
        with self._lock:
            version, self._live = self._live, None
        if version is not None:
            version.close()
