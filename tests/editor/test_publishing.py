"""Publishing: all of it or nothing, now or later, once; and back to any earlier publication."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.console import Console, shown, text_of
from tests.support.office import Office
from tests.support.waiting import until


@pytest.fixture
def edith(office: Office) -> Console:
    """An editor."""
    return Console(office.agent("edith").http, office.agent("lea").http)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """An id of this test's own."""
    return str(request.node.name).split("[")[0].removeprefix("test_").replace("_", "-")[:60]


def newest(console: Console) -> dict[str, Any]:
    """The latest publication."""
    found: dict[str, Any] = console.get("/publications")["items"][0]
    return found


def soon(seconds: float) -> str:
    """A moment from now."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def test_all_of_it_or_nothing(edith: Console, name: str) -> None:
    """One draft that is not as it was read keeps the others from going live."""
    good = edith.saved(f"{name}-a", text_of(f"{name}-a", "Good."))
    stale = edith.saved(f"{name}-b", text_of(f"{name}-b", "Stale."))
    edith.saved(f"{name}-b", text_of(f"{name}-b", "Newer."), stale["version"])
    before = newest(edith)
    refused = edith.ask(good, stale)
    assert (refused.status_code, f"{name}-b" in refused.json()["detail"]) == (409, True)
    assert edith.ask(good, removals=("no-such-article",)).status_code == 404
    assert edith.ask(good, removals=(f"{name}-a",)).status_code == 422
    assert edith.ask().status_code == 422
    assert newest(edith) == before
    assert shown(edith.http, f"{name}-a") is None


def test_the_same_key_is_the_same_job(edith: Console, name: str) -> None:
    """A request sent twice publishes once."""
    draft = edith.saved(name, text_of(name, "Once."))
    body = {"drafts": [{key: draft[key] for key in ("article_id", "locale", "version")}]}
    answers = [
        edith.http.post("/v1/editor/publish", json=body, headers={"idempotency-key": name}).json() for _ in range(2)
    ]
    assert answers[0]["id"] == answers[1]["id"]
    job = edith.ended(answers[0]["id"])
    third = edith.http.post("/v1/editor/publish", json=body, headers={"idempotency-key": name}).json()
    assert third["publication"] == job["publication"] == newest(edith)["id"]


def test_what_was_asked_for_is_what_goes_live(edith: Console, name: str) -> None:
    """Typing on after asking changes nothing of it, and the draft goes on from what is live."""
    draft = edith.saved(name, text_of(name, "Asked for."))
    job = edith.ask(draft, at=soon(1.0)).json()
    assert edith.rows(query=name)[f"{name}/en"]["status"] == "scheduled"
    later = edith.saved(name, text_of(name, "Typed later."), draft["version"])
    assert edith.ended(job["id"])["state"] == "done"
    assert shown(edith.http, name) == "Asked for."
    now = edith.get(f"/drafts/{name}/en")
    assert (now["text"], now["outdated"], now["version"]) == (later["text"], False, later["version"])
    edith.publish(now)
    assert shown(edith.http, name) == "Typed later."


def test_what_another_system_pushed_is_not_overwritten_unseen(edith: Console, name: str) -> None:
    """A draft that began from an older text is refused until somebody looked."""
    edith.publish(edith.saved(name, text_of(name, "First.")))
    draft = edith.saved(name, text_of(name, "Mine."))
    pushed = edith.http.put("/v1/knowledge/articles", json={"path": "x.md", "text": text_of(name, "Pushed.")})
    assert pushed.json()["switched"]
    again = edith.http.put("/v1/knowledge/articles", json={"path": "x.md", "text": text_of(name, "Pushed.")})
    assert not again.json()["switched"]
    assert newest(edith)["kind"] == "push"
    assert edith.get(f"/drafts/{name}/en")["outdated"]
    assert edith.ask(draft).status_code == 409
    edith.publish(edith.saved(name, draft["text"], draft["version"], rebase=True))
    assert shown(edith.http, name) == "Mine."


def test_back_to_any_publication(edith: Console, name: str) -> None:
    """Also to one whose version is kept no more; what is live is what was live then."""
    numbers = {}
    for number in range(6):
        draft = edith.saved(name, text_of(name, f"Text {number}."))
        numbers[number] = edith.publish(draft)["publication"]
    kept = {one["id"]: one["kept"] for one in edith.get("/publications")["items"]}
    assert kept[numbers[5]]
    assert not kept[numbers[0]]
    for number in (0, 4):
        job = edith.roll_back(numbers[number])
        assert shown(edith.http, name) == f"Text {number}."
        record = newest(edith)
        assert (record["id"], record["kind"], record["note"]) == (job["publication"], "rollback", "it was better")
    old = edith.get(f"/articles/{name}/en/revisions/2")
    assert (old["text"], old["publications"]) == (text_of(name, "Text 1."), [numbers[1]])
    assert edith.http.post(f"/v1/editor/publications/{record['id']}/rollback", json={"reason": "x"}).status_code == 409
    assert edith.http.post("/v1/editor/publications/999999/rollback", json={"reason": "x"}).status_code == 404
    assert shown(edith.http, name, revision=6) == "Text 5."


def test_later_and_once(edith: Console, name: str) -> None:
    """A scheduled publication goes live by itself at its time, once; a cancelled one does not."""
    draft = edith.saved(name, text_of(name, "At its time."))
    other = edith.saved(f"{name}-no", text_of(f"{name}-no", "Never."))
    job = edith.ask(draft, at=soon(1.5)).json()
    never = edith.ask(other, at=soon(1.5)).json()
    assert (job["state"], never["state"]) == ("scheduled", "scheduled")
    assert edith.ask(draft).status_code == 409, "it waits already"
    assert edith.post(f"/jobs/{never['id']}/cancel", {})["state"] == "cancelled"
    assert shown(edith.http, name) is None
    ended = edith.ended(job["id"])
    assert ended["state"] == "done"
    assert shown(edith.http, name) == "At its time."
    assert shown(edith.http, f"{name}-no") is None
    assert [one["job"] for one in edith.get("/publications")["items"]].count(job["id"]) == 1
    assert edith.http.post(f"/v1/editor/jobs/{job['id']}/cancel").status_code == 409
    assert edith.http.get("/v1/editor/jobs/999999").status_code == 404


def test_who_may_override(office: Office, edith: Console, name: str) -> None:
    """Leads and admins; an editor may not, and a lead publishes nothing else."""
    draft = edith.saved(name, text_of(name, "Bold."))
    reason = {"reason": "I know better"}
    assert edith.ask(draft, override=reason).status_code == 403
    lea = Console(office.agent("lea").http)
    assert lea.ask(draft).status_code == 403
    assert edith.ended(lea.ask(draft, override=reason).json()["id"])["state"] == "done"
    assert newest(edith)["by"] == "lea"


def test_from_its_first_day_to_its_last_without_a_restart(office: Office, edith: Console, name: str) -> None:
    """Help centre, search and answers show an article on its days only."""
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date()
    question = "Where do I moor the gondola at the pier?"
    text = text_of(name, "Moor the gondola at the pier by the blue post.", question, valid_from=str(tomorrow))
    edith.publish(edith.saved(name, text))
    buyer = office.visitor()

    def seen() -> tuple[bool, bool, bool]:
        found = edith.http.get("/v1/search", params={"q": question, "audience": "buyer"}).json()["results"]
        answer = buyer.ask(question)
        return (
            shown(edith.http, name) is not None,
            name in [one["article_id"] for one in found],
            name in [one["article_id"] for one in answer["citations"]],
        )

    assert seen() == (False, False, False)
    day = datetime.now(UTC).date()
    change = "UPDATE revision SET valid_from = :first, valid_until = :last WHERE article_id = :id"
    office.sql(change, first=str(day) if office.kind == "sqlite" else day, last=None, id=name)
    assert seen() == (True, True, True)
    past = day - timedelta(days=2)
    office.sql(change, first=None, last=str(past) if office.kind == "sqlite" else past, id=name)
    assert seen() == (False, False, False)


def test_an_old_citation_opens_what_it_cited(office: Office, edith: Console, name: str) -> None:
    """At its revision and in its language, for its audience, while drafts stay unseen."""
    question = "How deep is the harbour basin of Lindwurm?"
    edith.publish(edith.saved(name, text_of(name, "The Lindwurm basin is 12 metres deep.", question)))
    spanish = text_of(name, "La dársena tiene 12 metros.", "¿Cuánto mide la dársena?", "es")
    edith.publish(edith.saved(name, spanish, locale="es"))
    buyer = office.visitor()
    (citation,) = buyer.ask(question)["citations"]
    assert (citation["article_id"], citation["locale"]) == (name, "en")
    edith.publish(edith.saved(name, text_of(name, "The Lindwurm basin is 14 metres deep.", question)))
    edith.saved(name, text_of(name, "A draft that nobody may see.", question))
    cited = {"revision": citation["revision"], "locale": citation["locale"]}
    assert shown(buyer.http, name, **cited) == "The Lindwurm basin is 12 metres deep."
    assert shown(buyer.http, name, revision=1, locale="es") == "La dársena tiene 12 metros."
    assert shown(buyer.http, name) == "The Lindwurm basin is 14 metres deep."
    assert shown(buyer.http, name, revision=3) is None
    page = buyer.http.get(f"/articles/{name}", params={**cited, "lang": "es", "audience": "buyer"})
    assert "12 metres" in page.text
    seller = office.visitor(audience="seller")
    assert seller.http.get(f"/v1/articles/{name}", params={"revision": 1}).status_code == 404
    edith.publish(removals=(name,))
    assert shown(buyer.http, name, **cited) == "The Lindwurm basin is 12 metres deep."


def test_how_often_an_article_helps(office: Office, edith: Console, name: str) -> None:
    """The list counts answers that cite it, what visitors said of them, and the hand-offs that followed."""
    question = "What colour is the signal flag of the Fenwick ferry?"
    edith.publish(edith.saved(name, text_of(name, "The Fenwick ferry shows an orange signal flag.", question)))
    for helpful in (True, False, None):
        talk = office.visitor().begin()
        answer = talk.outcome(question)
        assert answer.data["outcome"] == "answer", answer
        if helpful is not None:
            body = {"seq": answer.seq, "helpful": helpful}
            assert talk.http.post(f"{talk.path}/feedback", json=body).status_code < 300
        else:
            talk.ask_for_person()
    counted = ("cited", "helpful", "unhelpful", "handed_off")

    def counts() -> tuple[int, ...] | None:
        row = edith.rows(query=name)[f"{name}/en"]
        found = tuple(row[field] for field in counted)
        return found if found[0] else None

    assert until(counts, 45.0, "the log is counted again") == (3, 1, 1, 1)


def test_the_list_narrows_and_sorts(edith: Console, name: str) -> None:
    """By status, topic, language and age of the review; translations that are behind say so."""
    old = text_of(name, "Body.", "Aardvark?", topic="ants", owner="zoo", reviewed="2024-01-01", review_every="30")
    edith.publish(edith.saved(name, old))
    edith.publish(edith.saved(name, text_of(name, "Cuerpo.", "¿Cerdo?", "es", topic="ants"), locale="es"))
    assert set(edith.rows(topic="ants")) == {f"{name}/en", f"{name}/es"}
    assert set(edith.rows(topic="ants", overdue=True)) == {f"{name}/en"}
    assert set(edith.rows(topic="ants", locale="es")) == {f"{name}/es"}
    assert set(edith.rows(owner="zoo", status="live", audience="buyer")) == {f"{name}/en"}
    assert edith.rows(owner="zoo", audience="seller") == {}
    assert not edith.rows(topic="ants")[f"{name}/es"]["stale_translation"]
    edith.publish(edith.saved(name, old.replace("Body.", "Other body.")))
    rows = edith.rows(topic="ants", sort="review_due")
    assert list(rows) == [f"{name}/en", f"{name}/es"]
    assert rows[f"{name}/es"]["stale_translation"]
    assert not rows[f"{name}/en"]["stale_translation"]
    detail = edith.get(f"/articles/{name}/es")
    assert detail["translations"] == [{"locale": "en", "status": "live", "stale": False}]
    assert [one["number"] for one in edith.get(f"/articles/{name}/en")["revisions"]] == [2, 1]
    assert edith.http.get("/v1/editor/articles/no-such-article/en").status_code == 404


def test_the_audit_trail_knows(office: Office, edith: Console, name: str) -> None:
    """Who began, who asked to publish, what went live."""
    edith.publish(edith.saved(name, text_of(name, "Traced.")))
    found = office.sql("SELECT action, name FROM audit ORDER BY id DESC LIMIT 3")
    assert [(row.action, row.name) for row in found] == [
        ("knowledge.publish", "edith"),
        ("knowledge.publish_asked", "edith"),
        ("draft.begun", "edith"),
    ]
