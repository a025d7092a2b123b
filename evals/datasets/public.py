"""Loaders for the public sets below EVAL_DATA: documents as articles, and the questions about them."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.answer.types import HistoryTurn, VisitorAudience
from ingest.article import Article, Audience

EVAL_DATA = Path(os.environ.get("EVAL_DATA", Path(__file__).parents[3] / "shared" / "datasets"))
_NOT_SLUG = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class EvalQuestion:
    """A question with what a right answer cites; ``relevant`` is empty when no article answers it."""

    id: str
    text: str
    relevant: frozenset[str]
    audience: VisitorAudience = "buyer"
    locale: str = "en"
    history: tuple[HistoryTurn, ...] = ()
    exclude: frozenset[str] = frozenset()
    group: str = ""
    tags: frozenset[str] = field(default_factory=frozenset)


def slug(document_id: str) -> str:
    """A document's id as an article's."""
    return _NOT_SLUG.sub("-", document_id).strip("-._")[:120]


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a file below EVAL_DATA. Raises FileNotFoundError when the set is not there."""
    with (EVAL_DATA / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def articles(folder: str, audience: tuple[Audience, ...] | None = None) -> list[Article]:
    """A set's documents as FAQ articles, ``variants`` as their questions; ``audience`` overrides the set's own."""
    return [_article(row, audience) for row in rows(f"{folder}/documents.jsonl")]


def _article(row: dict[str, Any], audience: tuple[Audience, ...] | None) -> Article:
    given = row.get("audience") or ["buyer"]
    own = tuple(given) if isinstance(given, list) else (("buyer", "seller") if given == "both" else (given,))
    readers = audience or tuple(a for a in own if a in ("buyer", "seller")) or ("buyer",)
    return Article(
        id=slug(row["id"]),
        title=row["title"] or row["id"],
        kind="faq",
        audience=readers,
        questions=tuple(row.get("variants") or ()),
        body=row["text"],
    )


def questions(file: str, audience: VisitorAudience = "buyer") -> Iterator[EvalQuestion]:
    """A set's questions, all asked as ``audience``."""
    for row in rows(file):
        yield EvalQuestion(
            id=row["id"],
            text=row["text"],
            relevant=frozenset(map(slug, row["relevant_doc_ids"])) if row["answerable"] else frozenset(),
            audience=audience,
            history=tuple(
                HistoryTurn(role="user" if turn["role"] == "user" else "assistant", text=turn["text"])
                for turn in row.get("history") or ()
            ),
            exclude=frozenset(map(slug, row.get("exclude_doc_ids") or ())),
            group=file.split("/", maxsplit=1)[0],
        )
