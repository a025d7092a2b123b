"""Asking a draft through the server: both answers, nothing live, and what is wrong with a text said plainly."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.articles import publish, write_article
from tests.support.server import Server
from tests.support.visitors import open_client

URL = "/v1/editor/ask"
MAIL = "How do I change my e-mail address?"


@pytest.fixture(scope="module")
def editor(small_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The first admin at a server that knows a small folder."""
    place = tmp_path_factory.mktemp("asking")
    with (
        Server(place / "data", wait_ready=False) as server,
        open_client(server.url, server.first_token, seconds=120.0) as client,
    ):
        early = client.post(URL, json={"question": MAIL})
        assert early.status_code == 503
        assert "publish some articles first" in early.json()["detail"]
        publish(server.url, server.first_token, small_source)
        yield client


def version_of(editor: httpx.Client) -> str:
    """The live version's name."""
    name: str = editor.get("/readyz").json()["kb_version"]
    return name


def test_an_unsaved_text(editor: httpx.Client, small_source: Path) -> None:
    """What would be said after the edit, beside what is said now; and still said afterwards."""
    live = version_of(editor)
    text = (small_source / "change-email.md").read_text(encoding="utf-8")
    front = text.split("\n---\n")[0]
    draft = f"{front}\n---\n\nWrite the new e-mail address on a postcard, and send the postcard to our office.\n"
    asked = editor.post(URL, json={"question": MAIL, "texts": [draft]})
    assert asked.status_code == 200, asked.text
    before, after = asked.json()["before"], asked.json()["after"]
    assert "both mailboxes" in before["text"]
    assert before["citations"][0]["revision"] == 1
    assert "postcard" in after["text"]
    assert (after["citations"][0]["article_id"], after["citations"][0]["revision"]) == ("change-email", 0)
    assert (before["kb_version"], version_of(editor)) == (live, live)
    assert after["kb_version"] not in ("", live)
    visitor = editor.post("/v1/answers", json={"question": MAIL}).json()
    assert visitor["text"] == before["text"]
    assert visitor["confidence"] == before["confidence"], "the editor is told what visitors are told"


def test_a_new_article(editor: httpx.Client, tmp_path: Path) -> None:
    """Nothing answers it now; the draft would."""
    file = write_article(tmp_path, "zeppelin", "Where do I board the zeppelin?", "Board the zeppelin at the mast.")
    question = {"question": "where do i board the zeppelin", "texts": [file.read_text(encoding="utf-8")]}
    said = editor.post(URL, json=question).json()
    assert said["before"]["outcome"] != "answer"
    assert said["after"]["text"] == "Board the zeppelin at the mast."
    hidden = editor.post(URL, json={**question, "audience": "seller"}).json()
    assert hidden["after"]["outcome"] != "answer", "the draft is for buyers"


def test_without_drafts(editor: httpx.Client) -> None:
    """Both sides are what is live."""
    said = editor.post(URL, json={"question": MAIL}).json()
    for side in said.values():
        side.pop("timings_ms")
    assert said["before"] == said["after"]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"question": ""}, 422, "question"),
        ({"question": MAIL, "texts": ["no front matter"]}, 422, "draft:1: has no front matter"),
        ({"question": MAIL, "texts": ["---\nid: x\n---\nwords"]}, 422, "title: is missing"),
        ({"question": MAIL, "texts": ["\x00"]}, 422, "draft"),
        ({"question": MAIL, "drafts": [{"article_id": "x", "locale": "en"}]}, 404, "there is no draft of `x` (en)"),
        ({"question": MAIL, "audience": "agent"}, 422, "audience"),
        ({"question": MAIL, "locale": "english"}, 422, "locale"),
        ({"question": MAIL, "else": 1}, 422, "else"),
        ({"question": MAIL, "texts": ["x"] * 21}, 422, "texts"),
    ],
)
def test_what_cannot_be_asked(editor: httpx.Client, body: dict[str, object], status: int, told: str) -> None:
    """A problem document that names the place."""
    answer = editor.post(URL, json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json()["detail"]


def test_who_may_ask(editor: httpx.Client) -> None:
    """Editors; neither visitors nor nobody."""
    token = editor.post("/v1/visitors", json={}).json()["token"]
    for headers, status in (({"authorization": f"Bearer {token}"}, 403), ({"authorization": ""}, 401)):
        answer = httpx.post(f"{editor.base_url}{URL}", content=json.dumps({"question": MAIL}), headers=headers)
        assert answer.status_code == status
