"""I6: a turn reads one knowledge version from start to end, whatever is published meanwhile."""

import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.articles import publish, write_article
from tests.support.provider import Provider
from tests.support.server import Server
from tests.support.visitors import Visitor

VERSIONS = 12
CLIENTS = 3
QUESTION = "How much is the lantern voucher worth?"
_FACT = re.compile(r"\bFACT(\d+)\b")


def fact(folder: Path, number: int) -> Path:
    """The two articles whose fact changes with every publish."""
    code = f"FACT{number}"
    body = f"The lantern voucher is worth ${number} and carries the code {code}.\n\n## When it ends\n\nThe voucher {code} ends after {number} days."
    write_article(folder, "lantern-voucher", QUESTION, body, questions=[f"what is {code}", "lantern voucher value"])
    other = f"A lantern voucher with the code {code} is used in the basket, before you pay."
    write_article(folder, "lantern-voucher-use", "Where do I use the lantern voucher?", other)
    return folder


@pytest.fixture(scope="module")
def folder(small_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles to change."""
    return Path(shutil.copytree(small_source, tmp_path_factory.mktemp("publish") / "articles"))


@pytest.fixture(scope="module")
def stage(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Provider]]:
    """A server with a model, whose first knowledge came over HTTP."""
    with Provider() as provider:
        data_dir = tmp_path_factory.mktemp("publish-data") / "data"
        with Server(data_dir, provider.env, wait_ready=False) as server:
            publish(server.url, server.first_token, fact(folder, 0))
            yield server, provider


def numbers(text: str) -> set[int]:
    """The versions whose words a text holds."""
    return {int(number) for number in _FACT.findall(text)}


def test_a_dozen_publishes_under_questions(stage: tuple[Server, Provider], folder: Path) -> None:
    """Every answer's words, citations and prompt are of the version it names; none fails, none is late for good."""
    server, provider = stage
    names = {publish(server.url, server.first_token, fact(folder, 1))["kb_version"]: 1}
    done = threading.Event()

    def ask(_: int) -> list[dict[str, Any]]:
        found = []
        with Visitor(server.url) as visitor:
            while not done.wait(0.05):
                found.append(visitor.ask(QUESTION))
        return found

    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(ask, n) for n in range(CLIENTS)]
        try:
            for number in range(2, VERSIONS + 1):
                result = publish(server.url, server.first_token, fact(folder, number))
                assert result["switched"]
                assert result["counts"]["changed"] == 2
                names[result["kb_version"]] = number
        finally:
            done.set()
        decisions = [decision for client in clients for decision in client.result()]
    assert len(names) == VERSIONS
    for decision in decisions:
        number = names[decision["kb_version"]]
        assert decision["outcome"] == "answer", decision
        assert decision["mode"] == "generated"
        assert numbers(decision["text"]) == {number}
        quotes = " ".join(citation["quote"] for citation in decision["citations"])
        assert numbers(quotes) == {number}
    assert all(len(numbers(str(asked.passages))) == 1 for asked in provider.asked)
    assert len({decision["kb_version"] for decision in decisions}) > VERSIONS // 2
    with Visitor(server.url) as visitor:
        assert numbers(visitor.ask(QUESTION)["text"]) == {VERSIONS}


def test_a_turn_that_outlives_several_publishes_ends_on_its_own_version(
    stage: tuple[Server, Provider], folder: Path
) -> None:
    """More publishes than versions are kept pass while the model hangs: the fall-back still quotes the first."""
    server, provider = stage
    begun = publish(server.url, server.first_token, fact(folder, 100))["kb_version"]
    provider.clear()
    provider.behaviour = "hang"
    with Visitor(server.url) as visitor, ThreadPoolExecutor(1) as pool:
        asking = pool.submit(visitor.ask, QUESTION)
        provider.wait_asked()
        published = 0
        while published < 5 and not asking.done():
            published += 1
            publish(server.url, server.first_token, fact(folder, 100 + published))
        decision = asking.result()
    provider.behaviour = "good"
    assert published >= 2
    assert decision["kb_version"] == begun
    assert decision["outcome"] == "answer"
    assert decision["mode"] == "verbatim"
    assert numbers(decision["text"]) == {100}


def test_an_old_citation_stays_readable(stage: tuple[Server, Provider], folder: Path) -> None:
    """A cited revision can be read after the article changed, and the live one says what is true now."""
    server, _ = stage
    with Visitor(server.url) as visitor:
        publish(server.url, server.first_token, fact(folder, 200))
        (citation, *_) = visitor.ask(QUESTION)["citations"]
        publish(server.url, server.first_token, fact(folder, 201))
        path = f"/v1/articles/{citation['article_id']}"
        assert "FACT200" in visitor.http.get(path, params={"revision": citation["revision"]}).json()["markdown"]
        assert "FACT201" in visitor.http.get(path).json()["markdown"]


def test_a_faulty_folder_changes_nothing(stage: tuple[Server, Provider], folder: Path) -> None:
    """An article that cannot be read is a problem document that names the file; the live version stays."""
    server, _ = stage
    with Visitor(server.url) as visitor:
        before = visitor.ask(QUESTION)["kb_version"]
        body = {"files": [{"path": "broken.md", "text": "---\nid: x\n---\nwords"}]}
        refused = visitor.http.post(
            "/v1/knowledge/ingest", json=body, headers={"authorization": f"Bearer {server.first_token}"}
        )
        assert refused.status_code == 422
        assert "broken.md" in refused.json()["detail"]
        assert visitor.ask(QUESTION)["kb_version"] == before
