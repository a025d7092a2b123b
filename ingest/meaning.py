"""Meaning: what of a knowledge base's texts is embedded.

An embedder that knows English alone reads Spanish and Portuguese articles in plain English words, as it reads the
questions; words are searched, quoted and shown as they were written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.embed import Embedder
from ingest.gloss import glossary, language_of, plain_english
from ingest.store import StoredChunk
from ingest.units import UnitTexts, text_hash

Say = Callable[[str, str], str]
"""What is embedded of a text in the language of a locale."""


def is_glossed(embedder: Embedder, locale: str) -> bool:
    """Whether articles of a locale are embedded in plain English words. English ones are plain enough."""
    language = language_of(locale)
    return embedder.english_only and language != "en" and glossary(language) is not None


def glosses_of(embedder: Embedder, locales: Iterable[str]) -> list[str]:
    """The versions of the glossaries through which articles of these locales are embedded."""
    read = {language_of(locale) for locale in locales if is_glossed(embedder, locale)}
    return sorted(known.version for language in read if (known := glossary(language)))


def sayer(glossed: Callable[[str], bool]) -> Say:
    """For collections of which ``glossed`` tells, by their locale, whether they are embedded in plain English."""
    return lambda text, locale: plain_english(text, locale) if glossed(locale) else text


@dataclass(frozen=True)
class Meanings:
    """Chunks whose ``content_hash`` is that of what is embedded, their units, and all those ``texts`` by hash."""

    pieces: list[StoredChunk]
    units: UnitTexts
    texts: dict[str, str]

    @classmethod
    def of(cls, pieces: Sequence[StoredChunk], bodies: Mapping[str, str], say: Say) -> "Meanings":
        """Of chunks, with the Markdown of those that are bodies by their id."""
        said = [say(piece.indexed, piece.locale) for piece in pieces]
        keyed = [replace(piece, content_hash=text_hash(text)) for piece, text in zip(pieces, said, strict=True)]
        locales = {piece.id: piece.locale for piece in pieces}
        units = UnitTexts.of(bodies, lambda chunk_id, text: say(text, locales[chunk_id]))
        texts = {piece.content_hash: text for piece, text in zip(keyed, said, strict=True)}
        return cls(keyed, units, texts | units.texts)
