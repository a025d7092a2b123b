"""Articles as HTML: only what Markdown makes, never HTML that an author typed."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ARTICLE_LINK = re.compile(r"^article:([A-Za-z0-9._-]+)$")
_SAFE = ("http", "https", "mailto", "")


def _safe(url: str) -> bool:
    return urlsplit(url).scheme.lower() in _SAFE


@lru_cache(maxsize=1)
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  a server starts without it

    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    reader.validateLink = lambda url: bool(_ARTICLE_LINK.match(url)) or _safe(url)  # type: ignore[method-assign]
    return reader


def to_html(markdown: str, link_query: str = "") -> str:
    """Safe HTML; ``article:id`` links become ``/articles/id`` with ``link_query`` behind them."""
    reader = _reader()
    tokens = reader.parse(markdown)
    _rewrite(tokens, link_query)
    html: str = reader.renderer.render(tokens, reader.options, {})
    return html


def _rewrite(tokens: "list[Token]", link_query: str) -> None:
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            found = _ARTICLE_LINK.match(href)
            if found:
                token.attrSet("href", f"/articles/{quote(found[1])}{link_query}")
            else:
                token.attrSet("rel", "noopener noreferrer")
        elif (token.type == "heading_open" and token.tag == "h1") or (
            token.type == "heading_close" and token.tag == "h1"
        ):
            token.tag = "h2"
        if token.children:
            _rewrite(token.children, link_query)
