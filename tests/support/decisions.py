"""Decisions that say little more than what a test looks at."""

from typing import Any

from app.answer.types import Certificate, Citation, Decision

CERTIFICATE = Certificate(certified=False, alpha=0.05, delta=0.05, n=0, threshold=0.5, coverage=None)


def decision(**fields: Any) -> Decision:
    """An answer without words in English, in articles' own words; ``fields`` say otherwise."""
    usual: dict[str, Any] = {
        "outcome": "answer",
        "text": "",
        "confidence": 0.5,
        "topic": "general",
        "queue": "general",
        "mode": "verbatim",
        "locale": "en",
        "kb_version": "",
        "certificate": CERTIFICATE,
    }
    return Decision.model_validate(usual | fields)


def cited(article: str, quote: str = "") -> Citation:
    """A citation of an article."""
    return Citation(article_id=article, revision=1, locale="en", title="", section="", quote=quote)
