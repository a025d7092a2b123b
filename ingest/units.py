"""Units: the pieces of a body that can be quoted, and whose vectors tell how well an article answers."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.chunk import plain
from ingest.sentences import split_sentences

ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
"""How a list's item begins."""
_HEADING = re.compile(r"^\s*#+\s")

Kind = Literal["sentence", "item", "row"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotable piece. ``block`` numbers paragraphs, lists and tables within the chunk; ``head`` is a table's head."""

    kind: Kind
    text: str
    block: int
    head: str = ""


def units_of(markdown: str) -> list[Unit]:
    """The units of a chunk, in order."""
    units: list[Unit] = []
    for number, block in enumerate(_blocks(markdown)):
        first = block[0]
        if ITEM.match(first):
            units += [Unit("item", item, number) for item in _items(block)]
        elif "|" in first and len(block) > 2 and set(block[1].strip()) <= set("|-: "):
            head = "\n".join(block[:2])
            units += [Unit("row", row.strip(), number, head) for row in block[2:]]
        elif not _HEADING.match(first):
            units += [Unit("sentence", sentence, number) for sentence in split_sentences(_flowing(block))]
    return units


def _flowing(lines: Sequence[str]) -> str:
    """A paragraph without the line breaks that Markdown reads as blanks: a sentence may go on in the next line."""
    return "".join(line + "\n" if line.endswith(("  ", "\\")) else line.rstrip() + " " for line in lines).rstrip()


def _blocks(markdown: str) -> list[list[str]]:
    """Lines of each paragraph, list or table; a list begins a block of its own."""
    blocks: list[list[str]] = []
    open_kind = ""
    for line in markdown.split("\n"):
        if not line.strip():
            if open_kind != "item":
                open_kind = ""
            continue
        kind = "item" if ITEM.match(line) else "row" if line.lstrip().startswith("|") else "text"
        if open_kind == "item" and kind == "text" and line.startswith((" ", "\t")):
            kind = "item"
        if blocks and kind == open_kind:
            blocks[-1].append(line)
        else:
            blocks.append([line])
        open_kind = kind
    return blocks


def _items(lines: Sequence[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if ITEM.match(line) and not (items and line.startswith((" ", "\t"))):
            items.append(line.rstrip())
        else:
            items[-1] += "\n" + line.rstrip()
    return items


def readable(unit: Unit) -> str:
    """A unit as a sentence would be read: for embedding and comparing."""
    return plain(f"{unit.head.split(chr(10))[0]} {unit.text}" if unit.head else unit.text)


@dataclass(frozen=True)
class UnitTexts:
    """What the units of some chunks say: ``texts`` by their hash, and the hashes of each chunk's, by its id."""

    texts: dict[str, str]
    chunks: dict[str, list[str]]

    @classmethod
    def of(cls, bodies: Mapping[str, str], say: Callable[[str, str], str] = lambda _, text: text) -> "UnitTexts":
        """Of the Markdown of body chunks, by chunk id; ``say`` gets a chunk's id and a text of it, and returns what is
        embedded of that."""
        texts: dict[str, str] = {}
        chunks: dict[str, list[str]] = {}
        for chunk_id, markdown in bodies.items():
            said = [say(chunk_id, readable(unit)) for unit in units_of(markdown)]
            chunks[chunk_id] = [text_hash(text) for text in said]
            texts.update(zip(chunks[chunk_id], said, strict=True))
        return cls(texts, chunks)

    def stacked(self, vectors: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
        """Vectors of each chunk's units, shape (units, width), from those of all texts by hash."""
        return {chunk: np.stack([vectors[one] for one in hashes]) for chunk, hashes in self.chunks.items() if hashes}


def text_hash(text: str) -> str:
    """The key of a text's stored embedding."""
    return hashlib.sha256(text.encode()).hexdigest()
