"""The same index in a Chroma server process, as many machines share it."""

import gc
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.answer.retriever import Retriever
from ingest.index import Index
from ingest.pipeline import Publisher
from ingest.topics import Topics
from ingest.version import Manifest
from tests.ingest.article_factory import faq
from tests.ingest.conftest import OpenPublisher
from tests.support.waiting import until

CHROMA = Path(sys.executable).with_name("chroma")
BUYERS = [faq(f"b{number}", f"Buy thing {number}.") for number in range(3)]
SELLERS = [faq(f"s{number}", f"Sell thing {number}.", audience=("seller",)) for number in range(3)]

pytestmark = [
    pytest.mark.skipif(not CHROMA.exists(), reason="chromadb brings no `chroma` here"),
    # Chroma's client leaves kept-alive connections to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def sockets() -> Iterator[None]:
    """Chroma's client leaves its kept-alive connections to the garbage collector, which warns of them."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a `chroma run` on loopback, with a store of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(CHROMA), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            until(lambda: _answers(url), 30, "the Chroma server")
            yield url
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v2/heartbeat", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def names(url: str) -> set[str]:
    """The collections that the server holds."""
    index = Index(url)
    try:
        return set(index.names())
    finally:
        index.close()


def best(publisher: Publisher, question: str, audience: str) -> str:
    """The text of the best passage."""
    with Retriever(publisher).reading("faq", audience) as reader:  # type: ignore[arg-type]
        return reader.find(question, "en", publisher.embedder.vector).passages[0].text


def test_publish_search_and_take_over(chroma_url: str, open_publisher: OpenPublisher) -> None:
    """Versions are built in the server, searched there, and share the collections that did not change."""
    publisher = open_publisher("one", chroma_url=chroma_url)
    first = publisher.publish([*BUYERS, *SELLERS], Topics()).publication.kb_version
    assert best(publisher, "buy thing 2", "buyer") == "Buy thing 2."
    assert [path.name for path in publisher.folder.iterdir()] == [first]
    before = names(chroma_url)
    second = publisher.publish([*BUYERS, *SELLERS[1:]], Topics()).publication.kb_version
    assert best(publisher, "sell thing 1", "seller") == "Sell thing 1."
    added = names(chroma_url) - before
    assert [name.split("-")[1] for name in added] == ["seller"]
    used = {entry.base for entry in Manifest.read(publisher.folder / second).collections}
    assert used <= before | added
    assert len(used & before) == 1


def test_a_second_machine_opens_what_the_first_published(chroma_url: str, open_publisher: OpenPublisher) -> None:
    """A machine that has the database but no folder opens the live version from SQL and the server."""
    one = open_publisher("shared", chroma_url=chroma_url)
    one.publish(BUYERS, Topics())
    other = open_publisher(
        "elsewhere", chroma_url=chroma_url, database_url=f"sqlite+aiosqlite:///{one.folder.parent / 'baton.db'}"
    )
    assert other.open_live() == one.store.live()
    assert best(other, "buy thing 1", "buyer") == "Buy thing 1."


def test_collections_of_removed_versions_are_dropped(chroma_url: str, open_publisher: OpenPublisher) -> None:
    """The server does not fill up: what no kept version uses is deleted there."""
    publisher = open_publisher("many", chroma_url=chroma_url)
    made: list[str] = []
    for number in range(6):
        version = publisher.publish([faq("x", f"Body {number}.")], Topics()).publication.kb_version
        made += [entry.base for entry in Manifest.read(publisher.folder / version).collections]
    kept = {entry.base for folder in publisher.folder.iterdir() for entry in Manifest.read(folder).collections}
    assert set(made) & names(chroma_url) == kept
