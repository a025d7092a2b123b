"""Checks and preview as the console uses them: over HTTP, against what is live, and after a publish."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.articles import publish, write_article
from tests.support.server import Server
from tests.support.visitors import open_client


@pytest.fixture(scope="module")
def editor(small_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The first admin at a server that knows a small folder."""
    place = tmp_path_factory.mktemp("checks")
    with (
        Server(place / "data", {"LINK_HOSTS": "partner.example"}, wait_ready=False) as server,
        open_client(server.url, server.first_token, seconds=120.0) as client,
    ):
        assert client.post("/v1/editor/checks", json={"text": good("x", "Words.")}).status_code == 503
        publish(server.url, server.first_token, Path(shutil.copytree(small_source, place / "articles")))
        yield client


def good(article_id: str, body: str, **fields: str) -> str:
    """A draft's whole text."""
    front = {"id": article_id, "title": "How do zeppelins fly?", "kind": "faq", "audience": "[buyer]", **fields}
    return "\n".join(["---", *(f"{name}: {value}" for name, value in front.items()), "---", "", body, ""])


def checked(editor: httpx.Client, text: str) -> list[dict[str, Any]]:
    answer = editor.post("/v1/editor/checks", json={"text": text})
    assert answer.status_code == 200, answer.text
    findings: list[dict[str, Any]] = answer.json()["findings"]
    return findings


def named(findings: list[dict[str, Any]], check: str) -> list[dict[str, Any]]:
    return [finding for finding in findings if finding["check"] == check]


def swept(editor: httpx.Client) -> list[dict[str, Any]]:
    """All findings about what is live, once every article is through."""
    while True:
        answer = editor.get("/v1/editor/checks", params={"wait": 30}).json()
        if answer["checked"] == answer["total"]:
            findings: list[dict[str, Any]] = answer["findings"]
            return findings


def test_a_text_that_is_no_article_yet(editor: httpx.Client) -> None:
    """Its faults are findings with their line, so that the console has one list to show."""
    (only,) = checked(editor, "---\nid: x\ntitle: T\nkind: faq\naudience: [buyer]\nownr: me\n---\nWords.")
    assert (only["check"], only["severity"], only["line"]) == ("format", "error", 6)
    assert checked(editor, "")[0]["check"] == "format"
    assert editor.post("/v1/editor/checks", json={"text": "x", "more": 1}).status_code == 422


def test_errors_come_first_and_say_where(editor: httpx.Client) -> None:
    """A contradiction names both sentences; hosts of the setting may be linked to."""
    text = good(
        "zeppelin",
        "Zeppelins fly.\n\nA refund to PayPal arrives 9 business days after it starts.\n\n"
        "See [us](https://partner.example/a), [them](https://elsewhere.example) and [this](article:gone).",
    )
    findings = checked(editor, text)
    order = [finding["severity"] for finding in findings]
    assert order == sorted(order, key=["error", "warning", "hint"].index)
    (contradiction,) = named(findings, "contradiction")
    assert contradiction["line"] == 10
    assert contradiction["other"]["article_id"] == "refund-arrival-times"
    assert "2 business days" in contradiction["other"]["quote"]
    assert [(one["severity"], one["quote"]) for one in named(findings, "link")] == [
        ("error", "this"),
        ("warning", "them"),
    ]


def test_an_articles_own_live_version_is_no_rival(editor: httpx.Client, small_source: Path) -> None:
    """A draft that changes a number of its own article contradicts nobody, and is no copy of it."""
    text = (small_source / "delete-account.md").read_text(encoding="utf-8")
    changed = text.replace("14 days", "21 days")
    assert changed != text
    assert not [one for one in checked(editor, changed) if one["check"] in ("contradiction", "duplicate")]
    copy = text.replace("id: delete-account", "id: delete-account-again")
    (found,) = named(checked(editor, copy), "duplicate")
    assert found["other"]["article_id"] == "delete-account"
    assert found["other"]["quote"]
    assert text.split("\n")[found["line"] - 1].startswith("title:")


def test_what_is_live_is_checked_again_where_a_publish_touched_it(editor: httpx.Client, tmp_path: Path) -> None:
    """A contradiction comes with an article, at both ends, and goes with it; the others' findings stay."""
    before = swept(editor)
    assert not named(before, "contradiction")
    file = write_article(
        tmp_path, "undo", "Undoing a deletion", "You can undo the deletion of your account for 90 days.",
        questions=["a b", "c d", "e f"],
    )  # fmt: skip
    put = editor.put("/v1/knowledge/articles", json={"path": "undo.md", "text": file.read_text(encoding="utf-8")})
    assert put.status_code == 200, put.text
    after = swept(editor)
    assert {one["article_id"] for one in named(after, "contradiction")} == {"undo", "delete-account"}
    assert editor.delete("/v1/knowledge/articles/undo").status_code == 200
    assert sorted(map(str, swept(editor))) == sorted(map(str, before))


def test_the_preview_is_the_help_centres_page(editor: httpx.Client, small_source: Path) -> None:
    """The same HTML for the same article, and an answer in its own words."""
    text = (small_source / "delete-account.md").read_text(encoding="utf-8")
    sent = {"text": text, "question": "how long can I undo the deletion?"}
    preview = editor.post("/v1/editor/preview", json=sent).json()
    page = editor.get("/v1/articles/delete-account", params={"locale": "en", "audience": "buyer"}).json()
    assert preview["html"] == page["html"]
    assert preview["title"] == page["title"]
    assert "14 days" in preview["answer"]
    assert preview["problems"] == []


def test_a_preview_of_what_has_faults(editor: httpx.Client) -> None:
    """Faults in the front matter are told, and the body is shown all the same, without HTML that was typed."""
    text = "---\nid: x\nkind: nonsense\n---\n\nSee [this](javascript:alert(1)) <script>alert(1)</script> **now**."
    preview = editor.post("/v1/editor/preview", json={"text": text}).json()
    assert {problem["field"] for problem in preview["problems"]} >= {"title", "kind", "audience"}
    assert "<strong>now</strong>" in preview["html"]
    assert not re.search(r"<script|href=\"javascript", preview["html"])
    assert preview["answer"] is None
