"""The embedded model: the adapted vectors, whatever the batch and the thread."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ingest.embed import MODEL_FOLDER, minilm
from ingest.minilm import WIDTH, MiniLM
from ingest.minilm_graph import ADAPTED_TEXTS, ADAPTER, KNOWN_TEXT, WEIGHTS_SHA256, adapted

SAME = 0.95
"""Cosine of one text embedded alone and among others: int8 scales are taken over a whole batch."""
TEXTS = ["how do I return a phone", "x", "¿dónde está mi pedido?", "refund " * 60, "", "where is my parcel now, please"]


@pytest.fixture(scope="module")
def model() -> MiniLM:
    """The model that set-up built."""
    built = minilm()
    assert isinstance(built, MiniLM)
    return built


def test_the_vectors_of_the_fit(model: MiniLM) -> None:
    """The int8 graph gives what the adapted weights gave in torch, within what quantisation costs."""
    known = np.load(ADAPTER)["known"]
    assert known.shape == (len(ADAPTED_TEXTS), WIDTH)
    assert (model.matrix(ADAPTED_TEXTS) * known).sum(axis=1).min() > 0.98


def test_the_adapter_is_the_one_in_the_tree(model: MiniLM) -> None:
    """Official weights and this very adapter made the graph, and the name under which vectors are kept says which."""
    digest = hashlib.sha256(ADAPTER.read_bytes()).hexdigest()
    origin = json.loads((MODEL_FOLDER / "origin.json").read_text())
    assert (origin["weights"], origin["adapter"]) == (WEIGHTS_SHA256, digest)
    assert model.name == f"all-MiniLM-L6-v2-int8-{digest[:8]}"


def test_an_adapter_changes_the_matrices_it_names() -> None:
    """``up @ down`` is added to its matrix, and every other weight stays the array that it was."""
    dice = np.random.default_rng(0)
    weights = {
        f"{name}.{kind}": dice.normal(size=(6, 4)).astype(np.float32) for name in "ab" for kind in ("weight", "bias")
    }
    up, down = (dice.normal(size=shape).astype(np.float16) for shape in ((6, 2), (2, 4)))
    merged = adapted(weights, {"a.up": up, "a.down": down})
    assert np.allclose(
        merged["a.weight"] - weights["a.weight"], up.astype(np.float32) @ down.astype(np.float32), atol=1e-5
    )
    assert all(merged[name] is weights[name] for name in ("a.bias", "b.weight", "b.bias"))


def test_an_adapter_for_another_model() -> None:
    """A matrix that the model lacks is an error, not a change that is lost."""
    with pytest.raises(KeyError, match=r"c\.weight"):
        adapted({}, {"c.up": np.ones((2, 1), np.float16), "c.down": np.ones((1, 2), np.float16)})


def test_meaning_is_nearer_than_words(model: MiniLM) -> None:
    """A paraphrase is nearer than a sentence that shares a word."""
    asked, same, other = model.matrix(["my package is late", "the parcel did not arrive on time", "wrapping a package"])
    assert asked @ same > asked @ other


def test_a_batch_gives_what_single_texts_give(model: MiniLM) -> None:
    """Rows keep their order and, but for quantisation over the batch, do not depend on their neighbours."""
    together = model.matrix(TEXTS)
    assert together.shape == (len(TEXTS), WIDTH)
    for row, text in enumerate(TEXTS):
        assert together[row] @ model.vector(text) > SAME


def test_many_batches_keep_the_order(model: MiniLM) -> None:
    """More texts than one forward pass takes come back at their own places."""
    texts = [f"{word} number {number}" for number in range(60) for word in ("refund", "parcel " * (number + 1))]
    vectors = model.matrix(texts)
    for row in (0, 1, 50, 77, 119):
        assert vectors[row] @ model.vector(texts[row]) > SAME


@pytest.mark.parametrize("text", ["", " ", "\n\n", "👋🏽", "\x00", "a" * 5_000, "日本語", "\u202e rtl"])
def test_odd_texts_are_unit_vectors(model: MiniLM, text: str) -> None:
    """Nothing that a visitor types is without a finite vector of length one."""
    vector = model.vector(text)
    assert vector.shape == (WIDTH,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-3)


def test_nothing_to_embed(model: MiniLM) -> None:
    """No texts make an empty matrix of the right width."""
    assert model.matrix([]).shape == (0, WIDTH)
    assert model.embed_documents([]) == []


def test_long_texts_are_cut(model: MiniLM) -> None:
    """What stands beyond the model's length changes nothing; what stands within does."""
    start = "refund " * 254
    assert np.array_equal(model.vector(start + "parcel"), model.vector(start + "invoice and much more " * 500))
    assert not np.array_equal(model.vector("refund parcel"), model.vector("refund invoice"))


def test_langchain_gets_the_same_vectors(model: MiniLM) -> None:
    """As a LangChain ``Embeddings`` it gives plain floats of the same vectors."""
    query = model.embed_query(KNOWN_TEXT)
    assert all(type(x) is float for x in query)
    assert np.array_equal(np.array(query, dtype=np.float32), model.vector(KNOWN_TEXT))
    assert np.array_equal(np.array(model.embed_documents(TEXTS), dtype=np.float32), model.matrix(TEXTS))


def test_threads_share_the_model(model: MiniLM) -> None:
    """Single texts and batches from many threads at once do not disturb each other."""
    expected = [model.vector(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        single = list(pool.map(model.vector, TEXTS * 10))
        batches = list(pool.map(lambda _: model.matrix(TEXTS), range(8)))
    assert all(np.array_equal(vector, expected[number % len(TEXTS)]) for number, vector in enumerate(single))
    assert all(np.array_equal(batch, batches[0]) for batch in batches)
