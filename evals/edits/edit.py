"""Edit: articles of ours as an editor would have changed them, and the hands that change them."""

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ingest.article import Article
from ingest.revisions import Key

Split = Literal["dev", "test"]
"""``test`` is for the last measurement: nothing of the gate is chosen by it."""
Articles = Mapping[Key, Article]


@dataclass(frozen=True)
class Edit:
    """``changed`` are whole articles as they would be, ``removed`` the keys of those that would be gone."""

    name: str
    split: Split
    changed: Callable[[Articles], list[Article]]
    removed: tuple[Key, ...] = ()


def to_one(name: str, split: Split, key: str, change: Callable[[Article], Article], locale: str = "en") -> Edit:
    """A change of one article."""
    return Edit(f"{name}: {key}", split, lambda articles: [change(articles[key, locale])])


def rewritten(article: Article, **fields: Any) -> Article:
    """With other fields, checked as a file's are."""
    return Article.model_validate({**article.model_dump(), **fields})


def put(article: Article, *pairs: tuple[str, str]) -> Article:
    """Each first text replaced by the second, wherever it stands. Raises ValueError when it stands nowhere."""
    body = article.body
    for old, new in pairs:
        if old not in body:
            raise ValueError(f"{article.id} ({article.locale}) does not say “{old}”; mend the edit")
        body = body.replace(old, new)
    return rewritten(article, body=body)


def cut(article: Article, *holding: str) -> Article:
    """Without the lines that hold these texts. Raises ValueError when none does."""
    lines = article.body.split("\n")
    for text in holding:
        kept = [line for line in lines if text not in line]
        if len(kept) == len(lines):
            raise ValueError(f"{article.id} ({article.locale}) does not say “{text}”; mend the edit")
        lines = kept
    return rewritten(article, body="\n".join(lines))


def without_section(article: Article, heading: str) -> Article:
    """Without a heading and what stands under it."""
    found = re.search(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", article.body, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"{article.id} has no section “{heading}”; mend the edit")
    return rewritten(article, body=article.body.replace(found[0], ""))


def added(article: Article, text: str) -> Article:
    """With a paragraph more at the end."""
    return rewritten(article, body=f"{article.body}\n\n{text}")


def wrapped(article: Article, width: int = 60) -> Article:
    """With paragraphs broken into short lines."""
    blocks = article.body.split("\n\n")
    plain = [block if re.match(r"[#|\-*\d]", block) else "\n".join(textwrap.wrap(block, width)) for block in blocks]
    return rewritten(article, body="\n\n".join(plain))


def starred(article: Article) -> Article:
    """With lists marked by ``*``, and headings one level down."""
    body = re.sub(r"^- ", "* ", article.body, flags=re.MULTILINE)
    return rewritten(article, body=re.sub(r"^## ", "### ", body, flags=re.MULTILINE))


def without_bold(article: Article) -> Article:
    """Without bold type."""
    return rewritten(article, body=article.body.replace("**", ""))


def one_a_paragraph(article: Article) -> Article:
    """With every sentence of the first paragraph in a paragraph of its own."""
    first, _, rest = article.body.partition("\n\n")
    return rewritten(article, body=first.replace(". ", ".\n\n") + "\n\n" + rest)


def padded_tables(article: Article) -> Article:
    """With tables as an editor program aligns them."""
    lines = [
        "| " + " | ".join(cell.strip().ljust(24) for cell in line.strip("|").split("|")) + " |"
        if line.startswith("|") and not set(line) <= set("|-: ")
        else line
        for line in article.body.split("\n")
    ]
    return rewritten(article, body="\n".join(lines))


def faq(article_id: str, title: str, audience: tuple[str, ...], questions: tuple[str, ...], body: str) -> Article:
    """A new article."""
    fields = {"id": article_id, "title": title, "kind": "faq", "audience": audience, "questions": questions}
    return Article.model_validate({**fields, "body": body})
