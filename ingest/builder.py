"""Builder: a version's folder made aside, whole or as a change of its predecessor, and verified before it is read."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.article import Audience, Kind
from ingest.content import Content
from ingest.errors import IndexBroken
from ingest.store import StoredChunk
from ingest.version import CollectionEntry, Manifest

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, what is done and what there is to do."""
Place = tuple[Kind, Audience, str]

MAX_ASIDE = 1_000
"""Rows that Chroma lacks, and rows that only Chroma still has, up to which a collection keeps its predecessor's part
in Chroma: new rows are compared exactly until then, which costs a search 0.1 ms at most."""
BUILD_TIMEOUT = 1_800.0
STORE = "chroma-"
"""How names of Chroma stores begin, beside the versions' folders."""


@dataclass(frozen=True)
class Change:
    """Chunks to bring in, with vectors by content hash and those of their units by chunk id; into the complete version
    in the folder ``parent``, if any, without its articles (id, locale) in ``removed``, which include those that
    ``chunks`` has newer texts of. ``glossed`` are locales of which plain English words were embedded."""

    chunks: Sequence[StoredChunk]
    vectors: Mapping[str, NDArray[np.float32]]
    parent: Path | None = None
    removed: AbstractSet[tuple[str, str]] = frozenset()
    units: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    glossed: AbstractSet[str] = frozenset()


def build_version(folder: Path, kb_version: str, change: Change, target: str, progress: Progress) -> None:
    """Write and verify ``folder``. Raises IndexBroken, and leaves nothing behind, when it cannot."""
    before = Manifest.read(change.parent) if change.parent else None
    with _scratch(folder) as scratch:
        entries, complete = _write(scratch, change, before, target)
        if before and complete:
            manifest = Manifest(kb_version, target, before.store, entries)
        else:
            store = folder.parent / before.store if before and before.store else None
            manifest = _index(scratch, folder.parent, Manifest(kb_version, target, "", entries), store, progress)
        manifest.write(scratch)
        shutil.rmtree(folder, ignore_errors=True)
        scratch.rename(folder)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder to fill and to rename to ``folder``; what is left of it in the end is removed."""
    scratch = folder.with_name(f".{folder.name}.tmp")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write(scratch: Path, change: Change, before: Manifest | None, target: str) -> tuple[list[CollectionEntry], bool]:
    """Every collection's folder, and whether the predecessor's store has all that they need of Chroma."""
    places: dict[Place, list[StoredChunk]] = defaultdict(list)
    for piece in change.chunks:
        for audience in piece.audiences:
            places[piece.kind, audience, piece.locale].append(piece)
    old = {(entry.kind, entry.audience, entry.locale): entry for entry in before.collections} if before else {}
    entries: list[CollectionEntry] = []
    complete = True
    for place in sorted({*places, *old}):
        brought = Content.of(places[place], change.vectors, place[2], change.units)
        previous = old.get(place)
        if previous is None or change.parent is None:
            content, missing = brought, None
        else:
            source = change.parent / previous.name
            content = Content.load(source)
            removed = {article for article, locale in change.removed if locale == place[2]} & set(content.rows.articles)
            if not removed and not brought.rows.ids:
                shutil.copytree(source, scratch / previous.name, copy_function=_link)
                entries.append(previous)
                continue
            ids = content.rows.ids
            content = content.changed(removed, brought)
            missing = None if target else _aside(ids, previous, content.rows.ids)
        if not content.rows.ids:
            continue
        kind, audience, locale = place
        name = f"{kind}-{audience}-{locale}-{content.digest()[:12]}"
        content.save(scratch / name)
        rows = len(content.rows.ids)
        if previous and missing is not None:
            parts = previous.base, previous.stored, missing
        else:
            complete = False
            parts = name, rows, list[int]()
        glossed = previous.glossed if previous and change.parent else locale in change.glossed
        entries.append(CollectionEntry(name, *place, rows, *parts, glossed))
    return entries, complete


def _aside(before: Sequence[str], previous: CollectionEntry, after: Sequence[str]) -> list[int] | None:
    """The rows to compare exactly when Chroma's part stays as it was; None when that would be too much."""
    found = set(before) - {before[row] for row in previous.missing}
    missing = [row for row, chunk_id in enumerate(after) if chunk_id not in found]
    gone = previous.stored - (len(after) - len(missing))
    return missing if max(len(missing), gone) <= MAX_ASIDE else None


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # this file system has no hard links
        shutil.copy2(source, target)


def _index(scratch: Path, folder: Path, manifest: Manifest, parent: Path | None, progress: Progress) -> Manifest:
    """Build and verify the part in Chroma, from a copy of the predecessor's store when there is one."""
    chroma = scratch / "chroma"
    if parent:
        shutil.copytree(parent, chroma)
    fields = ("name", "base", "stored", "missing")
    plan = {
        "target": manifest.target or str(chroma),
        "prune": not manifest.target,
        "collections": [{field: getattr(entry, field) for field in fields} for entry in manifest.collections],
    }
    (scratch / "plan.json").write_text(json.dumps(plan))
    missing = _run(scratch / "plan.json", progress)
    store = ""
    if not manifest.target:
        store = f"{STORE}{secrets.token_hex(6)}"
        chroma.rename(folder / store)
    return replace(
        manifest,
        store=store,
        collections=[replace(entry, missing=missing[entry.name]) for entry in manifest.collections],
    )


def _run(plan: Path, progress: Progress) -> dict[str, list[int]]:
    """Build and verify in a process of its own, which a damaged store may crash in our stead."""
    with subprocess.Popen(
        [sys.executable, "-m", "ingest.index", str(plan)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        missing: dict[str, list[int]] | None = None
        for line in child.stdout:
            message = json.loads(line)
            if "missing" in message:
                missing = message["missing"]
            else:
                progress(message["stage"], message["done"], message["total"])
        errors = child.stderr.read()
        code = child.wait(BUILD_TIMEOUT)
    if code or missing is None:
        last = errors.strip().rsplit("\n", 1)[-1]
        raise IndexBroken(f"the new knowledge version could not be verified (exit {code}): {last}; nothing was changed")
    return missing
