"""Exact collections: what is calibrated on is what visitors get."""

import numpy as np
import pytest

from ingest.errors import IndexBroken
from ingest.exact import exact_collections
from ingest.pipeline import Publisher
from ingest.topics import Topics
from tests.ingest.article_factory import faq

SUBJECTS = ["refund", "parcel", "invoice", "password", "coupon", "address", "warranty", "payout", "tax form", "auction"]
QUESTIONS = [
    "where is my refund",
    "lost parcel",
    "tax",
    "how do I change the address of a parcel",
    "weather",
    "¿dónde?",
]


@pytest.fixture
def published(publisher: Publisher) -> Publisher:
    """Articles for either side, some in Spanish."""
    articles = [
        faq(
            f"a{number}",
            f"Everything about {subject}.\n\nIt takes {number} days.",
            title=f"Your {subject}",
            questions=(f"{subject} please",),
            audience=("buyer", "seller") if number % 3 else ("seller",),
        )
        for number, subject in enumerate(SUBJECTS)
    ]
    articles.append(faq("a1", "Todo sobre el paquete.", title="Tu paquete", locale="es", audience=("buyer",)))
    publisher.publish(articles, Topics())
    return publisher


def test_they_rank_like_the_live_ones(published: Publisher) -> None:
    """Every collection of the version, the same articles with the same scores in the same order."""
    live = published.shelf.live
    assert live is not None
    exact = exact_collections(published.folder / live.kb_version, "faq")
    assert set(exact) == {("buyer", "en"), ("seller", "en"), ("buyer", "es")}
    for (audience, locale), collection in exact.items():
        other = live.collection("faq", audience, locale)
        assert other is not None
        for question in QUESTIONS:
            vector = published.embedder.vector(question)
            for exclude in (frozenset[str](), frozenset({"a1", "a4"})):
                mine = collection.search(question, vector, 5, exclude)
                theirs = other.search(question, vector, 5, exclude)
                assert [match.article_id for match in mine] == [match.article_id for match in theirs]
                assert [match.score for match in mine] == pytest.approx([match.score for match in theirs], abs=1e-6)


def test_a_phrase_is_left_out_of_both_meanings(published: Publisher) -> None:
    """Without its own chunk a known phrasing is less like its article than with it, and the article stays."""
    live = published.shelf.live
    assert live is not None
    collection = exact_collections(published.folder / live.kb_version, "faq")["seller", "en"]
    row = next(n for n, chunk_id in enumerate(collection.rows.ids) if collection.rows.part[n] == 1)
    article = collection.rows.articles[int(collection.rows.owner[row])]
    text = f"{SUBJECTS[int(article[1:])]} please"
    vector = published.embedder.vector(text)
    whole = {match.article_id: match for match in collection.search(text, vector, 10)}
    fewer = {match.article_id: match for match in collection.without(row, text).search(text, vector, 10)}
    assert whole[article].phrasing == pytest.approx(1.0, abs=0.01)
    assert fewer[article].best < whole[article].best
    assert fewer[article].score < whole[article].score
    with pytest.raises(TypeError, match="one chunk only"):
        collection.without(row, text).without(row, text)


def test_an_article_as_a_whole(published: Publisher) -> None:
    """``overall`` is the mean cosine of all its chunks, ``centroid`` that of their mean, also without one of them."""
    live = published.shelf.live
    assert live is not None
    collection = exact_collections(published.folder / live.kb_version, "faq")["seller", "en"]
    text = "where is my refund"
    vector = published.embedder.vector(text)
    row = next(n for n, part in enumerate(collection.rows.part) if part == 1)
    for asked, hidden in ((collection, None), (collection.without(row, "refund please"), row)):
        for match in asked.search(text, vector, 10):
            rows = [mine for mine in collection.rows_of(match.article_id).tolist() if mine != hidden]
            vectors = collection.vectors[rows].astype(np.float32)
            middle = vectors.mean(axis=0)
            assert match.overall == pytest.approx(float((vectors @ vector).mean()), abs=1e-5)
            assert match.centroid == pytest.approx(float(middle @ vector / np.linalg.norm(middle)), abs=1e-5)


def test_a_folder_that_is_no_version(tmp_path_factory: pytest.TempPathFactory) -> None:
    """It says so."""
    with pytest.raises(IndexBroken):
        exact_collections(tmp_path_factory.mktemp("nothing"), "faq")
