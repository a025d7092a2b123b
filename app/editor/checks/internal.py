"""Internal words: what only procedures say, and so gives away how we work when a public article says it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.answer.canon import stems
from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding
from ingest.article import Article
from ingest.chunk import plain
from ingest.lexical import fold
from ingest.sentences import split_sentences

COMMON = 4
"""In so many procedures a pair of words must stand, and in no public article, to be the staff's own."""
FAMILY = 3
"""Codes that begin alike, from which on they are a list of the staff's: R-08, R-17, R-76. W-8 and W-9 are tax forms."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PAUSE = re.compile(r"[,;:()–—]")
_CODE = re.compile(r"\b[A-Z]{1,6}-\d{1,6}\b")
_SELF = re.compile(
    r"(?i)\b(?:SOPs?(?![\w-])|(?:internal|confidential) (?:only|use|note|procedure)s?|uso interno|for agents only)\b"
)


class Vocabulary:
    """Words and pairs of words of procedures that public articles do not use, and the procedures' codes."""

    def __init__(self, articles: Sequence[Article]) -> None:
        inside: Counter[str] = Counter()
        self._public: Counter[str] = Counter()
        codes: set[str] = set()
        for article in articles:
            if article.kind == "sop":
                inside.update(_terms(article))
                codes.update(_CODE.findall(article.body))
            else:
                self._public.update(_terms(article))
        families = Counter(code.partition("-")[0] for code in codes)
        self._inside = {term for term, many in inside.items() if many >= COMMON and re.search("[ -]", term)}
        self._inside -= codes
        self._inside |= {code for code in codes if families[code.partition("-")[0]] >= FAMILY}
        self.sop_ids = frozenset(article.id for article in articles if article.kind == "sop")

    def internal(self, article: Article, live: Article | None) -> list[str]:
        """Those that a public article has, longest first; its own live version does not vouch for it."""
        vouched = _terms(live) if live and live.kind == "faq" else set()
        terms = {term for term in _terms(article) & self._inside if self._public[term] <= (term in vouched)}
        pairs = {term for term in terms if " " in term}
        found = pairs | {term for term in terms - pairs if not any(term in pair.split() for pair in pairs)}
        return sorted(found, key=lambda term: (-len(term), term))


def _terms(article: Article) -> set[str]:
    """Codes, hyphenated words, and pairs of neighbours with a meaning of their own between two pauses. A single word
    may merely not have come up in public yet."""
    found = set(_CODE.findall(article.body))
    for line in (article.title, *(line for line in article.body.split("\n") if not line.startswith("#"))):
        for sentence in split_sentences(plain(line)):
            for piece in _PAUSE.split(sentence):
                words = [fold(word) for word in _WORD.findall(piece)]
                telling = [(word, len(word) > 3 and bool(stems(word, article.locale))) for word in words]
                found.update(word for word, on in telling if on and "-" in word)
                found.update(f"{first} {second}" for (first, on), (second, too) in pairwise(telling) if on and too)
    return found


def internal(draft: Draft, vocabulary: Vocabulary, live: Article | None) -> Iterator[Finding]:
    """``live`` is the published version of the same article. A procedure may say all of it."""
    article = draft.article
    if article.kind == "sop":
        return
    text = plain("\n".join((article.title, *article.questions, article.body)))
    named = [found[0] for found in _SELF.finditer(text)]
    named += [sop for sop in vocabulary.sop_ids if re.search(rf"(?<![\w:-]){re.escape(sop)}(?![\w-])", text)]
    for words in dict.fromkeys([*named, *vocabulary.internal(article, live)]):
        yield Finding(
            check="internal",
            severity="error" if words in named or _CODE.fullmatch(words) else "warning",
            message=f"“{words}” stands only in internal procedures.",
            cure="Say it as a visitor would, or leave it out.",
            line=draft.line_of(words),
            quote=words,
        )
