"""Reading: how hard a text is to read, by LIX, which needs no dictionary and no syllables of any language.

LIX is words a sentence plus the share of words of more than six letters in per cent (C.-H. Björnsson, Läsbarhet,
1968; J. Anderson, Lix and Rix, Journal of Reading 26, 1983, finds it fit for English and other languages). Its scale:
below 40 easy, 40 to 50 middling as in newspapers, above 50 hard, above 60 very hard.
"""

import re
from collections.abc import Iterator

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding
from ingest.units import readable, units_of

HARD = {"en": 50.0, "es": 55.0, "pt": 55.0}
"""Spanish and Portuguese words are longer: our own translations lie 7 above their originals."""
VERY_HARD = 10.0
"""Above HARD by so much it is a warning and no hint."""
LONG = 6
MIN_WORDS = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def lix(sentences: list[str]) -> float:
    """LIX of sentences; 0 when they have no words."""
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    filled = sum(1 for sentence in sentences if _WORD.search(sentence))
    if not words:
        return 0.0
    return len(words) / filled + 100.0 * sum(len(word) > LONG for word in words) / len(words)


def reading(draft: Draft) -> Iterator[Finding]:
    """Only running text counts: sentences and list items, not tables."""
    sentences = [readable(unit) for unit in units_of(draft.article.body) if unit.kind != "row"]
    if sum(len(_WORD.findall(sentence)) for sentence in sentences) < MIN_WORDS:
        return
    hard = HARD.get(draft.article.locale.split("-", maxsplit=1)[0], HARD["en"])
    found = lix(sentences)
    if found <= hard:
        return
    worst = max(sentences, key=lambda sentence: lix([sentence]) if len(sentence.split()) > LONG else 0.0)
    yield Finding(
        check="reading",
        severity="warning" if found > hard + VERY_HARD else "hint",
        message=f"The text is hard to read: LIX {found:.0f}, where {hard:.0f} and less reads well.",
        cure="Make long sentences into two and long words into short ones, this one first.",
        line=draft.line_of(worst),
        quote=worst[:300],
    )
