"""Chunk: the pieces of an article that are embedded and found, with stable ids.

An article yields one chunk for its title, one for each known phrasing, and one for each stretch of its body that
fits the embedder. A body is cut at headings first, then between blocks, then between list items or sentences; a
step keeps its number, and a table is never cut.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ingest.article import Article
from ingest.sentences import split_sentences

CHUNKER = "2"
"""Raise it when cutting changes: it is part of what a certificate is bound to."""
MAX_WORDS = 80
"""Words of body in a chunk. Of 25, 50, 80 and 150, 80 ranked best on all public sets; it is far below 256 tokens."""

Part = Literal["title", "question", "body"]
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|\*|`|(?<=\s)_|_(?=\s))")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stored piece. ``text`` is the editor's Markdown; ``indexed`` is what embedder and BM25 read."""

    id: str
    article_id: str
    locale: str
    part: Part
    ordinal: int
    section: str
    text: str
    indexed: str

    @property
    def content_hash(self) -> str:
        """sha256 of what is embedded; the key of the stored embedding."""
        return hashlib.sha256(self.indexed.encode()).hexdigest()


def plain(markdown: str) -> str:
    """Markdown without its marks, for embedding and for matching words. Numbers of steps stay."""
    text = _LINK.sub(r"\1", markdown)
    text = re.sub(r"^\s*#+\s*", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*[-*+]\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*\|?[\s:|-]+\|[\s:|-]*$", "", text, flags=re.MULTILINE)
    text = text.replace("|", " ")
    return " ".join(_MARKS.sub("", text).split())


def chunk(article: Article) -> list[Chunk]:
    """The chunks of one article, in reading order. Equal texts within an article are stored once."""
    chunks: list[Chunk] = []
    seen: set[str] = set()

    def add(part: Part, section: str, text: str, indexed: str) -> None:
        digest = hashlib.sha256(f"{part}\0{indexed}".encode()).hexdigest()[:16]
        if digest in seen or not indexed:
            return
        seen.add(digest)
        chunks.append(
            Chunk(
                id=f"{article.id}@{article.locale}#{digest}",
                article_id=article.id,
                locale=article.locale,
                part=part,
                ordinal=len(chunks),
                section=section,
                text=text,
                indexed=indexed,
            )
        )

    add("title", "", article.title, article.title)
    for question in article.questions:
        add("question", "", question, question)
    for section, text in cut(article.body):
        heading = " > ".join([article.title, section]) if section else article.title
        add("body", section, text, f"{heading}\n{plain(text)}")
    return chunks


def cut(body: str) -> list[tuple[str, str]]:
    """``(heading path, Markdown)`` of each stretch of ``body``, at most MAX_WORDS long unless a table or step is."""
    pieces: list[tuple[str, str]] = []
    for section, blocks in _sections(body):
        open_piece: list[str] = []
        words = 0
        for block in blocks:
            size = len(block.split())
            if open_piece and words + size > MAX_WORDS and not _leads(open_piece[-1]):
                pieces.append((section, "\n\n".join(open_piece)))
                open_piece, words = [], 0
            open_piece.append(block)
            words += size
        if open_piece or section:
            pieces.append((section, "\n\n".join(open_piece)))
    return [(section, _tight_lists(text)) for section, text in pieces]


def _sections(body: str) -> Iterator[tuple[str, list[str]]]:
    """Heading path and the blocks that stand under it, each block at most MAX_WORDS long where it can be cut."""
    lines = body.split("\n")
    path: list[tuple[int, str]] = []
    blocks: list[str] = []
    for node in SyntaxTreeNode(_MARKDOWN.parse(body)).children:
        if node.map is None:
            continue
        source = "\n".join(lines[node.map[0] : node.map[1]]).strip("\n")
        if node.type == "heading":
            level = int(node.tag[1:])
            if blocks or (path and path[-1][0] >= level):
                yield " > ".join(title for _, title in path), blocks
                blocks = []
            path = [(depth, title) for depth, title in path if depth < level]
            path.append((level, plain(source)))
        elif node.type in ("bullet_list", "ordered_list"):
            blocks.extend(_items(node, lines))
        elif node.type == "table" or len(source.split()) <= MAX_WORDS:
            blocks.append(source)
        else:
            blocks.extend(_pack(split_sentences(source)))
    if blocks or path:
        yield " > ".join(title for _, title in path), blocks


def _items(node: SyntaxTreeNode, lines: list[str]) -> Iterator[str]:
    for item in node.children:
        if item.map is not None:
            yield "\n".join(lines[item.map[0] : item.map[1]]).strip("\n")


def _pack(sentences: Iterable[str]) -> Iterator[str]:
    packed: list[str] = []
    words = 0
    for sentence in _bounded(sentences):
        size = len(sentence.split())
        if packed and words + size > MAX_WORDS:
            yield " ".join(packed)
            packed, words = [], 0
        packed.append(sentence)
        words += size
    if packed:
        yield " ".join(packed)


def _bounded(sentences: Iterable[str]) -> Iterator[str]:
    """Sentences, those without an end cut where a piece is full."""
    for sentence in sentences:
        words = sentence.split()
        if len(words) <= MAX_WORDS:
            yield sentence
        else:
            yield from (" ".join(words[start : start + MAX_WORDS]) for start in range(0, len(words), MAX_WORDS))


def _leads(block: str) -> bool:
    """Whether ``block`` announces what follows it ("Do this:"), and so must not be parted from it."""
    return block.rstrip().endswith(":")


def _tight_lists(text: str) -> str:
    """List items back together with one line break, as the editor wrote them."""
    item = r"(?:[-*+]|\d+[.)])\s"
    return re.sub(rf"(^\s*{item}[^\n]*(?:\n[^\n]+)*)\n\n(?=\s*{item})", r"\1\n", text, flags=re.MULTILINE)
