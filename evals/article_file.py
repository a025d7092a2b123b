"""Article file: an Article written as editors write it, Markdown with front matter."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from ingest.article import Article


def to_markdown(article: Article) -> str:
    """The file's text; ``ingest.article.parse`` gives the same article back."""
    fields = article.model_dump(mode="python", exclude={"body"}, exclude_defaults=True)
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    head = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100_000)
    return f"---\n{head}---\n\n{article.body}\n"


def write_folder(articles: Iterable[Article], folder: Path) -> int:
    """One file an article, named after its id; ``folder`` is made when it is missing. Returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for article in articles:
        name = article.id if article.locale == "en" else f"{article.id}.{article.locale}"
        (folder / f"{name}.md").write_text(to_markdown(article), encoding="utf-8", newline="\n")
        written += 1
    return written
