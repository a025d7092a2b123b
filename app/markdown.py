"""Articles as HTML: only what Markdown makes, never HTML that an author typed."""

import re
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_ARTICLE_LINK = re.compile(r"^article:([A-Za-z0-9._-]+)$")
_SAFE = ("http", "https", "mailto", "")


def _safe(url: str) -> bool:
    return urlsplit(url).scheme.lower() in _SAFE


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_MARKDOWN.validateLink = lambda url: bool(_ARTICLE_LINK.match(url)) or _safe(url)  # type: ignore[method-assign]


def to_html(markdown: str, link_query: str = "") -> str:
    """Safe HTML; ``article:id`` links become ``/articles/id`` with ``link_query`` behind them."""
    tokens = _MARKDOWN.parse(markdown)
    _rewrite(tokens, link_query)
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return html


def _rewrite(tokens: list[Token], link_query: str) -> None:
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
