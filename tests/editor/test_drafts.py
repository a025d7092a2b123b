"""Drafts: saved as they are typed, never lost, told apart when two write at once, reviewed by somebody else."""

import pytest

from tests.support.console import Console, shown, text_of
from tests.support.office import Office


@pytest.fixture
def edith(office: Office) -> Console:
    """An editor."""
    return Console(office.agent("edith").http, office.agent("lea").http)


@pytest.fixture
def root(office: Office) -> Console:
    """An admin, who may edit too."""
    return Console(office.agent("root").http)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """An id of this test's own."""
    return str(request.node.name).split("[")[0].removeprefix("test_").replace("_", "-")[:60]


def test_a_new_article_from_its_first_word_to_the_help_centre(edith: Console, name: str) -> None:
    """It is saved before it parses, says what is wrong with it, and is seen by nobody before it is published."""
    begun = edith.post("/drafts", {"text": f"---\nid: {name}\n---\nMore to come"}, 201)
    assert (begun["version"], begun["status"], begun["base_revision"]) == (1, "draft", None)
    assert {problem["field"] for problem in begun["problems"]} == {"title", "kind", "audience"}
    assert edith.rows(query=name)[f"{name}/en"]["status"] == "draft"
    refused = edith.ask(begun)
    assert refused.status_code == 422
    assert "title" in refused.json()["detail"]
    draft = edith.saved(name, text_of(name, "Press the button."), begun["version"])
    assert (draft["version"], draft["problems"]) == (2, [])
    assert shown(edith.http, name) is None
    job = edith.publish(draft, note="New")
    assert shown(edith.http, name) == "Press the button."
    row = edith.rows(query=name)[f"{name}/en"]
    assert (row["status"], row["live_revision"], row["has_draft"]) == ("live", 1, False)
    publication = edith.get("/publications")["items"][0]
    assert (publication["id"], publication["by"], publication["note"]) == (job["publication"], "edith", "New")
    assert publication["live"]
    assert publication["kept"]


def test_who_saves_second_is_told_and_loses_nothing(edith: Console, root: Console, name: str) -> None:
    """A stale version is refused with the draft as it is now; the refused text is among the saves."""
    first = edith.saved(name, text_of(name, "One."))
    edith.saved(name, text_of(name, "Two, by edith."), first["version"])
    refused = root.save(name, text_of(name, "Two, by root."), first["version"])
    assert refused.status_code == 409
    assert refused.json()["draft"]["text"] == text_of(name, "Two, by edith.")
    assert "edith" in refused.json()["detail"]
    kept = root.get(f"/drafts/{name}/en/saves")["items"][0]
    assert (kept["kind"], kept["by"], kept["text"]) == ("refused", "root", text_of(name, "Two, by root."))
    again = edith.saved(name, text_of(name, "Two, by edith."), first["version"])
    assert again["version"] == 2, "the same save, sent again because its answer was lost"


def test_two_at_once_see_each_other(edith: Console, root: Console, name: str) -> None:
    """Each is told who else has the draft open, until that one leaves."""
    path = f"/drafts/{name}/en/presence"
    assert edith.post(path, {})["others"] == []
    assert root.post(path, {"writing": True})["others"] == ["edith"]
    assert edith.post(path, {})["others"] == ["root"]
    root.post(path, {"gone": True})
    assert edith.post(path, {})["others"] == []


def test_undo_goes_back_save_by_save(edith: Console, name: str) -> None:
    """Down to the live text, and no further; what was undone stays among the saves."""
    edith.publish(edith.saved(name, text_of(name, "Live.")))
    draft = edith.saved(name, text_of(name, "One."))
    draft = edith.saved(name, text_of(name, "Two."), draft["version"])
    path = f"/drafts/{name}/en/undo"
    draft = edith.post(path, {"version": draft["version"]})
    assert draft["text"] == text_of(name, "One.")
    draft = edith.saved(name, text_of(name, "Three."), draft["version"])
    draft = edith.post(path, {"version": draft["version"]})
    draft = edith.post(path, {"version": draft["version"]})
    assert draft["text"] == text_of(name, "Live.")
    assert edith.http.post(f"/v1/editor{path}", json={"version": draft["version"]}).status_code == 409
    assert edith.http.post(f"/v1/editor{path}", json={"version": 1}).status_code == 409
    texts = [save["text"] for save in edith.get(f"/drafts/{name}/en/saves")["items"] if save["undone"]]
    assert texts == [text_of(name, word) for word in ("Three.", "Two.", "One.")]


def test_what_is_discarded_can_be_found_again(edith: Console, name: str) -> None:
    """A discarded draft is gone from the list and there among the saves."""
    edith.saved(name, text_of(name, "A thought."))
    assert edith.http.delete(f"/v1/editor/drafts/{name}/en").status_code == 204
    assert edith.http.get(f"/v1/editor/drafts/{name}/en").status_code == 404
    assert edith.rows(query=name) == {}
    assert edith.get(f"/drafts/{name}/en/saves")["items"][0]["kind"] == "discarded"


def test_the_author_cannot_approve(edith: Console, root: Console, name: str) -> None:
    """Somebody else can; every save sends it back; a rejection says why."""
    draft = edith.saved(name, text_of(name, "Careful."))
    path = f"/drafts/{name}/en/review"
    assert edith.http.post(f"/v1/editor{path}", json={"action": "approve"}).status_code == 409
    assert edith.post(path, {"action": "request", "comment": "Please look"})["status"] == "in_review"
    refused = edith.http.post(f"/v1/editor{path}", json={"action": "approve"})
    assert (refused.status_code, "somebody else" in refused.json()["detail"]) == (403, True)
    assert root.http.post(f"/v1/editor{path}", json={"action": "approve", "version": 9}).status_code == 409
    assert root.post(path, {"action": "reject", "comment": "Too short"})["status"] == "draft"
    edith.post(path, {"action": "request"})
    assert edith.rows(query=name)[f"{name}/en"]["status"] == "in_review"
    assert root.post(path, {"action": "approve", "version": draft["version"]})["status"] == "approved"
    said = [(one["by"], one["action"], one["text"]) for one in edith.get(f"/drafts/{name}/en/comments")["items"]]
    assert said[:2] == [("edith", "request", "Please look"), ("root", "reject", "Too short")]
    assert edith.saved(name, text_of(name, "Careful!"), draft["version"])["status"] == "draft"


def test_comments(edith: Console, root: Console, name: str) -> None:
    """They stand at a line or at none, oldest first."""
    edith.saved(name, text_of(name, "Words."))
    path = f"/drafts/{name}/en/comments"
    root.post(path, {"text": "Which words?", "line": 8}, 201)
    edith.post(path, {"text": "These."}, 201)
    found = edith.get(path)["items"]
    assert [(one["by"], one["line"], one["text"]) for one in found] == [
        ("root", 8, "Which words?"),
        ("edith", None, "These."),
    ]
    assert edith.http.post("/v1/editor/drafts/nothing-here/en/comments", json={"text": "?"}).status_code == 404


def test_many_at_once(edith: Console, name: str) -> None:
    """Each article by itself: what cannot be done says why, and the rest is done."""
    names = [f"{name}-{number}" for number in range(3)]
    edith.publish(*[edith.saved(one, text_of(one, f"Body of {one}.", topic="old")) for one in names])
    keys = [{"article_id": one, "locale": "en"} for one in [*names, "nothing-here"]]
    outcome = edith.post("/bulk", {"keys": keys, "action": "topic", "value": "urgent"})
    assert [item["done"] for item in outcome["items"]] == [True, True, True, False]
    assert outcome["items"][3]["error"]
    rows = edith.rows(query=name)
    assert {(row["topic"], row["status"]) for row in rows.values()} == {("urgent", "changed")}
    edith.post("/bulk", {"keys": keys[:2], "action": "reviewed", "value": "2026-02-03"})
    assert edith.rows(query=name)[f"{names[0]}/en"]["reviewed"] == "2026-02-03"
    edith.post("/bulk", {"keys": keys[:2], "action": "discard"})
    assert edith.rows(query=name)[f"{names[1]}/en"]["status"] == "live"
    retired = edith.post("/bulk", {"keys": keys[:2], "action": "retire"})
    assert edith.ended(retired["job"])["state"] == "done"
    assert shown(edith.http, names[0]) is None
    assert edith.rows(query=name)[f"{names[0]}/en"]["status"] == "removed"
    assert shown(edith.http, names[2]) == f"Body of {names[2]}."


@pytest.mark.parametrize("who", ["ana", "lea"])
def test_who_may_not_write(office: Office, who: str) -> None:
    """Agents see nothing of it; leads read and approve, and write nothing."""
    someone = Console(office.agent(who).http)
    assert someone.save("anything", text_of("anything", "x")).status_code == 403
    assert someone.http.get("/v1/editor/articles").status_code == (200 if who == "lea" else 403)
