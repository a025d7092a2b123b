"""Folder: import articles from one and write them back, so that folder and console agree. Blocking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import Connection

from app.auth import Staff
from app.editor.folder.plan import Plan, plan
from app.editor.folder.repository import (
    Clash,
    FileSeen,
    FolderRepository,
    forget,
    remember,
    replace_conflicts,
)
from app.editor.keys import Key
from app.editor.publishing.records import recording
from ingest.article import Article
from ingest.article_text import render
from ingest.builder import Progress
from ingest.errors import Outdated
from ingest.pipeline import Published, Publisher, Terms, counts_of
from ingest.topics import Topics

RETRIES = 5
NOTE = "Imported from a folder"


@dataclass(frozen=True)
class FolderFile:
    """An article's file; ``path`` is within the folder."""

    path: str
    text: str
    article: Article


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do. ``published`` is None for a dry run."""

    counts: dict[str, int]
    conflicts: list[Clash]
    published: Published | None


@dataclass(frozen=True)
class Exported:
    """A file to write. ``key`` names its article."""

    key: Key
    path: str
    text: str
    content_hash: str


class FolderService:
    """Through the publisher that owns the index."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._repository = FolderRepository(publisher.store.engine)

    def preview(self, folder: str, files: Sequence[FolderFile]) -> Imported:
        """What :meth:`take_in` would do."""
        hashes = _hashes(files)
        made, live = self._plan(folder, hashes)
        after = {key: content for key, content in live.items() if key not in made.remove}
        after |= {key: hashes[key] for key in made.take}
        return Imported(counts_of(live, after), _clashes(made, files, self._paths()), None)

    def take_in(
        self, who: Staff, folder: str, files: Sequence[FolderFile], topics: Topics, progress: Progress
    ) -> Imported:
        """Make live what the folder says, but for articles that the console has newer texts of. Raises as publishing
        does."""
        for attempt in range(RETRIES):
            try:
                return self._take_in(who, folder, files, topics, progress)
            except Outdated:
                if attempt + 1 == RETRIES:
                    raise
        raise AssertionError

    def _take_in(
        self, who: Staff, folder: str, files: Sequence[FolderFile], topics: Topics, progress: Progress
    ) -> Imported:
        base = self._publisher.store.live()
        hashes = _hashes(files)
        made, _ = self._plan(folder, hashes)
        clashes = _clashes(made, files, self._paths())
        seen = made.seen
        known = {one.article.key: FileSeen(one.path, one.text, hashes[one.article.key]) for one in files}

        def agree(connection: Connection) -> None:
            remember(connection, known, seen)
            forget(connection, made.forget)
            replace_conflicts(connection, clashes)

        taken = [one.article for one in files if one.article.key in made.take]
        sources = {one.article.key: one.text for one in files if one.article.key in seen}
        terms = Terms(sources, recording(who, "ingest", NOTE, agree))
        published = self._publisher.publish_change(taken, made.remove, progress, base, terms, topics)
        if not published.switched:
            with self._repository.writer.begin() as connection:
                agree(connection)
        return Imported(published.counts, clashes, published)

    def files(self) -> list[Exported]:
        """Every live article as a file: where it was imported from, or where one of its kind belongs."""
        paths = self._paths()
        found: list[Exported] = []
        taken: set[str] = set()
        for row in self._repository.live_files():
            key = (row.article_id, row.locale)
            path = paths.get(key, "")
            if not is_within(path) or path in taken:
                path = _usual(key, row.kind)
            taken.add(path)
            text = row.source if row.source is not None else render(Article.model_validate(row.article))
            found.append(Exported(key, path, text, row.content_hash))
        return found

    def wrote(self, folder: str, files: Sequence[Exported]) -> None:
        """Remember that these were written to ``folder``."""
        self._repository.exported(folder, {one.key: (one.path, one.content_hash) for one in files})

    def _paths(self) -> dict[Key, str]:
        return {key: row.path for key, row in self._repository.rows().items()}

    def _plan(self, folder: str, hashes: Mapping[Key, str]) -> tuple[Plan, Mapping[Key, str]]:
        live = {stored.key: stored.content_hash for stored in self._publisher.live_revisions()}
        return plan(hashes, live, self._repository.memory(folder)), live


def _hashes(files: Sequence[FolderFile]) -> dict[Key, str]:
    return {one.article.key: one.article.content_hash for one in files}


def is_within(path: str) -> bool:
    """Whether a path stays within its folder and names a Markdown file."""
    parts = PurePosixPath(path)
    return parts.suffix == ".md" and not parts.is_absolute() and ".." not in parts.parts and "\\" not in path


def _usual(key: Key, kind: str) -> str:
    article_id, locale = key
    return f"{kind}/{article_id}.md" if locale == "en" else f"{kind}/{locale}/{article_id}.md"


def _clashes(made: Plan, files: Sequence[FolderFile], paths: Mapping[Key, str]) -> list[Clash]:
    texts = {one.article.key: one for one in files}
    found = []
    for key, kind in sorted(made.conflicts.items()):
        file = texts.get(key)
        path = file.path if file else paths.get(key, "")
        found.append(Clash(key, path, kind, file.text if file else None))
    return found
