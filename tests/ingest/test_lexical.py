"""BM25: words as visitors type them, in three languages."""

import math
import threading
from pathlib import Path

import numpy as np
import pytest

from ingest.lexical import LexicalIndex, fold, tokenizer
from ingest.terms import Terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Devolución", "devolucion"),
        ("NÃO", "nao"),
        ("plain ASCII", "plain ascii"),
        ("straße", "strasse"),
        ("ﬁne", "fine"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Case and accents do not matter."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [
        ("en", "returning parcels", "return parcel"),
        ("en-US", "refunded", "refund"),
        ("es", "devoluciones", "devolución"),
        ("es-MX", "pedidos", "PEDIDO"),
        ("pt-BR", "devoluções", "devolucoes"),
        ("pt", "cartões", "cartoes"),
    ],
)
def test_forms_of_one_word_are_one_word(locale: str, one: str, other: str) -> None:
    """Words are stemmed in their language, with and without accents."""
    assert tokenizer(locale)(one) == tokenizer(locale)(other) != []


@pytest.mark.parametrize(("locale", "text"), [("en", "Is it in the"), ("es", "¿El que es?"), ("pt-BR", "O que é?")])
def test_function_words_are_left_out(locale: str, text: str) -> None:
    """Words that every article has say nothing."""
    assert tokenizer(locale)(text) == []


def test_an_unknown_language_is_read_as_english() -> None:
    """A locale that nobody taught us still finds its words."""
    assert tokenizer("fr")("colis colis") == ["coli", "coli"]


def test_the_best_document_has_the_rare_word() -> None:
    """A rare word weighs more than a common one, and a document without any of the words scores nothing."""
    index = LexicalIndex.build(["refund to a card", "refund to paypal", "refund to a voucher", "shipping"], "en")
    scores = index.scores(index.tokenize("PayPal refunds"))
    assert scores.argmax() == 1
    assert scores[3] == 0.0
    assert scores[0] > 0.0
    assert scores.shape == (4,)


def test_scores_are_those_of_the_formula() -> None:
    """BM25 with k1 1.2 and b 0.75, worked out by hand for one word in one of two documents."""
    index = LexicalIndex.build(["refund paypal", "shipping parcel door tracking"], "en")
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    weight = 1 / (1 + 1.2 * (1 - 0.75 + 0.75 * 2 / 3))
    assert index.scores(["paypal"])[0] == pytest.approx(idf * weight, rel=1e-4)
    assert index.idf("paypal") == pytest.approx(idf)


def test_unknown_words() -> None:
    """A word that no document has scores nowhere, is not known, and is the most telling of all."""
    index = LexicalIndex.build(["refund", "shipping"], "en")
    assert not index.scores(["zzz"]).any()
    assert index.scores(["zzz", "refund"])[0] > 0
    assert not index.knows("zzz")
    assert index.knows("refund")
    assert index.idf("zzz") > index.idf("refund") > 0


@pytest.mark.parametrize("texts", [[], [""], ["the of", ""]])
def test_an_empty_corpus(texts: list[str], tmp_path: Path) -> None:
    """No words at all is no error, also from disk."""
    index = LexicalIndex.build(texts, "en")
    index.terms.save(tmp_path / "bm25")
    for one in (index, LexicalIndex(Terms.load(tmp_path / "bm25"), "en")):
        assert one.scores(["refund"]).shape == (len(texts),)
        assert not one.scores(["refund"]).any()


def test_an_index_loads_as_it_was_saved(tmp_path: Path) -> None:
    """Scores, frequencies and words survive the disk."""
    texts = [f"refund {word} {number}" for number, word in enumerate(["card", "paypal", "pix", "oxxo"] * 5)]
    index = LexicalIndex.build(texts, "es")
    index.terms.save(tmp_path / "bm25")
    loaded = LexicalIndex(Terms.load(tmp_path / "bm25"), "es")
    for token in ("refund", "pix", "17", "zzz"):
        assert np.array_equal(index.scores([token]), loaded.scores([token]))
        assert index.idf(token) == loaded.idf(token)
        assert index.knows(token) is loaded.knows(token)


def test_threads_share_a_tokenizer() -> None:
    """One stemmer serves every thread without mixing their words up."""
    tokenize, texts = tokenizer("en"), [f"returning parcels {number} refunded" for number in range(50)]
    expected = {text: tokenize(text) for text in texts}
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(text for _ in range(20) for text in texts if tokenize(text) != expected[text])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
