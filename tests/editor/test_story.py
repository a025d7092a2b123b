"""The editor's story, on our own help centre: ask the draft, the gate stops what breaks answers, publish, go back."""

from collections.abc import Iterator

import httpx
import pytest

from tests.support.console import Console, shown
from tests.support.server import Server
from tests.support.visitors import open_client

ARTICLE = "return-how-to"
QUESTION = "what does a return cost"


@pytest.fixture
def editor(server: Server, tokens: dict[str, str]) -> Iterator[httpx.Client]:
    """An editor's access to a server of this test's own."""
    with open_client(server.url, tokens["edith"], seconds=120.0) as client:
        yield client


def told(editor: httpx.Client) -> str:
    """What a buyer is told."""
    answer = editor.post("/v1/answers", json={"question": QUESTION, "audience": "buyer"})
    assert answer.status_code == 200
    text: str = answer.json()["text"]
    return text


def test_a_draft_is_asked_stopped_mended_published_and_taken_back(editor: httpx.Client) -> None:
    """The gate names a question that would go wrong; a corrected amount passes it, and going back takes it back; the
    revision that was live in between still opens for who cites it."""
    console = Console(editor)
    detail = console.get(f"/articles/{ARTICLE}/en")
    live: str = detail["live"]["text"]
    first = next(one["id"] for one in console.get("/publications")["items"] if one["live"])
    corrected = live.replace("$5.90", "$6.40")
    assert corrected != live

    asked = console.post("/ask", {"question": QUESTION, "audience": "buyer", "texts": [corrected]})
    assert "$5.90" in asked["before"]["text"]
    assert "$6.40" in asked["after"]["text"]
    assert "$5.90" in told(editor), "asking a draft makes nothing live"

    emptied = live[: live.index("---", 4)] + "---\n\nWrite to us about anything that concerns sending things back.\n"
    draft = console.saved(ARTICLE, emptied)
    job = console.ended(console.ask(draft).json()["id"])
    assert job["state"] == "blocked"
    titles = [change["question"] for change in job["gate"]["regressions"]]
    assert detail["row"]["title"] in titles
    assert all(change["before"]["text"] and change["after"]["text"] for change in job["gate"]["regressions"])
    assert "$5.90" in told(editor)

    draft = console.saved(ARTICLE, corrected, draft["version"])
    job = console.publish(draft, note="The fee went up")
    assert "$6.40" in told(editor)
    revision = console.get(f"/articles/{ARTICLE}/en")["live"]["revision"]

    console.roll_back(first)
    assert "$5.90" in told(editor)
    assert "$6.40" in (shown(editor, ARTICLE, revision=revision) or ""), "a citation opens what it cited"
    assert "$6.40" not in (shown(editor, ARTICLE) or "")
