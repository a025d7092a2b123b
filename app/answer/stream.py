"""Stream: a model's reply, read sentence by sentence while it arrives.

Asked for JSON, models and compatible servers may still answer in prose with ``[n]`` marks, or with JSON in a code
fence; all three are read.
"""

import re
from collections.abc import Iterator

import jiter

from app.answer.types import Sentence
from ingest.sentences import split_sentences

MAX_SENTENCES = 8
_KEY = re.compile(r"\{\s*\"(?:answerable|sentences)\"")
_MARK = re.compile(r"\s*\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")


class ReplyReader:
    """Feed it pieces of a reply; it yields sentences once they are whole."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0
        self.declined = False
        """The model said that the passages do not answer."""

    def feed(self, piece: str) -> Iterator[Sentence]:
        """Sentences that ``piece`` completes."""
        self._text += piece
        if "}" in piece or "]" in piece:
            yield from self._new(self._parse(whole=False))

    def close(self) -> Iterator[Sentence]:
        """What is left at the end of the reply."""
        yield from self._new(self._parse(whole=True))

    def _new(self, sentences: list[Sentence]) -> Iterator[Sentence]:
        for sentence in sentences[self._given : MAX_SENTENCES]:
            self._given += 1
            yield sentence

    def _parse(self, whole: bool) -> list[Sentence]:
        start = self._text.find("{")
        if start < 0 or not _KEY.search(self._text, start):
            return _prose(self._text.strip()) if whole else []
        source = self._text[start:]
        try:
            reply = jiter.from_json(source.rstrip("` \n").encode(), partial_mode=True)
        except ValueError:
            end = source.rfind("}")
            try:
                reply = jiter.from_json(source[: end + 1].encode(), partial_mode=True)
            except ValueError:
                return []
        if not isinstance(reply, dict):
            return []
        self.declined = reply.get("answerable") is False
        entries = reply.get("sentences")
        if not isinstance(entries, list):
            return []
        complete = entries if whole or _closed(source) else entries[:-1]
        return [sentence for entry in complete if (sentence := _sentence(entry))]


def _closed(source: str) -> bool:
    """Whether the last sentence's object has ended."""
    return source.rstrip().endswith(("}", "]", "},"))


def _sentence(entry: object) -> Sentence | None:
    if not isinstance(entry, dict):
        return None
    text, cites = entry.get("text"), entry.get("cites", [])
    if not isinstance(text, str) or not text.strip() or not isinstance(cites, list):
        return None
    marked = [int(n) for marks in _MARK.findall(text) for n in marks.split(",")]
    numbers = [cite for cite in cites if isinstance(cite, int) and not isinstance(cite, bool)]
    return Sentence(_MARK.sub("", text).strip(), tuple(dict.fromkeys(n - 1 for n in [*numbers, *marked])))


def _prose(text: str) -> list[Sentence]:
    sentences: list[Sentence] = []
    # A mark behind the full stop would hide the sentence's end: it moves in front of it.
    moved = re.sub(r"([.!?…])\s*((?:\[\d{1,2}(?:\s*,\s*\d{1,2})*\])+)", r"\2\1", text)
    for piece in split_sentences(_MARK.sub(lambda match: match[0].strip(), moved)):
        cites = tuple(dict.fromkeys(int(n) - 1 for marks in _MARK.findall(piece) for n in marks.split(",")))
        words = _MARK.sub("", piece).strip()
        if words:
            sentences.append(Sentence(words, cites))
        elif sentences and cites:
            sentences[-1] = Sentence(sentences[-1].text, cites)
    return sentences
