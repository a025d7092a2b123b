"""Length: what the assistant would have to cut when it quotes."""

import re
from collections.abc import Iterator
from itertools import groupby

from app.answer.quote import MAX_LIST, MAX_ROWS, MAX_SECOND_WORDS
from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding
from ingest.units import Unit, readable, units_of

_STEP = re.compile(r"^\s*\d+[.)]\s+")


def length(draft: Draft) -> Iterator[Finding]:
    """Sentences, lists and tables beyond the limits of ``app.answer.quote``."""
    units = units_of(draft.article.body)
    for unit in units:
        words = len(readable(unit).split())
        if unit.kind == "sentence" and words > MAX_SECOND_WORDS:
            yield _finding(
                draft, unit, f"This sentence has {words} words; more than {MAX_SECOND_WORDS} are too long to quote.",
                "Say it in two or three sentences.",
            )  # fmt: skip
    for _, block in groupby(units, key=lambda unit: unit.block):
        members = list(block)
        if members[0].kind == "item" and _STEP.match(members[0].text) and len(members) > MAX_LIST:
            yield _finding(
                draft, members[0], f"This list has {len(members)} steps, of which {MAX_LIST} are quoted.",
                "Join small steps, or move what comes before the first step above the list.",
            )  # fmt: skip
        if members[0].kind == "row" and len(members) > MAX_ROWS:
            yield _finding(
                draft, members[0], f"This table has {len(members)} rows, of which {MAX_ROWS} are quoted.",
                "Divide it under headings.",
            )  # fmt: skip


def _finding(draft: Draft, unit: Unit, message: str, cure: str) -> Finding:
    quote = readable(unit)
    return Finding(
        check="length", severity="warning", message=message, cure=cure, line=draft.line_of(quote), quote=quote[:300]
    )
