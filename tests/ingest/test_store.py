"""The repository of knowledge: revisions that are kept, publications as intervals, and what each reader may see."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ingest.article import Article
from ingest.chunk import chunk
from ingest.pipeline import Publisher
from ingest.store import KnowledgeStore, Publication
from tests.ingest.article_factory import faq

TODAY = date(2026, 6, 15)


@pytest.fixture
def store(publisher: Publisher) -> KnowledgeStore:
    """An empty database of the newest schema."""
    return publisher.store


def save(store: KnowledgeStore, *articles: Article) -> list[int]:
    """Revision ids of articles."""
    return store.save_revisions([(article, chunk(article)) for article in articles])


def publish(store: KnowledgeStore, version: str, *articles: Article) -> Publication:
    """A publication of exactly these articles."""
    return store.publish(version, save(store, *articles), {}, {"queues": {}, "topics": {}})


def numbers(store: KnowledgeStore, publication: Publication) -> dict[str, int]:
    """The revision number of each article in a publication."""
    return {revision.article_id: revision.number for revision in store.revisions(publication.id)}


def test_nothing_was_ever_published(store: KnowledgeStore) -> None:
    """An empty database has no live publication."""
    assert store.live() is None


def test_equal_text_keeps_its_revision(store: KnowledgeStore) -> None:
    """Saving the same article again makes no new revision; an edit makes the next; going back finds the first."""
    first = save(store, faq("a", "One."), faq("b"))
    assert save(store, faq("a", "One."), faq("b")) == first
    edited = save(store, faq("a", "Two."), faq("b"))
    assert edited[0] != first[0]
    assert edited[1] == first[1]
    assert save(store, faq("a", "One.")) == first[:1]


def test_more_revisions_than_one_statement_takes(store: KnowledgeStore) -> None:
    """Ids come back in the order of the articles, however many there are."""
    articles = [faq(f"a{number}") for number in range(1_100)]
    ids = save(store, *articles)
    assert len(set(ids)) == 1_100
    assert save(store, *reversed(articles)) == ids[::-1]


def test_revisions_count_per_article_and_language(store: KnowledgeStore) -> None:
    """Numbers begin at 1 in each language and go up by one."""
    publication = publish(store, "v1", faq("a", "One."), faq("a", "Uno.", locale="es"), faq("b"))
    save(store, faq("a", "Two."))
    save(store, faq("a", "Three."))
    last = publish(store, "v2", faq("a", "Four."), faq("a", "Dos.", locale="es"), faq("b"))
    found = {(r.article_id, r.locale): r.number for r in store.revisions(last.id)}
    assert found == {("a", "en"): 4, ("a", "es"): 2, ("b", "en"): 1}
    assert {r.number for r in store.revisions(publication.id)} == {1}


def test_each_publication_keeps_its_set(store: KnowledgeStore) -> None:
    """What was live at a publication can be read ever after, whatever was published since."""
    one = publish(store, "v1", faq("a", "One."), faq("b"))
    two = publish(store, "v2", faq("a", "Two."), faq("c"))
    three = publish(store, "v3", faq("a", "One."), faq("b"))
    assert numbers(store, one) == {"a": 1, "b": 1}
    assert numbers(store, two) == {"a": 2, "c": 1}
    assert numbers(store, three) == {"a": 1, "b": 1}
    assert store.live() == three


def test_passages_of_one_publication(store: KnowledgeStore) -> None:
    """A sentence that was edited away is not read at a later publication, and still is at the earlier one."""
    one = publish(store, "v1", faq("a", "One."))
    two = publish(store, "v2", faq("a", "Two."))
    ids = [piece.id for body in ("One.", "Two.") for piece in chunk(faq("a", body)) if piece.part == "body"]
    for publication, body, number in ((one, "One.", 1), (two, "Two.", 2)):
        read = store.passages(publication.id, ids, "faq", "buyer", TODAY)
        assert [(passage.text, passage.revision) for passage in read.values()] == [(body, number)]
        assert [p.text for p in store.bodies(publication.id, "a", "en", "faq", "buyer", TODAY)] == [body]
    assert store.passages(two.id, [], "faq", "buyer", TODAY) == {}


@pytest.mark.parametrize("ids", [1, 3, 40])
def test_however_many_passages_are_asked_for(store: KnowledgeStore, ids: int) -> None:
    """All of them come, and a database at fault is said to be one, as for any other query."""
    articles = [faq(f"a{number}", f"Text {number}.") for number in range(ids)]
    publication = publish(store, "v1", *articles)
    wanted = [piece.id for article in articles for piece in chunk(article) if piece.part == "body"]
    read = store.passages(publication.id, wanted, "faq", "buyer", TODAY)
    assert {passage.chunk_id: passage.text for passage in read.values()} == {
        chunk_id: f"Text {number}." for number, chunk_id in enumerate(wanted)
    }
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE chunk RENAME TO chunk_away"))
    with pytest.raises(SQLAlchemyError):
        store.passages(publication.id, wanted, "faq", "buyer", TODAY)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE chunk_away RENAME TO chunk"))
    assert store.passages(publication.id, wanted, "faq", "buyer", TODAY) == read


@pytest.mark.parametrize(
    ("article", "buyer", "seller"),
    [
        (faq("x"), True, False),
        (faq("x", audience=("seller",)), False, True),
        (faq("x", audience=("buyer", "seller")), True, True),
        (faq("x", kind="sop", audience=("agent",)), False, False),
        (faq("x", valid_from=date(2026, 6, 16)), False, False),
        (faq("x", valid_from=TODAY, valid_until=TODAY), True, False),
        (faq("x", valid_until=date(2026, 6, 14)), False, False),
    ],
)
def test_who_may_read_what(store: KnowledgeStore, article: Article, buyer: bool, seller: bool) -> None:
    """Another audience's article, an SOP and an article out of season are not read, even when asked for by id."""
    publication = publish(store, "v1", article)
    ids = [piece.id for piece in chunk(article)]
    for audience, shown in (("buyer", buyer), ("seller", seller)):
        assert bool(store.passages(publication.id, ids, "faq", audience, TODAY)) is shown  # type: ignore[arg-type]
        assert bool(store.bodies(publication.id, "x", "en", "faq", audience, TODAY)) is shown  # type: ignore[arg-type]
    if article.kind == "sop":
        assert store.passages(publication.id, ids, "sop", "agent", TODAY)


def test_embeddings_are_kept_by_model(store: KnowledgeStore) -> None:
    """A vector comes back bit for bit, and never for another model."""
    vectors = np.random.default_rng(0).normal(size=(700, 8)).astype(np.float32)
    hashes = [f"h{number}" for number in range(700)]
    store.save_vectors("one", hashes, vectors)
    found = store.vectors("one", [*hashes, "unknown"])
    assert found.keys() == set(hashes)
    assert all(np.array_equal(found[name], vectors[row]) for row, name in enumerate(hashes))
    assert store.known_vectors("one", ["h1", "unknown"]) == {"h1"}
    assert store.known_vectors("two", ["h1"]) == set()


def test_chunks_come_in_a_stable_order(store: KnowledgeStore) -> None:
    """Chunks carry what places them in collections, in the order of revisions and of reading."""
    ids = save(store, faq("b", audience=("buyer", "seller")), faq("a", questions=("how",)))
    found = store.chunks(ids[::-1])
    assert [(piece.article_id, piece.part) for piece in found] == [
        ("b", "title"),
        ("b", "body"),
        ("a", "title"),
        ("a", "question"),
        ("a", "body"),
    ]
    assert found[0].audiences == ("buyer", "seller")
