"""One article at a time: put it, replace it, take it away, live as soon as the answer is there."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.articles import publish, write_article
from tests.support.server import Server
from tests.support.visitors import open_client

URL = "/v1/knowledge/articles"


@pytest.fixture(scope="module")
def editor(small_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The first admin at a server that knows a small folder."""
    place = tmp_path_factory.mktemp("editor")
    with Server(place / "data", wait_ready=False) as server:
        publish(server.url, server.first_token, Path(shutil.copytree(small_source, place / "articles")))
        with open_client(server.url, server.first_token, seconds=120.0) as client:
            yield client


def article(folder: Path, article_id: str, body: str, **fields: Any) -> dict[str, str]:
    """The body of a request that puts an article."""
    file = write_article(folder, article_id, f"How do I use a {article_id}?", body, **fields)
    return {"path": file.name, "text": file.read_text(encoding="utf-8")}


def body_of(editor: httpx.Client, article_id: str, locale: str = "en") -> str | None:
    """What a reader sees now; None when there is no such article."""
    answer = editor.get(f"/v1/articles/{article_id}", params={"locale": locale, "audience": "buyer"})
    return answer.json()["markdown"] if answer.status_code == 200 else None


def found(editor: httpx.Client, question: str) -> list[str]:
    """The articles that a search for buyers finds."""
    answer = editor.get("/v1/search", params={"q": question, "audience": "buyer"})
    return [result["article_id"] for result in answer.json()["results"]]


def test_put_change_and_delete(editor: httpx.Client, tmp_path: Path) -> None:
    """Each step is counted, is live at once, and leaves every other article as it was."""
    others = len(editor.get("/v1/topics", params={"audience": "buyer"}).text)
    added = editor.put(URL, json=article(tmp_path, "zeppelin", "Board the zeppelin at the mast.")).json()
    assert (added["counts"]["added"], added["counts"]["changed"], added["counts"]["removed"]) == (1, 0, 0)
    assert added["switched"]
    assert added["embedded"] == 3
    assert found(editor, "where do I board the zeppelin")[0] == "zeppelin"

    changed = editor.put(URL, json=article(tmp_path, "zeppelin", "Board the zeppelin by ladder.")).json()
    assert changed["counts"] == {**added["counts"], "added": 0, "changed": 1}
    assert changed["embedded"] == 2
    assert body_of(editor, "zeppelin") == "Board the zeppelin by ladder."

    same = editor.put(URL, json=article(tmp_path, "zeppelin", "Board the zeppelin by ladder.")).json()
    assert (same["switched"], same["kb_version"]) == (False, changed["kb_version"])

    removed = editor.delete(f"{URL}/zeppelin").json()
    assert removed["counts"] == {"added": 0, "changed": 0, "removed": 1, "unchanged": added["counts"]["unchanged"]}
    assert body_of(editor, "zeppelin") is None
    assert "zeppelin" not in found(editor, "where do I board the zeppelin")
    assert len(editor.get("/v1/topics", params={"audience": "buyer"}).text) == others


def test_one_language_of_an_article(editor: httpx.Client, tmp_path: Path) -> None:
    """A translation comes and goes by itself; without a language the whole article goes."""
    editor.put(URL, json=article(tmp_path, "balloon", "Rise."))
    editor.put(URL, json=article(tmp_path, "balloon", "Sube.", locale="es"))
    assert body_of(editor, "balloon", "es") == "Sube."
    assert editor.delete(f"{URL}/balloon", params={"locale": "es"}).json()["counts"]["removed"] == 1
    assert body_of(editor, "balloon") == "Rise."
    editor.put(URL, json=article(tmp_path, "balloon", "Sube.", locale="es"))
    assert editor.delete(f"{URL}/balloon").json()["counts"]["removed"] == 2
    assert body_of(editor, "balloon") is None


def test_the_folder_comes_to_the_same(editor: httpx.Client, small_source: Path, tmp_path: Path) -> None:
    """Publishing the whole folder after single changes finds nothing left to do, or undoes them."""
    folder = Path(shutil.copytree(small_source, tmp_path / "folder"))
    token = editor.headers["authorization"].removeprefix("Bearer ")
    first = publish(str(editor.base_url), token, folder)
    single = editor.put(URL, json=article(folder, "airship", "Board the airship at noon.")).json()
    again = publish(str(editor.base_url), token, folder)
    assert (again["switched"], again["kb_version"]) == (False, single["kb_version"])
    (folder / "airship.md").unlink()
    assert publish(str(editor.base_url), token, folder)["kb_version"] == first["kb_version"]


@pytest.mark.parametrize("text", ["", "no front matter", "---\nid: x\n---\nwords", "---\nid: [\n---\nx", "\ud800"])
def test_what_is_no_article(editor: httpx.Client, text: str) -> None:
    """A faulty text is a problem document that names the file and its faults."""
    sent = b'{"path": "broken.md", "text": "\\ud800"}' if text == "\ud800" else None
    answer = editor.put(URL, content=sent) if sent else editor.put(URL, json={"path": "broken.md", "text": text})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "broken.md" in answer.json()["detail"] or sent
    assert answer.json()["problems"]


@pytest.mark.parametrize("target", ["nothing", "charged-twice?locale=es", "a%00b", "x" * 500])
def test_what_is_not_there_cannot_be_removed(editor: httpx.Client, target: str) -> None:
    """An unknown article or language is a 404 that says so, and nothing is published."""
    answer = editor.delete(f"{URL}/{target}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert body_of(editor, "charged-twice")
