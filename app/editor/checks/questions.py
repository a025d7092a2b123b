"""Questions: an article that answers several, so that none of them finds it well."""

import re
from collections.abc import Iterator

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding

MANY = 3
"""Headings that ask a question each. Two are often the article's own question taken further."""
_HEADING = re.compile(r"^\s*(?:#+\s*(?P<head>.+?)\s*#*|(?:\*\*|__)(?P<bold>[^*_]+)(?:\*\*|__))\s*$")
_QA = re.compile(r"^\s*(?:[-*]\s*)?(?:\*\*|__)?(?:Q|P|Question|Pregunta|Pergunta)\s?\d*\s?[:.)]", re.IGNORECASE)


def questions(draft: Draft) -> Iterator[Finding]:
    """Several headings that are questions, or a list of "Q:" and "A:"."""
    asked: list[tuple[int, str]] = []
    for number, line in enumerate(draft.article.body.split("\n")):
        found = _HEADING.match(line)
        text = (found["head"] or found["bold"]).strip() if found else ""
        if text.endswith("?") or _QA.match(line):
            asked.append((number, text or line.strip()))
    if len(asked) >= MANY:
        yield Finding(
            check="questions",
            severity="warning",
            message=f"The article answers {len(asked)} questions of its own.",
            cure="Give each question an article, and link them to each other.",
            line=draft.body_line + asked[1][0],
            quote=" · ".join(text for _, text in asked)[:300],
        )
