"""The desk's lists: views, filters, sorts, pages, due times, counts."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk import Agent
from tests.support.office import Office
from tests.support.visitors import Talk


def listed(agent: Agent, **params: Any) -> list[dict[str, Any]]:
    """One page of a list."""
    answer = agent.http.get("/v1/queue", params={"limit": 500, **params})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def ids(agent: Agent, **params: Any) -> list[str]:
    """Its conversations."""
    return [item["conversation_id"] for item in listed(agent, **params)]


def moment(text: str) -> datetime:
    """A time of the API."""
    return datetime.fromisoformat(text)


@pytest.fixture
def few(office: Office) -> list[Talk]:
    """Five conversations that wait, and nothing else; the third is a seller's, in Spanish."""
    office.clear()
    third = office.visitor(audience="seller", locale="es")
    return [office.waiting(visitor=third if place == 2 else None) for place in range(5)]


def test_views(office: Office, few: list[Talk]) -> None:
    """Each conversation is in the views where it belongs, and the counts say the same."""
    ana, ben = office.agent("ana"), office.agent("ben")
    fence = ana.claim(few[0].id)
    ben.claim(few[1].id)
    ana.do(few[2].id, "resolve", fence=ana.claim(few[2].id))
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    ana.do(few[0].id, "snooze", fence=fence, until=until)
    lea = office.agent("lea")
    assert ids(ana, view="all") == [few[1].id, few[3].id, few[4].id]
    assert ids(ana, view="queues") == ids(ana, view="all")
    assert ids(ana, view="mine") == []
    assert ids(ben, view="mine") == [few[1].id]
    assert ids(ana, view="snoozed") == ids(lea, view="snoozed") == [few[0].id]
    assert ids(ben, view="snoozed") == []
    assert few[2].id in ids(ana, view="resolved")
    counts = ana.http.get("/v1/queue/counts").json()
    assert {name: counts[name] for name in ("queues", "mine", "all", "snoozed", "by_queue")} == {
        "queues": 3,
        "mine": 0,
        "all": 3,
        "snoozed": 1,
        "by_queue": {"general": 2},
    }
    assert ids(ana, state="waiting") == [few[3].id, few[4].id]
    assert ids(ana, state="mine") == [few[0].id]


def test_my_queues(office: Office, few: list[Talk]) -> None:
    """Who serves one queue sees that queue's in `queues`, and everybody's in `all`."""
    cai = office.agent("cai")
    assert cai.http.put("/v1/me/availability", json={"queues": ["money"]}).status_code == 200
    assert ids(cai, view="queues") == []
    assert len(ids(cai, view="all")) == 5
    ana = office.agent("ana")
    ana.do(few[1].id, "transfer", fence=ana.claim(few[1].id), queue="money", reason="a refund")
    assert ids(cai, view="queues") == [few[1].id]
    assert cai.http.get("/v1/queue/counts").json()["queues"] == 1


def test_filters(office: Office, few: list[Talk]) -> None:
    """Values of one filter are alternatives; filters narrow each other."""
    ana = office.agent("ana")
    assert ids(ana, view="all", audience="seller") == [few[2].id]
    assert ids(ana, view="all", locale="es") == [few[2].id]
    assert len(ids(ana, view="all", locale=["en", "es"])) == 5
    assert ids(ana, view="all", locale="es", audience="buyer") == []
    assert len(ids(ana, view="all", queue="general", topic="general", reason="asked_for_person", priority=3)) == 5
    for name in ("queue", "topic", "reason"):
        assert ids(ana, view="all", **{name: "x' OR 1=1 --"}) == []
    assert ids(ana, view="all", priority=1) == []
    for wrong in ({"priority": 9}, {"view": "none"}, {"sort": "x"}, {"limit": 0}, {"limit": 501}, {"q": "\0"}):
        assert ana.http.get("/v1/queue", params=wrong).status_code == 422, wrong


@pytest.mark.parametrize("sort", ["take", "oldest", "newest", "due", "updated"])
def test_pages(office: Office, few: list[Talk], sort: str) -> None:
    """Pages of two give each once, in the order of one long page, also when the first is taken away meanwhile."""
    ana = office.agent("ana")
    whole = ids(ana, view="all", sort=sort)
    assert len(whole) == 5
    assert whole == [talk.id for talk in (few[::-1] if sort in ("newest", "updated") else few)]
    found: list[str] = []
    cursor = None
    for _ in range(3):
        params: dict[str, Any] = {"view": "all", "sort": sort, "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = ana.http.get("/v1/queue", params=params).json()
        found += [item["conversation_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if len(found) == 2:
            assert page["total"] == 5
            ana.do(found[0], "resolve", fence=ana.claim(found[0]))
    assert cursor is None
    assert found == whole


def test_cursors_of_others(office: Office, few: list[Talk]) -> None:
    """A cursor of another sort, or none at all, is refused in words."""
    ana = office.agent("ana")
    cursor = ana.http.get("/v1/queue", params={"sort": "take", "limit": 1}).json()["next_cursor"]
    for sort, given in (("due", cursor), ("take", "x"), ("take", "W10="), ("take", "é"), ("take", cursor[:-4])):
        refused = ana.http.get("/v1/queue", params={"sort": sort, "cursor": given})
        assert refused.status_code == 422, given
        assert "cursor" in refused.json()["detail"]


def test_due(office: Office, few: list[Talk]) -> None:
    """A reply is due within what the queue promises, from when the visitor began to wait; a reply ends that, the
    visitor's next words begin it anew, and a transfer counts by the new queue's promise from the old beginning."""
    ana = office.agent("ana")
    talk = few[0]

    def item() -> dict[str, Any]:
        return next(one for one in listed(ana, view="all") if one["conversation_id"] == talk.id)

    first = item()
    assert moment(first["due_at"]) - moment(first["since"]) == timedelta(minutes=30)
    assert first["visitor_waiting"]
    assert not first["overdue"]
    fence = ana.claim(talk.id)
    assert item()["due_at"] == first["due_at"]
    ana.reply(talk.id, "Hello.", fence)
    assert (item()["due_at"], item()["visitor_waiting"]) == (None, False)
    talk.post("thank you, but")
    again = item()
    assert again["visitor_waiting"]
    assert moment(again["due_at"]) > moment(first["due_at"])
    talk.post("still there?")
    assert item()["due_at"] == again["due_at"], "more words do not move it"
    ana.do(talk.id, "transfer", fence=fence, queue="money", reason="x")
    moved = item()
    assert moment(again["due_at"]) - moment(moved["due_at"]) == timedelta(minutes=25)


def test_overdue(office: Office, few: list[Talk]) -> None:
    """Who waits for longer than promised is marked, counted, and first by `due`."""
    ana = office.agent("ana")
    past = datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=5)
    office.sql("UPDATE handoff SET due_at = :past WHERE conversation_id = :id", past=past, id=few[3].id)
    items = listed(ana, view="all", sort="due")
    assert [item["overdue"] for item in items] == [True, False, False, False, False]
    assert items[0]["conversation_id"] == few[3].id
    assert ana.http.get("/v1/queue/counts").json()["overdue"] == 1


def test_queues(office: Office, few: list[Talk]) -> None:
    """Each queue with its promise, its opening and who waits."""
    queues = {one["id"]: one for one in office.agent("ana").http.get("/v1/queues").json()["queues"]}
    assert (queues["general"]["waiting"], queues["general"]["open"], queues["general"]["reply_within"]) == (5, True, 30)
    assert (queues["money"]["waiting"], queues["money"]["reply_within"]) == (0, 5)
    assert (queues["shut"]["open"], queues["shut"]["opens_at"]) == (False, None)


def test_the_last_line(office: Office, few: list[Talk]) -> None:
    """Each row tells what was said last and by whom; a note for colleagues is not said."""
    ana = office.agent("ana")
    few[1].post("hello?  \n anybody")
    fence = ana.claim(few[2].id)
    ana.reply(few[2].id, "Yes. " + "x" * 300, fence)
    ana.do(few[2].id, "note", text="not said")
    lines = {item["conversation_id"]: item["last_line"] for item in listed(ana, view="all")}
    assert (lines[few[0].id]["text"], lines[few[0].id]["by"]) == ("a person, please", "visitor")
    assert lines[few[1].id]["text"] == "hello? anybody"
    assert lines[few[2].id]["text"].startswith("Yes. xxx")
    assert len(lines[few[2].id]["text"]) == 200
    assert lines[few[2].id]["by"] == "ana"


def test_a_hundred_open_conversations(office: Office) -> None:
    """The list of a hundred comes whole, and fast enough for a desk that asks for it at every change."""
    office.clear()
    visitor = office.visitor()
    for _ in range(100):
        office.waiting(visitor=visitor)
    ana = office.agent("ana")
    took = []
    for _ in range(9):
        begun = datetime.now(UTC)
        assert len(ids(ana, view="all")) == 100
        took.append((datetime.now(UTC) - begun).total_seconds())
    print(f"{office.kind}: list of 100 in {sorted(took)[4] * 1000:.0f} ms (median)")
    assert sorted(took)[4] < 0.5
    office.clear()


def test_search(office: Office) -> None:
    """Every word must occur somewhere in the transcript, whoever wrote it, in any case and alphabet; what stands for
    something in SQL stands for itself; an excerpt shows the place."""
    office.clear()
    key = uuid.uuid4().hex[:8]
    ana = office.agent("ana")
    talk = office.waiting(f"My ÉCRAN broke, {key}, 100%_off \\ O'Brien's")
    other = office.waiting(f"Another {key} 100 off")
    ana.reply(talk.id, "The Größe is wrong, ПРИВЕТ.", ana.claim(talk.id))
    ana.do(other.id, "note", text="secret-note only staff")
    for words, found in (
        (key, {talk.id, other.id}),
        (f"{key} écran", {talk.id}),
        (f"ÉCRAN größe {key}", {talk.id}),
        ("привет " + key, {talk.id}),
        (f"{key} 100%_off", {talk.id}),
        (f"{key} 100__off", set()),
        (f"{key} %", {talk.id}),
        (f"{key} \\", {talk.id}),
        (f"{key} o'brien's", {talk.id}),
        (f"{key} secret-note", {other.id}),
        (f"{key} absent", set()),
        (talk.id, {talk.id}),
    ):
        assert set(ids(ana, view="all", q=words)) == found, words
    item = listed(ana, view="all", q=f"écran {key}")[0]
    assert "ÉCRAN broke" in item["found"]["text"]
    events = ana.http.get(f"/v1/conversations/{talk.id}/events").json()["events"]
    assert "ÉCRAN" in next(event["data"]["text"] for event in events if event["seq"] == item["found"]["seq"])
    assert listed(ana, view="all")[0]["found"] is None
