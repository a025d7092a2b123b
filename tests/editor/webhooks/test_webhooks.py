"""Webhooks: told, signed, tried again, given up; who may manage them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.support.office import Office
from tests.support.receiver import Receiver
from tests.support.waiting import until

URL = "/v1/editor/webhooks"
Publish = Callable[..., str]


@pytest.fixture
def lead(office: Office) -> Iterator[httpx.Client]:
    """A lead; the webhooks that a test leaves are deleted."""
    http = office.agent("lea").http
    yield http
    for item in http.get(URL).json()["items"]:
        assert http.delete(f"{URL}/{item['id']}").status_code == 204


def add(lead: httpx.Client, url: str) -> dict[str, Any]:
    """A new webhook."""
    answer = lead.post(URL, json={"url": url})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def deliveries(lead: httpx.Client, webhook_id: int) -> list[dict[str, Any]]:
    """Of a webhook, newest first."""
    items: list[dict[str, Any]] = lead.get(f"{URL}/{webhook_id}/deliveries").json()["items"]
    return items


def hurry(office: Office) -> None:
    """Let what waits for its next attempt be due."""
    office.sql("UPDATE webhook_delivery SET next_at = 0 WHERE state = 'pending'")


def test_told_and_signed(office: Office, lead: httpx.Client, receiver: Receiver, publish: Publish) -> None:
    """A publication and a rollback are told once each, signed, and seen as delivered; the secret is shown once."""
    made = add(lead, receiver.url)
    assert made["secret"].startswith("whsec_")
    first, second = publish(), publish("rollback")
    # What was published before the server began is told as well, by the way.
    until(lambda: {first, second} <= {one.headers["webhook-id"] for one in receiver.received}, 15.0, "both messages")
    by_id = {one.headers["webhook-id"]: one for one in receiver.received}
    assert len([one for one in receiver.received if one.headers["webhook-id"] in (first, second)]) == 2
    assert all(one.is_signed_by(made["secret"]) for one in receiver.received)
    assert not receiver.received[0].is_signed_by(add(lead, receiver.url)["secret"])
    body = json.loads(by_id[first].body)
    assert body["type"] == "knowledge.published"
    assert body["data"]["counts"] == {"changed": 1}
    assert body["data"]["note"] == "Prices of 2026 – ¡sí!"
    assert json.loads(by_id[second].body)["type"] == "knowledge.rolled_back"
    assert by_id[first].headers["content-type"] == "application/json"

    bodies = [by_id[second].body, by_id[first].body]

    def seen() -> list[bytes]:
        told = deliveries(lead, made["id"])
        return [one["body"].encode() for one in told if one["state"] == "delivered" and one["body"].encode() in bodies]

    until(lambda: len(seen()) == 2, 5.0, "both seen as delivered")
    assert seen() == bodies, "newest first"
    assert made["secret"] not in lead.get(URL).text
    stored = json.dumps([list(map(str, row)) for row in office.sql("SELECT * FROM webhook")])
    assert made["secret"] not in stored
    assert made["secret"].removeprefix("whsec_") not in stored


def test_tried_again(office: Office, lead: httpx.Client, receiver: Receiver, publish: Publish) -> None:
    """A refusal is shown with the next attempt, which is later each time and brings the same message."""
    receiver.status = 500
    made = add(lead, receiver.url)
    message = publish()
    waits = []
    for attempt in range(1, 4):

        def refused(number: int = attempt) -> bool:
            [delivery] = deliveries(lead, made["id"])
            return delivery["attempts"] == number and delivery["next_at"] is not None

        until(refused, 15.0, "an attempt's outcome")
        assert deliveries(lead, made["id"])[0]["status"] == 500
        [(seconds, now)] = office.sql(
            "SELECT next_at, (julianday('now') - 2440587.5) * 86400.0 FROM webhook_delivery WHERE message_id = :id"
            if office.kind == "sqlite"
            else "SELECT next_at, extract(epoch FROM clock_timestamp())::float FROM webhook_delivery WHERE message_id = :id",
            id=message,
        )
        waits.append(seconds - now)
        if attempt == 3:
            break
        hurry(office)
    assert waits[0] < 7 < waits[1] < 400 < 1_000 < waits[2]
    [shown] = lead.get(URL).json()["items"]
    assert shown["failing_since"]
    assert "500" in deliveries(lead, made["id"])[0]["error"]
    receiver.status = 200
    hurry(office)
    until(lambda: deliveries(lead, made["id"])[0]["state"] == "delivered", 15.0, "success")
    assert {one.headers["webhook-id"] for one in receiver.received} == {message}
    assert len({one.body for one in receiver.received}) == 1
    assert lead.get(URL).json()["items"][0]["failing_since"] is None


def test_disabled_after_days(office: Office, lead: httpx.Client, receiver: Receiver, publish: Publish) -> None:
    """Three days of failure end it: the reason is shown, nothing more is sent, and it can be enabled again."""
    receiver.status = 503
    made = add(lead, receiver.url)
    publish()
    until(lambda: deliveries(lead, made["id"])[0]["status"] == 503, 15.0, "the first attempt")
    office.sql("UPDATE webhook_delivery SET attempts = 9, next_at = 0 WHERE state = 'pending'")
    office.sql("UPDATE webhook SET failing_since = '2020-01-01 00:00:00'")
    publish()
    until(lambda: lead.get(URL).json()["items"][0]["state"] == "disabled", 15.0, "the end of patience")
    [shown] = lead.get(URL).json()["items"]
    assert "2020-01-01" in shown["reason"]
    assert "503" in shown["reason"]
    assert {one["state"] for one in deliveries(lead, made["id"])} == {"failed"}
    publish()
    assert len(deliveries(lead, made["id"])) == 2
    receiver.status = 200
    enabled = lead.post(f"{URL}/{made['id']}/enable").json()
    assert (enabled["state"], enabled["reason"]) == ("active", None)
    publish()
    until(lambda: deliveries(lead, made["id"])[0]["state"] == "delivered", 15.0, "the next message")


def test_one_bad_day_disables_nothing(office: Office, lead: httpx.Client, receiver: Receiver, publish: Publish) -> None:
    """A message that failed to the last, while others were accepted a day ago, disables nothing."""
    receiver.status = 503
    made = add(lead, receiver.url)
    publish()
    until(lambda: deliveries(lead, made["id"])[0]["status"] == 503, 15.0, "the first attempt")
    office.sql("UPDATE webhook_delivery SET attempts = 9, next_at = 0 WHERE state = 'pending'")
    until(lambda: deliveries(lead, made["id"])[0]["state"] == "failed", 15.0, "the last attempt")
    assert lead.get(URL).json()["items"][0]["state"] == "active"


def test_gone(office: Office, lead: httpx.Client, receiver: Receiver, publish: Publish) -> None:
    """410 ends it at once."""
    receiver.status = 410
    add(lead, receiver.url)
    publish()
    until(lambda: lead.get(URL).json()["items"][0]["state"] == "disabled", 15.0, "the end")
    assert "410" in lead.get(URL).json()["items"][0]["reason"]


def test_no_redirect_is_followed(office: Office, lead: httpx.Client, receiver: Receiver, publish: Publish) -> None:
    """Not even to a place that may be called."""
    with Receiver() as other:
        receiver.status, receiver.location = 307, other.url
        made = add(lead, receiver.url)
        publish()
        until(lambda: deliveries(lead, made["id"])[0]["status"] == 307, 15.0, "the refusal")
        assert "redirect" in deliveries(lead, made["id"])[0]["error"]
        assert not other.received


def test_killed_while_it_sends(office: Office, lead: httpx.Client, receiver: Receiver, publish: Publish) -> None:
    """Ten real kills, while a message is on its way or before: each is delivered, twice at most by a kill, and always
    under its id."""
    made = add(lead, receiver.url)
    messages = set()
    for round_ in range(10):
        messages.add(publish())
        if round_ % 2:
            receiver.seconds = 1.0
            count = len(receiver.received)
            until(lambda n=count: len(receiver.received) > n, 30.0, "a message on its way")  # type: ignore[misc]
        office.server.kill()
        receiver.seconds = 0.0
        if office.kind == "postgres":
            office.sql("UPDATE webhook_delivery SET lease_until = 0 WHERE state = 'pending'")
        office.server.start()
    http = office.agent("lea").http
    until(
        lambda: {one["message_id"] for one in deliveries(http, made["id"]) if one["state"] == "delivered"} == messages,
        60.0,
        "every message",
    )
    assert {one.headers["webhook-id"] for one in receiver.received} == messages
    assert len({one.body for one in receiver.received}) == len(messages)
    for item in http.get(URL).json()["items"]:
        http.delete(f"{URL}/{item['id']}")
    lead.base_url = http.base_url


@pytest.mark.parametrize("name", ["ana", "edith"])
def test_not_for_everybody(office: Office, name: str) -> None:
    """Agents and editors do not manage webhooks."""
    http = office.agent(name).http
    assert http.get(URL).status_code == 403
    assert http.post(URL, json={"url": "https://example.com"}).status_code == 403
    assert http.delete(f"{URL}/1").status_code == 403
    assert http.get(f"{URL}/1/deliveries").status_code == 403


def test_admins_may(office: Office, lead: httpx.Client, receiver: Receiver) -> None:
    """An admin manages them too, and what is not there is not found; the audit trail knows."""
    root = office.agent("root").http
    made = add(root, receiver.url)
    assert root.delete(f"{URL}/{made['id']}").status_code == 204
    assert root.delete(f"{URL}/{made['id']}").status_code == 404
    assert root.get(f"{URL}/{made['id']}/deliveries").status_code == 404
    trail = [row.action for row in office.sql("SELECT action FROM audit ORDER BY id DESC LIMIT 2")]
    assert trail == ["webhook.removed", "webhook.added"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "https://localhost/",
        "https://127.1/",
        "https://[::1]/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest/meta-data/",
        "https://user:secret@example.com/",
        "https://",
        "hooks",
    ],
)
def test_refused_addresses(lead: httpx.Client, url: str) -> None:
    """What may not be called is refused in words when it is added."""
    answer = lead.post(URL, json={"url": url})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("url: ")
    assert lead.get(URL).json()["items"] == []
