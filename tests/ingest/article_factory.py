"""Articles and article files that tests begin with."""

from typing import Any

from ingest.article import Article

HEAD = "id: a\ntitle: T\nkind: faq\naudience: [buyer]"
"""The required fields, on lines 2 to 5 of :func:`source`."""


def faq(article_id: str = "a", body: str = "A body.", **fields: Any) -> Article:
    """A valid FAQ for buyers, with what the test says differently."""
    given = {"title": f"About {article_id}", "kind": "faq", "audience": ("buyer",), **fields}
    return Article(id=article_id, body=body, **given)


def source(front_matter: str = HEAD, body: str = "A body.") -> str:
    """The text of an article file."""
    return f"---\n{front_matter}\n---\n\n{body}\n"
