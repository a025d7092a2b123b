"""Covering: whether what agents answered stands in a live article already, so that nothing needs to be written."""

from app.answer.retriever import DEFAULT_LOCALE, Reader
from app.editor.gaps.meaning import plain
from ingest.embed import Embedder
from ingest.lexical import tokenizer
from ingest.sentences import split_sentences

LOOKED_AT = 3
"""Articles that are compared, those most like the answer."""
COVERED = 0.75
"""Share of a sentence's words that the article has, from which it says the sentence; and of the answer's sentences."""
FEWEST_WORDS = 4


def covered_by(answer: str, locale: str, reader: Reader, embedder: Embedder) -> str | None:
    """The article that says what ``answer`` says, or None."""
    stems = tokenizer(DEFAULT_LOCALE)
    sentences = [set(stems(plain(sentence, locale))) for sentence in split_sentences(answer)]
    sentences = [words for words in sentences if len(words) >= FEWEST_WORDS]
    if not sentences:
        return None
    best: tuple[float, str] = (0.0, "")
    for match in reader.find(answer, locale, embedder.vector).ranking[:LOOKED_AT]:
        text = " ".join(passage.text for passage in reader.bodies(match.article_id, match.locale))
        there = set(stems(plain(text, match.locale)))
        said = sum(len(words & there) >= COVERED * len(words) for words in sentences) / len(sentences)
        best = max(best, (said, match.article_id))
    return best[1] if best[0] >= COVERED else None
