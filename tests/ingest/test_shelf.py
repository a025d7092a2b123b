"""The shelf: readers keep the version they began with, and a version closes after its last reader."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.answer.retriever import Retriever
from app.answer.types import Wording
from ingest.pipeline import Publisher
from ingest.store import Publication
from ingest.topics import Topics
from ingest.version import Shelf, Version
from tests.ingest.article_factory import faq


class Watched(Version):
    """A real version that tells when it was closed."""

    closed = 0

    def close(self) -> None:
        self.closed += 1
        super().close()


@pytest.fixture
def folder(publisher: Publisher) -> Path:
    """The folder of a published version."""
    name = publisher.publish([faq("a", "A body.")], Topics()).publication.kb_version
    return publisher.folder / name


def test_an_empty_shelf() -> None:
    """Before anything was published readers get nothing, and no error."""
    shelf = Shelf()
    with shelf.reading() as version:
        assert version is None
    assert shelf.busy() == set()
    shelf.close()


def test_a_retired_version_closes_after_its_last_reader(folder: Path) -> None:
    """Switching closes nothing under a reader; the last one to leave closes it, once."""
    shelf = Shelf()
    old, new = (Watched(folder, Publication(number, f"kb-{number}")) for number in (1, 2))
    shelf.put(old)
    with shelf.reading() as outer:
        with shelf.reading() as inner:
            shelf.put(new)
            assert outer is inner is old
            assert shelf.live is new
            assert shelf.busy() == {"kb-1", "kb-2"}
            with shelf.reading() as later:
                assert later is new
        assert old.closed == 0
    assert old.closed == 1
    assert shelf.busy() == {"kb-2"}
    shelf.close()
    assert (old.closed, new.closed) == (1, 1)


def test_a_version_that_nobody_reads_closes_at_once(folder: Path) -> None:
    """Without readers the switch itself closes the old version."""
    shelf = Shelf()
    old, new = (Watched(folder, Publication(number, f"kb-{number}")) for number in (1, 2))
    shelf.put(old)
    with shelf.reading():
        pass
    shelf.put(new)
    assert (old.closed, new.closed) == (1, 0)
    shelf.close()


def test_a_reader_that_fails_lets_go(folder: Path) -> None:
    """An error while reading counts as leaving."""
    shelf = Shelf()
    old, new = (Watched(folder, Publication(number, f"kb-{number}")) for number in (1, 2))
    shelf.put(old)

    def fail() -> None:
        with shelf.reading():
            shelf.put(new)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert old.closed == 1
    shelf.close()


def test_publishing_under_load(publisher: Publisher) -> None:
    """While versions come and go every search sees exactly one of them: never an error, never a mixture."""
    retriever, done = Retriever(publisher), threading.Event()
    publisher.publish([faq(name, f"Edition 0 of {name}.") for name in "abc"], Topics())
    vector = publisher.embedder.vector("edition")

    def read() -> set[frozenset[str]]:
        seen = set()
        while not done.is_set():
            with retriever.reading("faq", "buyer") as reader:
                found = reader.search({"en": Wording("edition", vector)}, "en")
                seen.add(frozenset(passage.text.split()[1] for passage in found.passages))
                assert len({passage.article_id for passage in found.passages}) == 3
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for number in range(1, 4):
                publisher.publish([faq(name, f"Edition {number} of {name}.") for name in "abc"], Topics())
        finally:
            done.set()
        editions = set().union(*(reader.result() for reader in readers))
    assert all(len(edition) == 1 for edition in editions), editions
    assert len(editions) > 1
