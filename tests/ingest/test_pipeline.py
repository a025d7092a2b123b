"""Publishing: what changed is embedded, the rest is kept, and whatever fails leaves the live version alone."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding
from sqlalchemy import text

from app.answer.retriever import Retriever
from ingest.article import Article
from ingest.chunk import CHUNKER
from ingest.embed import RemoteEmbedder
from ingest.errors import IndexBroken
from ingest.pipeline import Publisher, kb_version_of
from ingest.topics import Topics, parse_topics
from tests.ingest.article_factory import faq
from tests.ingest.conftest import OpenPublisher

SUBJECTS = ("refund card", "late parcel", "change password", "seller payout", "gift voucher", "return label")
ARTICLES = [faq(f"a{n}", f"What to do about {subject}: see {n}.", title=subject) for n, subject in enumerate(SUBJECTS)]
MODEL = RemoteEmbedder("m", DeterministicFakeEmbedding(size=8))
TODAY = datetime.now(UTC).date()


def best(publisher: Publisher, question: str) -> str:
    """The text of the best passage for a buyer."""
    retriever = Retriever(publisher)
    with retriever.reading("faq", "buyer") as reader:
        found = reader.find(question, "en", publisher.embedder.vector)
    return found.passages[0].text if found.passages else ""


def texts(publisher: Publisher, question: str) -> str:
    """Every passage found for a buyer."""
    with Retriever(publisher).reading("faq", "buyer") as reader:
        return " ".join(p.text for p in reader.find(question, "en", publisher.embedder.vector).passages)


def folders(publisher: Publisher) -> set[str]:
    """The versions in the index folder, and scraps of some."""
    return {path.name for path in publisher.folder.iterdir() if not path.name.startswith("chroma")}


def test_the_life_of_a_knowledge_base(publisher: Publisher) -> None:
    """Added, changed, removed and unchanged are counted; only new words are embedded; an edit takes effect at once."""
    first = publisher.publish(ARTICLES, Topics())
    assert first.counts == {"added": 6, "changed": 0, "removed": 0, "unchanged": 0}
    assert first.embedded == 18
    assert "see 1" in best(publisher, "my parcel is late")

    again = publisher.publish(ARTICLES[::-1], Topics())
    assert again.counts == {"added": 0, "changed": 0, "removed": 0, "unchanged": 6}
    assert (again.embedded, again.switched, again.publication) == (0, False, first.publication)

    edited = [ARTICLES[0], faq("a1", "Ask the courier.", title="late parcel"), *ARTICLES[2:5], faq("new")]
    assert publisher.diff(edited).counts() == {"added": 1, "changed": 1, "removed": 1, "unchanged": 4}
    second = publisher.publish(edited, Topics())
    assert second.counts == {"added": 1, "changed": 1, "removed": 1, "unchanged": 4}
    assert second.embedded == 5  # a1's body and its sentence, and title, body and sentence of the new one
    assert best(publisher, "my parcel is late") == "Ask the courier."
    assert "see 5" not in texts(publisher, "return label")

    back = publisher.publish(ARTICLES, Topics())
    assert (back.embedded, back.publication.kb_version) == (0, first.publication.kb_version)
    assert back.publication.id > second.publication.id
    assert "see 1" in best(publisher, "my parcel is late")
    assert {revision.number for revision in publisher.store.revisions(back.publication.id)} == {1}

    emptied = publisher.publish([], Topics())
    assert emptied.counts["removed"] == 6
    assert best(publisher, "my parcel is late") == ""


def hashes(articles: Sequence[Article]) -> dict[tuple[str, str], str]:
    """What a version's name is made of."""
    return {article.key: article.content_hash for article in articles}


def test_equal_content_has_an_equal_name() -> None:
    """A version's name depends on its articles, topics and embedder, and on no order or machine."""
    name = kb_version_of(hashes(ARTICLES), Topics(), MODEL)
    assert kb_version_of(hashes(ARTICLES[::-1]), Topics(), MODEL) == name
    others = {
        kb_version_of(hashes(ARTICLES[1:]), Topics(), MODEL),
        kb_version_of(hashes([*ARTICLES[1:], faq("a0")]), Topics(), MODEL),
        kb_version_of(hashes(ARTICLES), parse_topics('[topics.x]\nname = "X"\n', "t"), MODEL),
        kb_version_of(hashes(ARTICLES), Topics(), replace(MODEL, name="other")),
    }
    assert len(others | {name}) == 5


def test_changed_topics_are_published(publisher: Publisher) -> None:
    """A change of ``topics.toml`` alone goes live, and embeds no article anew."""
    publisher.publish(ARTICLES, Topics())
    topics = parse_topics('[topics.x]\nname = "X"\nalways_human = true\nphrases = ["a case for people"]\n', "t")
    published = publisher.publish(ARTICLES, topics)
    assert published.switched
    assert (published.counts["unchanged"], published.embedded) == (6, 0)
    with Retriever(publisher).reading("faq", "buyer") as reader:
        assert reader.topics == topics


def test_old_versions_are_removed(publisher: Publisher) -> None:
    """The last few versions stay for rollback; older ones and the scraps of cut-off builds go."""
    versions = []
    for number in range(5):
        scrap = publisher.folder / f".kb-{number}.tmp"
        scrap.mkdir()
        versions.append(publisher.publish([faq("a", f"Body {number}.")], Topics()).publication.kb_version)
    assert {name for name in folders(publisher) if not name.startswith("chroma-")} == set(versions[-3:])


def test_a_version_that_is_read_stays(publisher: Publisher) -> None:
    """The folder of a version that somebody still reads is not removed from under them."""
    first = publisher.publish([faq("a", "Body.")], Topics()).publication.kb_version
    with publisher.shelf.reading() as held:
        for number in range(4):
            publisher.publish([faq("a", f"Body {number}.")], Topics())
        assert first in folders(publisher)
        assert held is not None
        collection = held.collection("faq", "buyer", "en")
        assert collection is not None
        assert collection.search("body", publisher.embedder.vector("body"), limit=5)


def test_a_failing_build_leaves_the_live_version(publisher: Publisher) -> None:
    """When the new version cannot be built nothing changes: not SQL, not the shelf, not the folder."""
    live = publisher.publish(ARTICLES, Topics()).publication
    publisher._target = "http://127.0.0.1:1"
    before = folders(publisher)
    with pytest.raises(IndexBroken, match="nothing was changed"):
        publisher.publish([faq("a", "Never seen.")], Topics())
    assert publisher.store.live() == live
    assert folders(publisher) == before
    assert "see 1" in best(publisher, "my parcel is late")
    publisher._target = ""
    assert publisher.publish([faq("a", "Seen now.")], Topics()).switched
    assert best(publisher, "seen") == "Seen now."


@pytest.mark.parametrize("damage", ["gone", "no manifest", "vectors cut", "chroma cut", "crashed while opening"])
def test_a_damaged_version_is_built_again_from_sql(open_publisher: OpenPublisher, damage: str) -> None:
    """At start a version that does not open is made anew, without embedding anything again."""
    first = open_publisher()
    version = first.publish(ARTICLES, Topics()).publication.kb_version
    first.close()
    folder = first.folder / version
    place = next(folder.glob("faq-buyer-en-*"))
    match damage:
        case "gone":
            shutil.rmtree(folder)
        case "no manifest":
            (folder / "manifest.json").unlink()
        case "vectors cut":
            (place / "vectors.npy").write_bytes(b"")
        case "chroma cut":
            shutil.rmtree(next(first.folder.glob("chroma-*")))
        case _:
            (folder / "opening").touch()
    second = open_publisher()
    opened = second.open_live()
    assert opened is not None
    assert opened.kb_version == version
    assert not (folder / "opening").exists()
    assert "see 1" in best(second, "my parcel is late")


def test_going_back_to_a_damaged_version(publisher: Publisher) -> None:
    """A kept version that was damaged meanwhile is built again when it is published again."""
    old = publisher.publish([faq("a", "Old words.")], Topics()).publication.kb_version
    publisher.publish([faq("a", "New words.")], Topics())
    next((publisher.folder / old).glob("faq-buyer-en-*/vectors.npy")).write_bytes(b"")
    publisher.publish([faq("a", "Old words.")], Topics())
    live = publisher.store.live()
    assert live is not None
    assert live.kb_version == old
    assert best(publisher, "words") == "Old words."


def test_another_embedder_embeds_everything_anew(open_publisher: OpenPublisher, tmp_path: Path) -> None:
    """Changing the embedder publishes every article under vectors of the new one."""
    first = open_publisher()
    first.publish(ARTICLES, Topics())
    first.close()
    other = RemoteEmbedder("other", DeterministicFakeEmbedding(size=32))
    second = Publisher(first.store, other, first.folder)
    published = second.publish(ARTICLES, Topics())
    try:
        assert published.switched
        assert published.embedded == 18
        version = second.shelf.live
        assert version is not None
        collection = version.collection("faq", "buyer", "en")
        assert collection is not None
        assert collection.vectors.shape == (12, 32)
        assert collection.search("refund card", other.vector("refund card"), limit=3)[0].article_id == "a0"
    finally:
        second.close()


def test_articles_cut_by_an_older_chunker_are_cut_anew(publisher: Publisher) -> None:
    """When the chunker changed, the next publish replaces the pieces of unchanged articles too."""
    publisher.publish(ARTICLES, Topics())
    with publisher.store.engine.begin() as connection:
        connection.execute(text("UPDATE revision SET chunker = '0'"))
        connection.execute(text("UPDATE chunk SET text = 'cut by the old chunker' WHERE part = 'body'"))
    published = publisher.publish([*ARTICLES, faq("new")], Topics())
    assert published.counts == {"added": 1, "changed": 0, "removed": 0, "unchanged": 6}
    assert {revision.chunker for revision in publisher.store.revisions(published.publication.id)} == {CHUNKER}
    assert "see 1" in best(publisher, "my parcel is late")


def test_only_articles_in_season_are_found(publisher: Publisher) -> None:
    """An article is found from its first day to its last, both included, without being published again."""
    day = timedelta(days=1)
    seasons: dict[str, dict[str, object]] = {
        "over": {"valid_until": TODAY - day},
        "to-come": {"valid_from": TODAY + 2 * day},
        "last-day": {"valid_until": TODAY + day},
        "first-day": {"valid_from": TODAY - day},
    }
    publisher.publish([faq(name, f"Sale {name}.", **fields) for name, fields in seasons.items()], Topics())
    retriever = Retriever(publisher)
    with retriever.reading("faq", "buyer") as reader:
        found = reader.find("sale", "en", publisher.embedder.vector)
        assert reader.bodies("over", "en") == []
        assert reader.bodies("last-day", "en") != []
    assert {match.article_id for match in found.ranking} == {"last-day", "first-day"}
    assert {passage.article_id for passage in found.passages} == {"last-day", "first-day"}


def test_audiences_do_not_see_each_other(publisher: Publisher) -> None:
    """A buyer's reader holds neither sellers' articles nor procedures, by search or by name."""
    mixed = [
        faq("b", "Shared secret for buyers."),
        faq("s", "Shared secret for sellers.", audience=("seller",)),
        faq("both", "Shared secret for both.", audience=("buyer", "seller")),
        Article(id="sop", title="Procedure", kind="sop", audience=("agent",), body="Shared secret for agents."),
    ]
    publisher.publish(mixed, Topics())
    retriever = Retriever(publisher)
    for audience, expected in (("buyer", {"b", "both"}), ("seller", {"s", "both"})):
        with retriever.reading("faq", audience) as reader:  # type: ignore[arg-type]
            found = reader.find("shared secret", "en", publisher.embedder.vector)
            assert {match.article_id for match in found.ranking} == expected
            assert reader.bodies("sop", "en") == []
