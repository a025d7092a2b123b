"""BM25 without a phrase: what an index would say that had never read it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import LexicalIndex, LexicalWithout

WORDS = ["refund", "card", "paypal", "parcel", "lost", "fee", "seller"]
TEXTS = ["refund card fee refund", "parcel lost seller", "fee seller card", "unrelated filler"]


def both(texts: list[str], row: int, phrase: str) -> tuple[LexicalWithout, LexicalIndex]:
    """Document ``row`` with ``phrase`` in it and left out again, and an index that never had it. As many words that
    nobody asks for stand in the last document instead, so that the mean length is the same."""
    whole = [f"{text} {phrase}" if number == row else text for number, text in enumerate(texts)]
    index = LexicalIndex.build(whole, "en")
    words = index.tokenize(phrase)
    rebuilt = [*texts[:-1], " ".join([texts[-1], *(f"zz{number}" for number in range(len(words)))])]
    return LexicalWithout(index, row, words), LexicalIndex.build(rebuilt, "en")


@given(
    st.integers(0, len(TEXTS) - 2),
    st.lists(st.sampled_from([*WORDS, "new", "unheard"]), min_size=1, max_size=6),
    st.lists(st.sampled_from([*WORDS, "new", "unheard", "nowhere"]), min_size=1, max_size=6, unique=True),
)
def test_it_equals_an_index_built_without(row: int, phrase: list[str], asked: list[str]) -> None:
    """Scores, frequencies and what is known, for any phrase and question."""
    without, rebuilt = both(TEXTS, row, " ".join(phrase))
    tokens = rebuilt.tokenize(" ".join(asked))
    for token in tokens:
        assert without.idf(token) == pytest.approx(rebuilt.idf(token), rel=1e-6)
        assert without.knows(token) == rebuilt.knows(token)
        for document in range(len(TEXTS)):
            assert without.holds(document, token) == rebuilt.holds(document, token)
    # Documents that keep a word are weighed as if its frequency were unchanged, which moves others' scores a little.
    assert without.scores(tokens)[row] == pytest.approx(rebuilt.scores(tokens)[row], rel=1e-5)


def test_a_word_of_the_phrase_alone_is_unknown_without_it() -> None:
    """Asked back, a phrase does not find itself."""
    without, _ = both(TEXTS, 0, "unheard refund")
    assert not without.knows("unheard")
    assert without.knows("refund")
    assert not without.holds(0, "unheard")
    assert np.argmax(without.scores(["unheard", "parcel"])) == 1
