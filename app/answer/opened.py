"""Opened: what a reader reads, be it the live version or what an edit would make of it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from ingest.article import Audience, Kind
from ingest.collection import Collection
from ingest.store import Passage, Publication


class Opened(Protocol):
    """A knowledge version to read: the live one, or what an edit would make of it."""

    @property
    def kb_version(self) -> str:
        """Its name."""
        ...

    @property
    def publication(self) -> Publication:
        """What its passages are read at."""
        ...

    def collection(self, kind: Kind, audience: Audience, locale: str) -> Collection | None:
        """The collection, or None when there is no such article."""
        ...

    def locales(self, kind: Kind, audience: Audience) -> list[str]:
        """The languages that there are articles in."""
        ...


class Passages(Protocol):
    """Reads what may be shown of a version: SQL, or SQL with an edit over it."""

    def passages(
        self, publication_id: int, chunk_ids: Sequence[str], kind: Kind, audience: Audience, day: date
    ) -> dict[str, Passage]:
        """Those chunks that are published, for ``audience`` and valid on ``day``, by id."""
        ...

    def bodies(
        self, publication_id: int, article_id: str, locale: str, kind: Kind, audience: Audience, day: date
    ) -> list[Passage]:
        """The body chunks of one article, in reading order; empty when it may not be shown."""
        ...
