"""Draft: an article as it is being written, which knows on which line its words stand."""

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.article import Article, parse
from ingest.chunk import Chunk, chunk
from ingest.store import Passage

FILE = "draft.md"
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Draft:
    """A text that parses. Raises InvalidArticles in :meth:`read`."""

    text: str
    article: Article

    @classmethod
    def read(cls, text: str) -> "Draft":
        """The draft in a file's text."""
        return cls(text, parse(text, FILE))

    @classmethod
    def of(cls, article: Article) -> "Draft":
        """A live article, whose front matter nobody asks for: its lines count from the body's first."""
        return cls(article.body, article)

    @cached_property
    def chunks(self) -> list[Chunk]:
        """What would be embedded."""
        return chunk(self.article)

    @cached_property
    def passages(self) -> list[Passage]:
        """The pieces of the body as answers would read them."""
        return passages_of(self.article, self.chunks)

    @cached_property
    def body_line(self) -> int:
        """The line that the article's body begins on."""
        at = body_start(self.text)
        lead = len(self.text[at:]) - len(self.text[at:].lstrip())
        return self.text.count("\n", 0, at + lead) + 1

    @cached_property
    def _words(self) -> list[tuple[str, int]]:
        """Every word with its line."""
        return [
            (word.lower(), number)
            for number, line in enumerate(self.text.split("\n"), 1)
            for word in _WORD.findall(line)
        ]

    def line_of(self, quote: str) -> int | None:
        """Where a quote stands, whatever Markdown stands between its words: the line that holds most of its first."""
        wanted = [word.lower() for word in _WORD.findall(quote)][:8]
        if not wanted:
            return None
        best, line = 0, None
        for at, (word, number) in enumerate(self._words):
            if word != wanted[0] or number < self.body_line:
                continue
            following = [other for other, _ in self._words[at : at + 2 * len(wanted)]]
            shared = sum(other in following for other in wanted)
            if shared > best:
                best, line = shared, number
        return line

    def field_line(self, name: str) -> int | None:
        """The line of a field in the front matter."""
        for number, line in enumerate(self.text.split("\n")[: self.body_line], 1):
            if line.startswith(f"{name}:"):
                return number
        return None


def body_start(text: str) -> int:
    """Where the body begins: behind the second fence, or at the start of a text without front matter."""
    opening = _FENCE.match(text.removeprefix("\ufeff"))
    closing = _FENCE.search(text, opening.end() + 1) if opening else None
    return closing.end() if closing else 0


def passages_of(article: Article, chunks: list[Chunk]) -> list[Passage]:
    """The body's chunks as passages of a revision that has no number yet."""
    return [
        Passage(
            piece.id, *article.key[:1], 0, article.locale, article.topic, article.title, piece.part, piece.ordinal,
            piece.section, piece.text,
        )
        for piece in chunks
        if piece.part == "body"
    ]  # fmt: skip
