"""Publish: diff, embed what changed, build a version aside, verify it, switch."""

import hashlib
import json
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.article import Article
from ingest.builder import Change, Progress, build_version
from ingest.chunk import CHUNKER, chunk
from ingest.embed import Embedder
from ingest.errors import IndexBroken, Outdated
from ingest.index import Index
from ingest.meaning import Meanings, glosses_of, is_glossed, sayer
from ingest.revisions import Key
from ingest.store import Also, KnowledgeStore, Publication, StoredRevision
from ingest.topics import Topics
from ingest.units import text_hash
from ingest.version import Manifest, Shelf, Version

KEEP_VERSIONS = 3
EMBED_BATCH = 1_024
OPENING = "opening"
"""A file that stands in a version's folder while it is being opened: when it is found at start, opening crashed."""


@dataclass(frozen=True)
class Diff:
    """What publishing would change: articles, and the keys of those that go or stay."""

    added: list[Article] = field(default_factory=list)
    changed: list[Article] = field(default_factory=list)
    removed: list[Key] = field(default_factory=list)
    unchanged: list[Key] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Sizes, as ``baton ingest`` prints them."""
        return {name: len(getattr(self, name)) for name in ("added", "changed", "removed", "unchanged")}


@dataclass(frozen=True)
class Published:
    """The outcome of a publish. ``switched`` is false when the live version held all of it already."""

    publication: Publication
    counts: dict[str, int]
    embedded: int
    switched: bool


@dataclass(frozen=True)
class Terms:
    """What goes with a publish: the files that articles stand in, and what else is written in the switching
    transaction."""

    sources: Mapping[Key, str] = field(default_factory=dict)
    also: Also = lambda *_: None


def compare(articles: Iterable[Article], live: Sequence[StoredRevision]) -> Diff:
    """The difference between wanted articles and a publication."""
    before = {stored.key: stored.content_hash for stored in live}
    diff = Diff()
    seen = set()
    for article in articles:
        seen.add(article.key)
        old = before.get(article.key)
        if old is None:
            diff.added.append(article)
        elif old == article.content_hash:
            diff.unchanged.append(article.key)
        else:
            diff.changed.append(article)
    diff.removed.extend(sorted(set(before) - seen))
    return diff


def kb_version_of(content: Mapping[Key, str], topics: Topics, embedder: Embedder) -> str:
    """The name of a version, from its articles' hashes: equal content gives an equal name, on any machine."""
    articles = sorted((*key, content_hash) for key, content_hash in content.items())
    read = glosses_of(embedder, {locale for _, locale in content})
    parts = [articles, topics.model_dump(mode="json"), CHUNKER, embedder.name, *read]
    return "kb-" + hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def counts_of(before: Mapping[Key, str], after: Mapping[Key, str]) -> dict[str, int]:
    """Sizes of the difference between two sets of articles, given by their content hashes."""
    both = before.keys() & after.keys()
    changed = sum(before[key] != after[key] for key in both)
    return {
        "added": len(after) - len(both),
        "changed": changed,
        "removed": len(before) - len(both),
        "unchanged": len(both) - changed,
    }


class Publisher:
    """Owns ``index/`` and the shelf. One publish at a time; questions go on being answered meanwhile."""

    def __init__(
        self, store: KnowledgeStore, embedder: Embedder, folder: Path, chroma_url: str = "", keep: int = KEEP_VERSIONS
    ) -> None:
        self.store, self.embedder, self.shelf = store, embedder, Shelf()
        self.folder, self._target, self._keep = folder, chroma_url, keep
        self._lock = Lock()

    def close(self) -> None:
        """Close what is live, and every connection to the database. Nothing may read or publish any more."""
        self.shelf.close()
        self.store.engine.dispose()

    def glosses(self, locale: str) -> bool:
        """Whether what is published from now on in a locale is embedded in plain English words."""
        return is_glossed(self.embedder, locale)

    def live_revisions(self) -> list[StoredRevision]:
        """What is live, by its revisions."""
        live = self.store.live()
        return self.store.revisions(live.id) if live else []

    def diff(self, articles: Sequence[Article]) -> Diff:
        """What :meth:`publish` would change."""
        return compare(articles, self.live_revisions())

    def publish(
        self,
        articles: Sequence[Article],
        topics: Topics,
        progress: Progress = lambda *_: None,
        terms: Terms = Terms(),
    ) -> Published:
        """Make exactly these articles live. Raises IndexBroken when the built version fails; the old one stays live.
        Raises Outdated when another process published meanwhile."""
        with self._lock:
            live = self.store.live()
            before = self._revisions_of(live)
            return self._publish(live, before, before, compare(articles, before), topics, progress, terms)

    def publish_change(
        self,
        changed: Sequence[Article],
        removed: Collection[Key] = (),
        progress: Progress = lambda *_: None,
        base: Publication | None = None,
        terms: Terms = Terms(),
        topics: Topics | None = None,
    ) -> Published:
        """Add or replace articles and take others away; all else stays, the topics too unless they are given. Raises
        like :meth:`publish`, and Outdated when ``base`` is given and no longer live."""
        with self._lock:
            live = self.store.live()
            if base is not None and live != base:
                raise Outdated("something else was published meanwhile; look at it, then publish again")
            before = self._revisions_of(live)
            named = {article.key for article in changed}
            rest = [stored for stored in before if stored.key not in named]
            diff = compare(changed, [stored for stored in before if stored.key in named])
            diff.removed.extend(sorted(stored.key for stored in rest if stored.key in removed))
            diff.unchanged.extend(stored.key for stored in rest if stored.key not in removed)
            return self._publish(live, before, before, diff, topics or self._live_topics(), progress, terms)

    def restore(self, publication_id: int, progress: Progress = lambda *_: None, terms: Terms = Terms()) -> Published:
        """Make an earlier publication's articles and topics live again, as a new publication. A version that is kept
        is only opened. Raises like :meth:`publish`, and KeyError when there is no such publication."""
        with self._lock:
            if self.store.publication(publication_id) is None:
                raise KeyError(publication_id)
            live = self.store.live()
            before = self._revisions_of(live)
            wanted = self.store.revisions(publication_id)
            diff = Diff(unchanged=[stored.key for stored in wanted])
            topics = Topics.model_validate(self.store.topics(publication_id))
            return self._publish(live, before, wanted, diff, topics, progress, terms)

    def _revisions_of(self, publication: Publication | None) -> list[StoredRevision]:
        return self.store.revisions(publication.id) if publication else []

    def _live_topics(self) -> Topics:
        live = self.store.live()
        return Topics.model_validate(self.store.topics(live.id)) if live else Topics()

    def _publish(
        self,
        live: Publication | None,
        before: Sequence[StoredRevision],
        stored: Sequence[StoredRevision],
        diff: Diff,
        topics: Topics,
        progress: Progress,
        terms: Terms,
    ) -> Published:
        """``stored`` has the revisions of what is unchanged in ``diff``."""
        known = {revision.key: revision for revision in stored}
        content = {key: known[key].content_hash for key in diff.unchanged}
        content |= {article.key: article.content_hash for article in (*diff.added, *diff.changed)}
        counts = counts_of({stored.key: stored.content_hash for stored in before}, content)
        kb_version = kb_version_of(content, topics, self.embedder)
        unchanged = [known[key] for key in diff.unchanged]
        self.store.save_sources(unchanged, {key: text for key, text in terms.sources.items() if key in known})
        if live and live.kb_version == kb_version:
            return Published(live, counts, 0, switched=False)
        kept = {revision.id for revision in unchanged if revision.chunker == CHUNKER}
        stale = [revision.id for revision in unchanged if revision.chunker != CHUNKER]
        pieces = [(article, chunk(article)) for article in (*diff.added, *diff.changed, *self.store.articles(stale))]
        new_ids = self.store.save_revisions(pieces, terms.sources)
        after = sorted({*new_ids, *kept})
        version, embedded = self._built(Publication(0, kb_version), before, after, progress)
        try:
            self.embeddings([phrase for _, phrase in topics.sensitive_phrases()])
            base = live.id if live else 0
            dumped = topics.model_dump(mode="json")
            version.publication = self.store.publish(kb_version, after, counts, dumped, base, terms.also)
        except BaseException:
            version.close()
            raise
        self.shelf.put(version)
        self._tidy(version.publication)
        return Published(version.publication, counts, embedded, switched=True)

    def _built(
        self, publication: Publication, before: Sequence[StoredRevision], after: Sequence[int], progress: Progress
    ) -> tuple[Version, int]:
        """The version of the revisions ``after``, open, and the number of texts that were embedded for it."""
        with suppress(Exception):
            return self._open(self.folder / publication.kb_version, publication), 0
        change, embedded = self._change(before, after, progress)
        return self._version(publication, after, change, progress), embedded

    def open_live(self, progress: Progress = lambda *_: None) -> Publication | None:
        """Open what is live, at start; a version that is missing or does not open is built again from SQL."""
        with self._lock:
            publication = self.store.live()
            if publication is None:
                return None
            self.shelf.put(self._version(publication, None, None, progress))
            self._tidy(publication)
            return publication

    def follow(self) -> bool:
        """Open what another process made live, if it did; whether it did. What is on the Chroma server is left to
        those who publish."""
        live = self.store.live()
        if live is None or self._has(live):
            return False
        with self._lock:
            live = self.store.live()
            if live is None or self._has(live):
                return False
            self.shelf.put(self._version(live, None, None, lambda *_: None))
            return True

    def _has(self, publication: Publication) -> bool:
        opened = self.shelf.live
        return opened is not None and opened.publication == publication

    def is_kept(self, kb_version: str) -> bool:
        """Whether the version is still on disk, so that going back to it builds nothing."""
        return (self.folder / kb_version / "manifest.json").exists()

    def embeddings(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, shape (len(texts), width): stored ones where there are, else computed and stored."""
        digests = {text: text_hash(text) for text in texts}
        self._embed({digest: text for text, digest in digests.items()}, lambda *_: None)
        stored = self.store.vectors(self.embedder.name, list(digests.values()))
        return np.stack([stored[digests[text]] for text in texts]) if texts else np.zeros((0, 0), dtype=np.float32)

    def vectors_of(self, texts: dict[str, str], progress: Progress, keeps: bool) -> dict[str, NDArray[np.float32]]:
        """Vectors of texts by their hash, computed where none is stored; those are stored too if it ``keeps`` them."""
        if keeps:
            self._embed(texts, progress)
        found = self.store.vectors(self.embedder.name, list(texts))
        return found | {digest: self.embedder.vector(text) for digest, text in texts.items() if digest not in found}

    def _embed(self, texts: dict[str, str], progress: Progress) -> int:
        stored = self.store.known_vectors(self.embedder.name, list(texts))
        missing = [digest for digest in texts if digest not in stored]
        for start in range(0, len(missing), EMBED_BATCH):
            batch = missing[start : start + EMBED_BATCH]
            vectors = self.embedder.matrix([texts[digest] for digest in batch])
            self.store.save_vectors(self.embedder.name, batch, np.asarray(vectors, dtype=np.float32))
            progress("embed", start + len(batch), len(missing))
        return len(missing)

    def _version(
        self, publication: Publication, revision_ids: Sequence[int] | None, change: Change | None, progress: Progress
    ) -> Version:
        """The version of these revisions (None: the publication's), open: as it is on disk, else by ``change``, else
        from SQL alone, which has all that is needed whatever is damaged."""
        folder = self.folder / publication.kb_version
        with suppress(Exception):
            return self._open(folder, publication)
        if change and change.parent:
            with suppress(Exception):
                build_version(folder, folder.name, change, self._target, progress)
                return self._open(folder, publication)
            change = None
        if revision_ids is None:
            revision_ids = [stored.id for stored in self.store.revisions(publication.id)]
        whole = change or self._brought(revision_ids, progress)[0]
        build_version(folder, folder.name, whole, self._target, progress)
        return self._open(folder, publication)

    def _change(self, before: Sequence[StoredRevision], after: Sequence[int], progress: Progress) -> tuple[Change, int]:
        """From the live version, when it was cut and embedded as we do it now, else from nothing; and the number of
        texts that were embedded for it."""
        live = self.store.live()
        content = {stored.key: stored.content_hash for stored in before}
        if live is None or kb_version_of(content, self._live_topics(), self.embedder) != live.kb_version:
            return self._brought(after, progress)
        there, wanted = {stored.id for stored in before}, set(after)
        change, embedded = self._brought(sorted(wanted - there), progress)
        removed = frozenset(stored.key for stored in before if stored.id not in wanted)
        return replace(change, parent=self.folder / live.kb_version, removed=removed), embedded

    def _brought(self, revision_ids: Sequence[int], progress: Progress) -> tuple[Change, int]:
        bodies = self.store.bodies_of(revision_ids)
        meanings = Meanings.of(self.store.chunks(revision_ids), bodies, sayer(self.glosses))
        embedded = self._embed(meanings.texts, progress)
        vectors = self.store.vectors(self.embedder.name, list(meanings.texts))
        glossed = frozenset(filter(self.glosses, {piece.locale for piece in meanings.pieces}))
        return Change(meanings.pieces, vectors, units=meanings.units.stacked(vectors), glossed=glossed), embedded

    def _open(self, folder: Path, publication: Publication) -> Version:
        """Raises whatever a damaged store raises."""
        Manifest.read(folder)
        marker = folder / OPENING
        if marker.exists():
            raise IndexBroken(f"opening {folder} ended in a crash")
        marker.touch()
        version = Version(folder, publication)
        try:
            version.warm(self.embedder)
        except BaseException:
            version.close()
            raise
        marker.unlink()
        return version

    def _tidy(self, live: Publication) -> None:
        """Remove versions beyond the last few, stores that none of those uses, and scraps of builds cut off."""
        manifests: dict[str, Manifest] = {}
        for path in self.folder.iterdir():
            with suppress(IndexBroken):
                manifests[path.name] = Manifest.read(path)
        newest = sorted(manifests, key=lambda name: -(self.folder / name / "manifest.json").stat().st_mtime)
        stay = self.shelf.busy() | {live.kb_version} | set(newest[: self._keep])
        used = [manifests.pop(name) for name in stay & manifests.keys()]
        stay |= {manifest.store for manifest in used}
        for path in self.folder.iterdir():
            if path.name not in stay:
                shutil.rmtree(path, ignore_errors=True)
        if self._target:
            self._drop({entry.base for manifest in manifests.values() for entry in manifest.collections}, used)

    def _drop(self, collections: Set[str], used: Sequence[Manifest]) -> None:
        """Delete what removed versions had on the Chroma server, unless others use it."""
        if gone := collections - {entry.base for manifest in used for entry in manifest.collections}:
            index = Index(self._target)
            index.drop(gone)
            index.close()
