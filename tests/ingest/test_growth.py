"""A small change grows the index from its predecessor; searching must not tell it from one that was built afresh."""

import random
from typing import Any

import pytest

from ingest.article import Article
from ingest.collection import Collection
from ingest.pipeline import Publisher
from ingest.topics import Topics
from ingest.version import Manifest
from tests.ingest.article_factory import faq
from tests.ingest.conftest import OpenPublisher

THINGS = ("refund", "parcel", "password", "payout", "voucher", "label", "invoice", "coupon", "address", "card")
VERBS = ("change", "lose", "find", "cancel", "pay")
ARTICLES = [
    faq(f"{verb}-{thing}", f"You can {verb} a {thing} from your orders.", title=f"How do I {verb} a {thing}?")
    for verb in VERBS
    for thing in THINGS
]
EDITED = [*ARTICLES[1:], faq("new", "You can wrap a gift at checkout.", title="How do I wrap a gift?")]
BODIES = [f"You can {verb} a {thing} here." for verb in VERBS[:2] for thing in THINGS[:4]]
QUESTIONS = [f"{verb} my {thing}" for verb in VERBS for thing in THINGS[:4]] + ["wrap a gift", "change a refund", "xyz"]


def collection_of(publisher: Publisher) -> Collection:
    """The live collection of English FAQs for buyers."""
    assert publisher.shelf.live is not None
    found = publisher.shelf.live.collection("faq", "buyer", "en")
    assert found is not None
    return found


def stores(publisher: Publisher) -> list[str]:
    """The Chroma stores on disk."""
    return [path.name for path in publisher.folder.glob("chroma-*")]


def built_afresh(publisher: Publisher) -> Publisher:
    """Another publisher of the same database, which finds no version on disk and builds the live one from SQL."""
    folder = publisher.folder.with_name("afresh")
    folder.mkdir()
    other = Publisher(publisher.store, publisher.embedder, folder)
    assert other.open_live() == publisher.store.live()
    return other


def test_grown_is_as_good_as_fresh(open_publisher: OpenPublisher) -> None:
    """The same articles and vectors give the same ranking and scores, whichever way the index came about."""
    grown = open_publisher("grown")
    grown.publish(ARTICLES, Topics())
    version = grown.publish(EDITED, Topics()).publication.kb_version
    (entry,) = Manifest.read(grown.folder / version).collections
    assert entry.base != entry.name, "it was not grown, so the test proves nothing"
    fresh = built_afresh(grown)
    (entry,) = Manifest.read(fresh.folder / version).collections
    assert entry.base == entry.name
    for question in QUESTIONS:
        vector = grown.embedder.vector(question)
        one, other = (collection_of(publisher).search(question, vector, limit=10) for publisher in (grown, fresh))
        assert [match.article_id for match in one] == [match.article_id for match in other], question
        assert [match.score for match in one] == pytest.approx([match.score for match in other], abs=1e-6)
    vector = grown.embedder.vector("change a refund")
    fresh.close()
    assert "change-refund" not in {
        match.article_id for match in collection_of(grown).search("change a refund", vector, limit=50)
    }


def test_every_chunk_finds_itself_after_growing(open_publisher: OpenPublisher) -> None:
    """Exact search stands in for what the approximate index misses: no chunk's article is unreachable."""
    publisher = open_publisher()
    publisher.publish(ARTICLES, Topics())
    publisher.publish(EDITED, Topics())
    collection = collection_of(publisher)
    for row, owner in enumerate(collection.rows.owner):
        found = collection.search("", collection.vectors[row], limit=10)
        assert collection.rows.articles[int(owner)] in {match.article_id for match in found[:5]}


def test_unchanged_collections_are_taken_over(open_publisher: OpenPublisher) -> None:
    """An edit for sellers leaves the buyers' collection under its name, vectors and all."""
    publisher = open_publisher()
    sellers = [faq(f"s{number}", f"Sell thing {number}.", audience=("seller",)) for number in range(3)]
    one = publisher.publish([*ARTICLES[:5], *sellers], Topics()).publication.kb_version
    two = publisher.publish([*ARTICLES[:5], *sellers[1:]], Topics()).publication.kb_version
    names = [
        {entry.audience: entry.name for entry in Manifest.read(publisher.folder / version).collections}
        for version in (one, two)
    ]
    assert names[0]["buyer"] == names[1]["buyer"]
    assert names[0]["seller"] != names[1]["seller"]


def articles_of(chance: random.Random) -> list[Article]:
    """Some of a fixed set of articles, each in one of a few texts and for one of several audiences."""
    readers: tuple[Any, ...] = (("buyer",), ("seller",), ("buyer", "seller"))
    return [
        faq(f"a{number}", chance.choice(BODIES), audience=chance.choice(readers), locale=chance.choice(("en", "es")))
        for number in range(12)
        if chance.random() < 0.8
    ]


@pytest.mark.parametrize("seed", range(2))
def test_many_changes_come_to_the_same_as_one(open_publisher: OpenPublisher, seed: int) -> None:
    """After random changes the files, and what is found, are those of a version built at one stroke."""
    chance = random.Random(seed)
    grown = open_publisher("grown")
    for _ in range(7):
        version = grown.publish(articles_of(chance), Topics()).publication.kb_version
    fresh = built_afresh(grown)
    files = [
        {
            path.relative_to(one.folder / version): path.read_bytes()
            for path in (one.folder / version).glob("faq-*/**/*.*")
        }
        for one in (grown, fresh)
    ]
    assert files[0].keys() == files[1].keys()
    assert files[0] == files[1]
    for audience in ("buyer", "seller"):
        for locale in ("en", "es"):
            assert grown.shelf.live is not None
            assert fresh.shelf.live is not None
            one, other = (p.shelf.live.collection("faq", audience, locale) for p in (grown, fresh))  # type: ignore[union-attr]
            for question in BODIES if one and other else []:
                vector = grown.embedder.vector(question)
                matches = (collection.search(question, vector, limit=20) for collection in (one, other) if collection)
                scores = [{match.article_id: match.score for match in found} for found in matches]
                assert scores[0] == pytest.approx(scores[1], abs=1e-5)
    fresh.close()


def test_a_large_change_builds_its_collection_anew(
    open_publisher: OpenPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond a number of rows set aside Chroma's part is built again, the others are kept, the old store goes."""
    monkeypatch.setattr("ingest.builder.MAX_ASIDE", 4)
    publisher = open_publisher()
    sellers = [faq(f"s{number}", f"Sell thing {number}.", audience=("seller",)) for number in range(3)]
    publisher.publish([*ARTICLES, *sellers], Topics())
    (first,) = stores(publisher)
    publisher.publish([*ARTICLES[2:], *sellers], Topics())
    assert stores(publisher) == [first]
    publisher.publish([*ARTICLES[5:], *sellers[1:]], Topics())
    assert publisher.shelf.live is not None
    manifest = Manifest.read(publisher.folder / publisher.shelf.live.kb_version)
    assert manifest.store != first
    stored = {entry.audience: (entry.base == entry.name, entry.stored, entry.rows) for entry in manifest.collections}
    assert stored == {"buyer": (True, 90, 90), "seller": (False, 6, 4)}
    for number in range(3):
        publisher.publish([*ARTICLES[5:], *sellers[1:], faq("more", f"More {number}.")], Topics())
    assert stores(publisher) == [manifest.store]


def test_a_damaged_predecessor_is_not_grown(publisher: Publisher) -> None:
    """When the live version's files were damaged meanwhile, the next version comes from SQL."""
    live = publisher.publish(ARTICLES, Topics()).publication.kb_version
    next((publisher.folder / live).glob("faq-*/rows.json")).write_text("{")
    publisher.publish(EDITED, Topics())
    found = collection_of(publisher).search("wrap a gift", publisher.embedder.vector("wrap a gift"), limit=1)
    assert found[0].article_id == "new"


def test_one_article_at_a_time(publisher: Publisher) -> None:
    """Adding, replacing and removing single articles leads to the version that publishing all of them would."""
    publisher.publish(ARTICLES, Topics())
    added = publisher.publish_change([EDITED[-1]])
    assert added.counts == {"added": 1, "changed": 0, "removed": 0, "unchanged": 50}
    assert not publisher.publish_change([EDITED[-1]]).switched
    removed = publisher.publish_change([], [ARTICLES[0].key, ("unknown", "en")])
    assert removed.counts == {"added": 0, "changed": 0, "removed": 1, "unchanged": 50}
    edited = publisher.publish_change([faq(EDITED[0].id, "New words.")])
    assert edited.counts == {"added": 0, "changed": 1, "removed": 0, "unchanged": 49}
    assert publisher.publish_change([EDITED[0]]).publication.kb_version == removed.publication.kb_version
    assert not publisher.publish(EDITED, Topics()).switched


def test_the_first_article_of_all(publisher: Publisher) -> None:
    """A single article can be published before anything else was."""
    assert publisher.publish_change([faq("a", "A body.")]).counts["added"] == 1
    assert collection_of(publisher).rows.articles == ["a"]
