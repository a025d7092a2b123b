"""A candidate: read as the published edit would be, while nothing of it is live."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.answer.retriever import Found, Reader
from app.knowledge import build_publisher
from app.settings import Settings
from ingest.article import Article, Audience
from ingest.candidate import Candidate, candidate
from ingest.errors import NothingLive, Outdated
from ingest.pipeline import Publisher
from ingest.topics import Topics
from tests.ingest.article_factory import faq

QUESTIONS = ("where do I board the zeppelin", "how much is the ferry", "night train to the coast", "museum tickets")


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """Three articles are live."""
    built = build_publisher(Settings(data_dir=tmp_path / "data"))
    built.publish(
        [
            faq("zeppelin", "Board the zeppelin at the mast.\n\nBring a hat.", audience=("buyer", "seller")),
            faq("ferry", "The ferry costs 4 dollars.", questions=("what is the fare of the ferry",)),
            faq("ferry", "El transbordador cuesta 4 dólares.", locale="es", title="El transbordador"),
            faq("train", "The night train leaves at 22:10."),
        ],
        Topics(),
    )
    yield built
    built.close()


def found_by(reader: Reader, publisher: Publisher, locale: str = "en") -> list[Found]:
    """What a reader finds for every question."""
    return [reader.find(question, locale, publisher.embedder.vector) for question in QUESTIONS]


def edited(edit: Candidate, audience: Audience = "buyer") -> Reader:
    """A reader of the candidate."""
    return Reader(edit.version, edit.topics, edit.passages, "faq", audience)


CHANGES: list[tuple[list[Article], list[tuple[str, str]]]] = [
    ([faq("ferry", "The ferry costs 5 dollars.", questions=("what is the fare of the ferry",))], []),
    ([faq("museum", "The museum opens at ten.", questions=("museum tickets",))], [("train", "en")]),
    ([faq("zeppelin", "Board the zeppelin at the mast.", audience=("seller",))], []),
    ([faq("train", "No night train runs.", valid_until=date(2020, 1, 1))], [("ferry", "es")]),
    ([faq("train", "El tren sale a las 22:10.", locale="es", title="El tren")], []),
    ([], [("ferry", "en"), ("zeppelin", "en")]),
]


@pytest.mark.parametrize(("changed", "removed"), CHANGES)
@pytest.mark.parametrize("audience", ["buyer", "seller"])
@pytest.mark.parametrize("locale", ["en", "es"])
def test_it_reads_as_the_published_edit_does(
    publisher: Publisher, changed: list[Article], removed: list[tuple[str, str]], audience: Audience, locale: str
) -> None:
    """The same articles with the same passages, and scores that differ only by the sample they are judged against."""
    with candidate(publisher, changed, removed) as edit:
        name = edit.version.kb_version
        before = found_by(edited(edit, audience), publisher, locale)
        edit.publish()
    with publisher.shelf.reading() as version:
        assert version is not None
        assert version.kb_version == name
        live = Reader(version, Topics(), publisher.store, "faq", audience)
        after = found_by(live, publisher, locale)
    for one, other in zip(before, after, strict=True):
        assert [match.article_id for match in one.ranking] == [match.article_id for match in other.ranking]
        assert [match.score for match in one.ranking] == pytest.approx([match.score for match in other.ranking])
        assert [passage.text for passage in one.passages] == [passage.text for passage in other.passages]


def test_nothing_of_it_is_live(publisher: Publisher) -> None:
    """Neither while it is open nor when it was dropped; and no revision is left behind."""
    live = publisher.store.live()
    with candidate(publisher, [faq("ferry", "The ferry costs 9 dollars.")], [("train", "en")], keeps=False) as edit:
        assert [p.text for p in edited(edit).bodies("ferry", "en")] == ["The ferry costs 9 dollars."]
        assert edited(edit).bodies("train", "en") == []
        assert publisher.store.live() == live
        with publisher.shelf.reading() as version:
            reader = Reader(version, Topics(), publisher.store, "faq", "buyer")
            assert [passage.text for passage in reader.bodies("ferry", "en")] == ["The ferry costs 4 dollars."]
    assert publisher.store.live() == live
    assert {stored.number for stored in publisher.live_revisions()} == {1}
    published = publisher.publish_change([faq("ferry", "The ferry costs 9 dollars.")])
    assert published.embedded == 2, "asking a draft must not have stored its vectors"
    assert {stored.number for stored in publisher.live_revisions() if stored.key == ("ferry", "en")} == {2}


def test_its_vectors_are_kept_for_publishing(publisher: Publisher) -> None:
    """What is meant to be published is embedded once."""
    with candidate(publisher, [faq("ferry", "The ferry costs 9 dollars.")]) as edit:
        assert edit.publish().embedded == 0


def test_something_else_went_live_meanwhile(publisher: Publisher) -> None:
    """What was checked is not what would be live: it is refused, and the other publish stays."""
    with candidate(publisher, [faq("ferry", "The ferry costs 9 dollars.")]) as edit:
        other = publisher.publish_change([faq("train", "The night train leaves at 23:00.")])
        with pytest.raises(Outdated, match="something else was published meanwhile"):
            edit.publish()
    assert publisher.store.live() == other.publication


def test_it_reads_what_was_live_when_it_was_opened(publisher: Publisher) -> None:
    """The version below stays open and its passages stay its own, whatever is published meanwhile."""
    with candidate(publisher, [faq("ferry", "The ferry costs 9 dollars.")]) as edit:
        publisher.publish_change([faq("train", "The night train leaves at 23:00.")])
        reader = edited(edit)
        assert "22:10" in reader.bodies("train", "en")[0].text
        assert (
            reader.find("night train to the coast", "en", publisher.embedder.vector).passages[0].article_id == "train"
        )


def test_before_the_first_publish(tmp_path: Path) -> None:
    """There is nothing to compare with, and that is said."""
    built = build_publisher(Settings(data_dir=tmp_path / "empty"))
    with pytest.raises(NothingLive, match="publish some articles first"), candidate(built, [faq()]):
        raise AssertionError
    built.close()


def test_an_equal_text_is_no_edit(publisher: Publisher) -> None:
    """Keys that are the same, or were never there, are left out of it."""
    same = publisher.store.articles([stored.id for stored in publisher.live_revisions()])
    with candidate(publisher, same, [("nothing", "en")]) as edit:
        assert edit.keys == frozenset()
        assert edit.version.kb_version == edit.base.kb_version
