"""Citations: tie each statement to the passage that supports it."""

from collections.abc import Sequence

from app.answer.closest import CLEAR, closest
from app.answer.grounding import is_grounded
from app.answer.own_words import sentences_of, stands_in
from app.answer.quote import Quote
from app.answer.types import Citation, Sentence
from ingest.chunk import plain
from ingest.lexical import tokenizer
from ingest.sentences import split_sentences
from ingest.store import Passage


def supported(sentence: Sentence, passages: Sequence[Passage], same_language: bool) -> Sentence | None:
    """The sentence with the citations that hold; the article's own words where it may not say the same; or None.

    A sentence that names no passage is given the one that supports it: servers without structured output forget
    the marks, and the check is the same. The article's own words need no check.
    """
    named = [number for number in sentence.cites if 0 <= number < len(passages)]
    if own := [number for number in named if stands_in(sentence.text, passages[number])]:
        return Sentence(sentence.text, tuple(own))
    if named and _stands(sentence.text, named, passages, same_language):
        holding = [n for n in named if is_grounded(sentence.text, [passages[n]], same_language)]
        found = Sentence(sentence.text, tuple(holding or named))
        return found if not same_language else _surely(found, named, passages)
    if not (named and len(named) == len(sentence.cites)):
        for number in range(len(passages)):
            if _stands(sentence.text, [number], passages, same_language):
                found = Sentence(sentence.text, (number,))
                return found if not same_language else _surely(found, [number], passages)
    return _instead(sentence.text, named or range(len(passages)), passages) if same_language else None


def _surely(sentence: Sentence, named: Sequence[int], passages: Sequence[Passage]) -> Sentence:
    """The sentence where the unit closest to it surely says the same, else that unit."""
    if len(split_sentences(sentence.text)) > 1:
        return sentence
    found = closest(sentence.text, [passages[number] for number in named])
    if found is None or found.sure:
        return sentence
    return Sentence(found.text, (named[found.passage],))


def _instead(text: str, named: Sequence[int], passages: Sequence[Passage]) -> Sentence | None:
    """The unit that a sentence without support restates, where it is clear which one it is."""
    found = closest(text, [passages[number] for number in named])
    if found is None or found.share < CLEAR:
        return None
    return Sentence(found.text, (named[found.passage],))


def _stands(text: str, named: Sequence[int], passages: Sequence[Passage], same_language: bool) -> bool:
    """Whether the passages named say it, and what else was read of the same article does not say otherwise.

    A passage is a piece of an article, and "shops can be closed" is only refuted by the piece on open orders.
    """
    cited = [passages[number] for number in named]
    if not is_grounded(text, cited, same_language):
        return False
    articles = {(passage.article_id, passage.locale) for passage in cited}
    whole = [passage for passage in passages if (passage.article_id, passage.locale) in articles]
    return len(whole) == len(cited) or is_grounded(text, whole, same_language)


def cite_sentences(sentences: Sequence[Sentence], passages: Sequence[Passage]) -> tuple[str, list[Citation]]:
    """The answer with ``[n]`` after each sentence, and the citations that n counts."""
    order: dict[int, int] = {}
    citations: list[Citation] = []
    parts: list[str] = []
    for sentence in sentences:
        for number in sentence.cites:
            if number not in order:
                order[number] = len(order) + 1
                passage = passages[number]
                citations.append(_citation(passage, _closest(sentence.text, passage)))
        marks = "".join(f"[{order[number]}]" for number in sentence.cites)
        parts.append(f"{sentence.text} {marks}")
    return " ".join(parts), citations


def cite_quote(quote: Quote, passages: Sequence[Passage]) -> Citation:
    """The citation of a verbatim answer: the passage that the quote was taken from."""
    exact = " ".join(quote.exact.split())
    source = next((passage for passage in passages if exact in " ".join(passage.text.split())), passages[0])
    return _citation(source, plain(quote.exact))


def _citation(passage: Passage, quote: str) -> Citation:
    return Citation(
        article_id=passage.article_id,
        revision=passage.revision,
        locale=passage.locale,
        title=passage.title,
        section=passage.section,
        quote=quote,
    )


def _closest(text: str, passage: Passage) -> str:
    """The passage's sentence that shares most with ``text``."""
    tokenize = tokenizer(passage.locale)
    words = set(tokenize(text))
    sentences = sentences_of(passage).values()
    return max(sentences, key=lambda s: len(words & set(tokenize(s))) / (1 + len(s.split())) ** 0.3, default="")
