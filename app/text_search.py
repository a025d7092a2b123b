"""Search in text that people wrote, on both databases: parts of words, without regard to capitals."""

from typing import Any

from sqlalchemy import func
from sqlalchemy.sql.elements import ColumnElement

MAX_WORDS = 8


def words_of(query: str) -> list[str]:
    """The words to look for, at most MAX_WORDS, each once."""
    return list(dict.fromkeys(query.lower().split()))[:MAX_WORDS]


def says(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Whether a text holds a word; ``%`` and ``_`` in it stand for themselves. ``lower`` knows every alphabet: SQLite's
    connections have their own (see ``app.db``)."""
    return func.lower(column).contains(word.lower(), autoescape=True)
