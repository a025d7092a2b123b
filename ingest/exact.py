"""Exact: a version's collections searched by comparing every vector, without its Chroma store.

The store belongs to one process. Whoever only measures, such as a calibration in a process of its own, needs the rest
of the version's folder and no more.
"""

from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.article import Audience, Kind
from ingest.collection import Collection
from ingest.content import Content
from ingest.lexical import LexicalIndex
from ingest.version import Manifest


def exact_collections(folder: Path, kind: Kind) -> dict[tuple[Audience, str], Collection]:
    """The collections of one kind by audience and locale. Raises IndexBroken when the folder is no complete version."""
    found: dict[tuple[Audience, str], Collection] = {}
    for entry in Manifest.read(folder).collections:
        if entry.kind == kind:
            content = Content.load(folder / entry.name)
            found[entry.audience, entry.locale] = exact_collection(
                content, kind, entry.audience, entry.locale, entry.glossed
            )
    return found


def exact_collection(content: Content, kind: Kind, audience: Audience, locale: str, glossed: bool) -> Collection:
    """One collection that compares every vector."""
    nearest = partial(_nearest, content.vectors.astype(np.float32), content.rows.ids)
    lexical = LexicalIndex(content.terms, locale)
    place = kind, audience, locale
    return Collection(*place, content.rows, content.vectors, lexical, nearest, content.units, glossed=glossed)


def _nearest(vectors: NDArray[np.float32], ids: list[str], vector: NDArray[np.float32], limit: int) -> list[str]:
    similarity = vectors @ vector
    best = np.argpartition(-similarity, min(limit, len(ids) - 1))[:limit]
    return [ids[row] for row in best[np.argsort(-similarity[best])]]
