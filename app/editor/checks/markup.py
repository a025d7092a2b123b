"""Markup: links and images of a Markdown text, as the help centre's renderer reads them, with their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_READER.validateLink = lambda url: True  # type: ignore[method-assign]  # those that the renderer drops are findings
_HTML = re.compile(
    r"<(img|a|table|div|span|p|br|iframe|script|b|i|strong|em|u|ul|ol|li|h[1-6])\b[^>\n]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Target:
    """A link or an image: ``line`` counts from 0 within the text."""

    kind: str
    address: str
    words: str
    line: int


def targets(markdown: str) -> Iterator[Target]:
    """Every link and image, in order."""
    for token in _READER.parse(markdown):
        line = token.map[0] if token.map else 0
        if token.type != "inline":
            continue
        children = token.children or []
        for at, child in enumerate(children):
            if child.type == "softbreak":
                line += 1
            elif child.type == "image":
                yield Target("image", str(child.attrGet("src") or ""), child.content.strip(), line)
            elif child.type == "link_open":
                inner: list[str] = []
                for after in children[at + 1 :]:
                    if after.type == "link_close":
                        break
                    inner.append(after.content)
                yield Target("link", str(child.attrGet("href") or ""), "".join(inner).strip(), line)


def html_tags(markdown: str) -> Iterator[tuple[str, int]]:
    """HTML that somebody typed outside code, with its line: visitors would see it as text."""
    for token in _READER.parse(markdown):
        line = token.map[0] if token.map else 0
        for child in token.children or []:
            if child.type == "softbreak":
                line += 1
            elif child.type == "text":
                for found in _HTML.finditer(child.content):
                    yield found[0], line
