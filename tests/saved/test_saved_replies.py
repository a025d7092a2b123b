"""Saved replies: one's own, everybody's, and what is filled in."""

from typing import Any

import pytest

from app.saved.variables import fill, only_known
from tests.support.desk import Agent
from tests.support.office import Office


def save(agent: Agent, **fields: Any) -> dict[str, Any]:
    """Keep a reply that must be taken."""
    answer = agent.http.post("/v1/saved-replies", json={"title": "T", "text": "x", **fields})
    assert answer.status_code == 201, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


def numbers(agent: Agent) -> set[int]:
    """What an agent sees."""
    return {one["id"] for one in agent.http.get("/v1/saved-replies").json()["replies"]}


def test_own_and_everybodys(office: Office) -> None:
    """One's own are nobody else's; those of everybody are a lead's to change."""
    ana, ben, lea = office.agent("ana"), office.agent("ben"), office.agent("lea")
    own, shared = save(ana)["id"], save(lea, shared=True, shortcut="hi")["id"]
    assert {own, shared} <= numbers(ana)
    assert own not in numbers(ben)
    assert shared in numbers(ben)
    body = {"title": "New", "text": "y", "shared": False}
    for agent, number, code in ((ben, own, 404), (lea, own, 404), (ben, shared, 403), (ana, own, 200)):
        assert agent.http.put(f"/v1/saved-replies/{number}", json=body).status_code == code
    assert ana.http.put(f"/v1/saved-replies/{own}", json={**body, "shared": True}).status_code == 403
    assert ana.http.post("/v1/saved-replies", json={**body, "shared": True}).status_code == 403
    for agent, number, code in ((ben, own, 404), (ben, shared, 403), (ana, own, 204), (lea, shared, 204)):
        assert agent.http.delete(f"/v1/saved-replies/{number}").status_code == code
    assert not {own, shared} & numbers(ana)


def test_filled_in(office: Office) -> None:
    """A conversation fills in what it knows, says what it does not, and offers what fits its language and queue."""
    lea, ana = office.agent("lea"), office.agent("ana")
    text = "Hi {{visitor_name}}, {{ agent_name }} looks at order {{order_id}} ({{queue_name}}, {{order_id}})."
    mine = save(ana, title="Order", text=text)["id"]
    spanish = save(lea, text="Hola", locale="es-MX", shared=True)["id"]
    money = save(lea, text="Money", queue="money", shared=True)["id"]
    talk = office.waiting(context={"order_id": "A-{{agent_name}}"})
    answer = ana.http.get(f"/v1/conversations/{talk.id}/saved-replies").json()["replies"]
    found = {one["id"]: one for one in answer}
    assert spanish not in found
    assert money not in found
    order = "A-{{agent_name}}"  # what a visitor's page says is not searched for variables
    assert found[mine]["filled"] == f"Hi, ana looks at order {order} (General, {order})."
    assert found[mine]["missing"] == []
    answer = ana.http.get(f"/v1/conversations/{talk.id}/saved-replies", params={"locale": "es"}).json()["replies"]
    assert spanish in {one["id"] for one in answer}
    assert ana.http.get("/v1/conversations/none/saved-replies").status_code == 404


def test_a_name_that_nobody_knows() -> None:
    """Greetings read well without it; what else is not known stays in sight for the agent."""
    texts = {
        "Hi {{visitor_name}}, hello": "Hi, hello",
        "{{ visitor_name }}, we looked.\n{{visitor_name}}: thanks {{visitor_name}}!": "We looked.\nThanks!",
        "Dear {{visitor_name}}": "Dear",
    }
    for text, filled in texts.items():
        assert fill(text, {}) == (filled, [])
    assert fill("Hi {{visitor_name}}, {{order_id}}", {"visitor_name": " "}) == ("Hi, {{order_id}}", ["order_id"])
    assert fill("Hi {{visitor_name}}!", {"visitor_name": "Zoë"}) == ("Hi Zoë!", [])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "Dear {{customer}}"}, "`{{customer}}` is no variable; known are {{visitor_name}}"),
        ({"text": " "}, "is empty"),
        ({"title": "x" * 121}, "120"),
        ({"shortcut": "a b"}, "shortcut"),
        ({"queue": "nowhere"}, "there is no queue `nowhere`"),
        ({"locale": "klingon!"}, "locale"),
        ({"text": "a\0b"}, "NUL"),
    ],
)
def test_refused(office: Office, fields: dict[str, str], words: str) -> None:
    """What cannot be used is refused in words."""
    refused = office.agent("ana").http.post("/v1/saved-replies", json={"title": "T", "text": "x", **fields})
    assert refused.status_code == 422
    assert words in refused.json()["detail"]


def test_braces_that_are_none() -> None:
    """Braces of other kinds are text."""
    for text in ("{order_id}", "{{", "}}", "{ {order_id} }", ""):
        assert only_known(text) == text
        assert fill(text, {"order_id": "1"}) == (text, [])
    assert fill("{{order_id}}", {"order_id": "\\1 \\g<0>"}) == ("\\1 \\g<0>", [])
