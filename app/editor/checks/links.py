"""Links: to articles that are not live or not for these readers, to hosts that are not ours, and to nowhere."""

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import urlsplit

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding
from app.editor.checks.markup import html_tags, targets
from ingest.article import Article

_ARTICLE = re.compile(r"^article:(.*)$")
_PAGE = re.compile(r"^/articles/([A-Za-z0-9._-]+)")
Find = Callable[[str], list[Article]]
"""The live articles of an id, in every language."""


def links(draft: Draft, find: Find, hosts: Collection[str]) -> Iterator[Finding]:
    """``hosts`` may be linked to, and so may their subdomains."""
    for target in targets(draft.article.body):
        if target.kind != "link":
            continue
        found = _about(draft.article, target.address, find, hosts)
        if found:
            severity, message, cure = found
            yield Finding(
                check="link",
                severity="error" if severity == "error" else "warning",
                message=message,
                cure=cure,
                line=draft.body_line + target.line,
                quote=target.words or target.address,
            )
    for tag, line in html_tags(draft.article.body):
        yield Finding(
            check="link" if tag[1:2].lower() == "a" else "format",
            severity="warning",
            message=f"`{tag[:40]}` is HTML, and visitors would see it as text.",
            cure="Write it in Markdown.",
            line=draft.body_line + line,
            quote=tag[:200],
        )


def _about(article: Article, address: str, find: Find, hosts: Collection[str]) -> tuple[str, str, str] | None:
    named = _ARTICLE.match(address) or _PAGE.match(address)
    if named:
        return _article(article, named[1], find)
    parts = urlsplit(address)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    if scheme == "mailto":
        return None
    if scheme not in ("http", "https", ""):
        return "error", f"The help centre drops links that begin with `{scheme}:`.", "Link to an https page."
    if not scheme and not host:
        return (
            "error",
            f"`{address or 'an empty address'}` leads nowhere from a help-centre page.",
            "Link to an article as `article:ID`, or to a whole https address.",
        )
    if scheme == "http":
        return "warning", f"The link to {host} is not encrypted.", "Use https."
    if not any(host == known or host.endswith(f".{known}") for known in hosts):
        return (
            "warning",
            f"{host} is not one of the hosts that articles may link to.",
            "Take the link away, or have the host added to LINK_HOSTS.",
        )
    return None


def _article(article: Article, target: str, find: Find) -> tuple[str, str, str] | None:
    live = find(target)
    if target == article.id:
        return "warning", "The article links to itself.", "Take the link away, or link to the article you meant."
    if not live:
        return "error", f"No article `{target}` is live.", "Correct the id, or publish that article first."
    if article.kind == "faq" and all(other.kind == "sop" for other in live):
        return "error", f"`{target}` is an internal procedure, which visitors cannot open.", "Link to a FAQ instead."
    readers = set[str]().union(*(other.audience for other in live))
    missing = [] if article.kind == "sop" else sorted(set(article.audience) - readers)
    if missing:
        return (
            "warning",
            f"`{target}` is not shown to {' and '.join(f'{one}s' for one in missing)}, who read this article.",
            "Link to an article for the same readers.",
        )
    return None
