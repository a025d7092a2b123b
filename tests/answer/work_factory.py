"""Passages, matches and Works that tests of answering begin with."""

from typing import Any

from app.answer.types import Question, Work, silent
from ingest.ranking import Match
from ingest.store import Passage


def passage(text: str, article_id: str = "a", **fields: Any) -> Passage:
    """A passage of an English article."""
    given: dict[str, Any] = {
        "revision": 1,
        "locale": "en",
        "topic": "general",
        "title": "About refunds",
        "part": "body",
        "ordinal": 1,
    }
    given |= {"section": "", "chunk_id": f"{article_id}@en#{abs(hash(text))}", **fields}
    return Passage(article_id=article_id, text=text, **given)


def match(article_id: str, score: float) -> Match:
    """A match whose every signal is its score."""
    signals = (
        "score",
        "best",
        "mean",
        "title",
        "phrasing",
        "body",
        "lexical_share",
        "lexical_reach",
        "spread",
        "sentence",
        "overall",
        "centroid",
    )
    values: dict[str, Any] = dict.fromkeys(signals, score)
    return Match(article_id=article_id, locale="en", chunk_ids=(), **values)


def work(asked: str = "how long does a refund take", **fields: Any) -> Work:
    """A Work on its way; ``question_*`` fields are those of its Question."""
    question = {
        name.removeprefix("question_"): fields.pop(name) for name in list(fields) if name.startswith("question_")
    }
    return Work(Question(text=asked, **question), silent, deadline=float("inf"), asked=asked, **fields)
