"""Between the assistant and a person: honest waiting, a way to be reached, who writes just now."""

from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Talk, Visitor

URGENT = "Someone hacked my account and bought stuff"
"""Goes to a queue that is open day and night, so that the clock of the machine does not matter."""


def test_the_expected_wait_is_measured(shared_server: Server, ana: Agent) -> None:
    """Nothing is promised before five people were served; then the promise is about as long as they waited."""
    with Visitor(shared_server.url) as visitor:

        def wait() -> Talk:
            talk = visitor.begin()
            talk.outcome(URGENT)
            talk.wait_for("handoff.opened")
            return talk

        first = wait().show()
        assert first["expected_wait_seconds"] is None
        assert first["position"] >= 1
        served = [wait() for _ in range(5)]
        for talk in served:
            ana.claim(talk.id)
        shown = wait().show()
    assert shown["queue"]["open"] is True
    assert shown["queue"]["timezone"] == "America/New_York"
    assert shown["queue"]["hours"] == [
        {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "hours": ["00:00-24:00"]}
    ]
    assert 0 <= shown["expected_wait_seconds"] <= 30


def test_hours_of_a_queue_that_closes(talk: Talk) -> None:
    """Either it is open and says until when, or closed and says from when."""
    talk.post("How do I change my email address?")
    talk.ask_for_person()
    queue = talk.show()["queue"]
    assert (queue["closes_at"] is None) is not queue["open"]
    assert (queue["opens_at"] is None) is queue["open"]
    assert queue["hours"][0]["hours"] == ["08:00-22:00"]


def test_a_way_to_be_reached(talk: Talk, ana: Agent) -> None:
    """Note and contact stand in the log once, however often they are sent, and beside the conversation at the desk."""
    talk.ask_for_person("My parcel is lost")
    left = {"reach": " ana@example.org ", "note": "After six, please", "client_id": "c1"}
    seqs = {talk.http.post(f"{talk.path}/contact", json=left).json()["seq"] for _ in range(3)}
    events = talk.events()
    assert [event.data["text"] for event in events if event.type == "message.visitor"] == [
        "My parcel is lost",
        "After six, please",
    ]
    contacts = [event for event in events if event.type == "contact.left"]
    assert [event.data for event in contacts] == [{"reach": "ana@example.org"}]
    assert seqs == {contacts[0].seq}
    brief = ana.http.get(f"/v1/conversations/{talk.id}/brief").json()
    assert brief["context"]["reach"] == "ana@example.org"
    assert "customer" not in brief["context"]


def test_an_address_identifies_nobody(shared_server: Server, talk: Talk) -> None:
    """Somebody else who leaves the same address sees nothing of the first conversation."""
    talk.ask_for_person()
    left = {"reach": "ana@example.org", "client_id": "c1"}
    assert talk.http.post(f"{talk.path}/contact", json=left).status_code == 202
    with Visitor(shared_server.url) as other:
        theirs = other.begin()
        theirs.ask_for_person()
        assert other.http.post(f"{theirs.path}/contact", json=left).status_code == 202
        listed = other.http.get("/v1/conversations").json()["conversations"]
        assert [one["id"] for one in listed] == [theirs.id]
        assert other.http.post(f"{talk.path}/contact", json=left).status_code == 404


def test_contact_without_a_wish_for_a_person(talk: Talk) -> None:
    """Nobody would read it: refused, saying what to do."""
    answer = talk.http.post(f"{talk.path}/contact", json={"reach": "x", "client_id": "c"})
    assert answer.status_code == 409
    assert "handoff" in answer.json()["detail"]


def test_typing_is_heard_on_the_other_side_only(talk: Talk, ana: Agent, ben: Agent) -> None:
    """The holder's typing reaches the visitor, the visitor's reaches staff; it has no number and is not logged."""
    talk.ask_for_person()
    path = f"{talk.path}/typing"
    assert talk.http.post(path).status_code == 204  # Nobody is there: heard by nobody.
    ana.claim(talk.id)
    last = talk.events()[-1].seq or 0
    with talk.stream(last) as heard:
        assert talk.http.post(path).status_code == 204
        assert ben.http.post(path).status_code == 204
        assert ana.http.post(path).status_code == 204
        event = next(heard)
    assert (event.type, event.seq, event.data) == ("typing", None, {"who": "agent", "name": "ana"})
    headers = {"accept": "text/event-stream", "last-event-id": str(last)}
    with ana.http.stream("GET", f"{talk.path}/events", headers=headers) as answer:
        lines = answer.iter_lines()
        assert next(lines).startswith(":")
        assert talk.http.post(path).status_code == 204
        told = next(line for line in lines if line.startswith("data:"))
    assert '"who":"visitor"' in told
    assert [event.type for event in talk.events() if event.type == "typing"] == []


def test_typing_in_a_conversation_of_somebody_else(shared_server: Server, talk: Talk) -> None:
    """Not found, like everything else of it; and staff without the desk are refused."""
    with Visitor(shared_server.url) as other:
        assert other.http.post(f"{talk.path}/typing").status_code == 404


def test_earlier_conversations_say_what_they_were_about(visitor: Visitor) -> None:
    """Newest first, each by its first message; an empty one has no subject."""
    first, second = visitor.begin(), visitor.begin()
    first.post("How  do I\nchange my email address? " + "x" * 200)
    listed = visitor.http.get("/v1/conversations").json()["conversations"]
    assert [(one["id"], one["subject"]) for one in listed] == [
        (first.id, ("How do I change my email address? " + "x" * 200)[:120]),
        (second.id, None),
    ]
    assert listed[0]["updated_at"] >= listed[0]["created_at"]
