"""Never lost, never doubled: tabs, sleep, a cut network, a server that dies twice."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.test_server_crash import free_port
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Visitor
from tests.support.waiting import until

pytestmark = pytest.mark.browser
CUT_SECONDS = 30


def test_two_tabs_are_one_conversation(open_screen: OpenScreen, shared_server: Server) -> None:
    """What one tab sends both show, in the same order, once; also when both begin at the same moment."""
    screen = open_screen(shared_server.url)
    tabs = [screen.page, screen.new_tab()]
    widgets = [Widget(tab) for tab in tabs]
    for tab, widget in zip(tabs, widgets, strict=True):
        tab.goto(shared_server.url)
        widget.open()
    for number, widget in enumerate(widgets):
        widget.composer.fill(f"hello {number}")
    for widget in widgets:
        widget.composer.press("Enter")
    for widget in widgets:
        expect(widget.mine).to_have_count(2)
        expect(widget.panel.locator(".sending")).to_have_count(0)
    begun = {tab.evaluate("localStorage.getItem('baton.buyer.conversation')") for tab in tabs}
    assert len(begun) == 1
    for number in range(2, 8):
        widgets[number % 2].say(f"hello {number}")
    for widget in widgets:
        expect(widget.mine).to_have_count(8)
        expect(widget.panel.locator(".sending")).to_have_count(0)
        expect(widget.card).to_be_visible()
    first, second = (widget.log.inner_text() for widget in widgets)
    assert first == second
    assert [first.count(f"hello {number}") for number in range(8)] == [1] * 8


@pytest.mark.parametrize("taken", [True, False])
def test_a_parcel_that_another_tab_puts_back_too_late(
    open_screen: OpenScreen, shared_server: Server, taken: bool
) -> None:
    """Tabs hear of each other's storage late: what the log has shown is neither shown again nor kept, in any tab."""
    screen = open_screen(shared_server.url)
    tabs = [screen.page, screen.new_tab()]
    for tab in tabs:
        tab.goto(shared_server.url)
        Widget(tab).open()
    with tabs[0].expect_request(lambda request: request.url.endswith("/messages")) as posting:
        Widget(tabs[0]).ask("hello")
    expect(Widget(tabs[1]).mine).to_have_text(["hello"])
    late = {
        "kind": "message",
        "clientId": (posting.value.post_data_json or {})["client_id"],
        "text": "hello",
        "at": 1,
        "to": Widget(tabs[0]).conversation(),
        **({"taken": True} if taken else {}),
    }
    kept = "Object.keys(localStorage).filter((key) => key.includes('.outbox.')).length"
    tabs[0].evaluate(
        "(late) => localStorage.setItem('baton.buyer.outbox.' + late.clientId, JSON.stringify(late))", late
    )
    until(lambda: tabs[1].evaluate(kept) == 0)
    Widget(tabs[0]).ask(questions.EMAIL)
    for tab in tabs:
        expect(Widget(tab).answers).to_have_count(2)
        expect(Widget(tab).mine).to_have_text(["hello", questions.EMAIL])
        expect(Widget(tab).panel.locator(".sending")).to_have_count(0)
        assert tab.evaluate(kept) == 0


def test_a_tab_that_was_closed_too_early(open_screen: OpenScreen, shared_server: Server) -> None:
    """A message written without a network in a tab that is gone is sent by the one that is left."""
    screen = open_screen(shared_server.url)
    screen.forgive("net::ERR")
    left, gone = screen.page, screen.new_tab()
    for tab in (left, gone):
        tab.goto(shared_server.url)
        Widget(tab).open()
    Widget(gone).ask("hello")
    screen.offline(True)
    Widget(gone).say(questions.EMAIL)
    gone.close()
    expect(Widget(left).mine).to_have_text(["hello", questions.EMAIL])
    screen.offline(False)
    expect(Widget(left).answers).to_have_count(2, timeout=40_000)
    expect(Widget(left).mine).to_have_text(["hello", questions.EMAIL])


@pytest.mark.slow
def test_half_a_minute_without_a_network(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """Both sides write while the visitor is cut off; afterwards both have everything, once, in one order."""
    screen = open_screen(shared_server.url)
    screen.forgive("net::ERR")
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.ask(questions.TWICE)
    widget.button("Talk to a person").click()
    expect(widget.card).to_be_visible()
    conversation = widget.conversation()
    with Agent(shared_server.url, tokens["gus"]) as gus:
        fence = gus.claim(conversation)
        expect(widget.panel.locator(".header h2")).to_have_text("gus")
        screen.offline(True)
        widget.say("one")
        widget.say("two")
        gus.reply(conversation, "Are you there?", fence)
        screen.page.wait_for_timeout(CUT_SECONDS * 1_000)
        expect(widget.mine).to_have_text([questions.TWICE, "one", "two"])
        expect(widget.strip).to_be_visible()
        screen.offline(False)
        expect(widget.people).to_have_text(["Are you there?"])
        expect(widget.strip).to_have_count(0, timeout=20_000)
        events = gus.http.get(f"/v1/conversations/{conversation}/events").json()["events"]
        said = [event["data"]["text"] for event in events if event["type"] in ("message.visitor", "message.agent")]
        assert said == [questions.TWICE, "Are you there?", "one", "two"]
    screen.page.reload()
    expect(widget.mine).to_have_text([questions.TWICE, "one", "two"])
    assert widget.log.inner_text().index("Are you there?") < widget.log.inner_text().index("You:\n\none")


def test_killed_twice_in_one_conversation(open_screen: OpenScreen, data_dir: Path, tokens: dict[str, str]) -> None:
    """With the assistant and with a person: what was said before, during and after stands on both sides alike."""
    with Server(data_dir, {"PORT": str(free_port())}) as server:
        screen = open_screen(server.url)
        screen.forgive("net::|Failed to load resource")
        screen.go("/")
        widget = Widget(screen.page)
        widget.open()
        widget.ask(questions.TWICE)
        server.kill()
        widget.say(questions.EMAIL)
        server.start()
        expect(widget.answers).to_have_count(2, timeout=40_000)
        widget.button("Talk to a person").click()
        expect(widget.card).to_be_visible()
        conversation = widget.conversation()
        with Agent(server.url, tokens["hal"]) as hal:
            fence = hal.claim(conversation)
            hal.reply(conversation, "Hello", fence)
            expect(widget.people).to_have_text(["Hello"])
            server.kill()
            widget.say("still there?")
            widget.composer.fill("a draft")
            server.start()
            hal.reply(conversation, "Yes", fence)
            expect(widget.people).to_have_text(["Hello", "Yes"], timeout=40_000)
            expect(widget.strip).to_have_count(0)
            events = hal.http.get(f"/v1/conversations/{conversation}/events").json()["events"]
        said = [event["data"]["text"] for event in events if event["type"].startswith("message.")]
        shown = widget.panel.locator(".message .bubble").all_inner_texts()
        assert len(said) == len(shown) == 7
        mine = [questions.TWICE, questions.EMAIL, "still there?"]
        assert [text for text in said if text in mine] == mine
        screen.page.reload()
        expect(widget.mine).to_have_text(mine)
        expect(widget.people).to_have_text(["Hello", "Yes"])
        expect(widget.composer).to_have_value("a draft")
        screen.close()


def test_a_stream_that_died_in_its_sleep(open_screen: OpenScreen, shared_server: Server) -> None:
    """After a sleep the old connection is not trusted: what came meanwhile is there as soon as somebody looks."""
    screen = open_screen(shared_server.url)
    screen.page.clock.install()
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.ask("hello")
    opened: list[str] = []
    screen.page.on("request", lambda request: opened.append(request.url))
    # The machine sleeps: the clock goes on, timers do not run.
    screen.page.clock.set_system_time(screen.page.evaluate("Date.now()") + 3_600_000)
    screen.page.evaluate("dispatchEvent(new Event('online'))")
    screen.page.clock.run_for(20_000)
    expect(widget.answers).to_have_count(1)
    assert any(url.endswith("/events") for url in opened)


def test_the_story_in_the_log(shared_server: Server) -> None:
    """A contact left twice under one client id is one: the widget may send it again without asking."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin()
        talk.ask_for_person()
        for _ in range(2):
            left = {"reach": "x@example.org", "note": "n", "client_id": "same"}
            assert visitor.http.post(f"{talk.path}/contact", json=left).status_code == 202
        assert sum(event.type == "contact.left" for event in talk.events()) == 1


def test_looking_at_another_conversation_redirects_nothing(open_screen: OpenScreen, shared_server: Server) -> None:
    """Written without a network in one conversation, sent into that one, though the visitor looks at another by then."""
    screen = open_screen(shared_server.url)
    screen.forgive("net::ERR")
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.ask(questions.EMAIL)
    older = widget.conversation()
    earlier = widget.panel.locator(".header .icon-button").first
    earlier.click()
    widget.button("Begin a new conversation").click()
    widget.ask(questions.DELETE)
    assert widget.conversation() != older
    earlier.click()
    widget.panel.locator(".earlier button", has_text=questions.EMAIL).click()
    expect(widget.mine).to_have_text([questions.EMAIL])

    screen.offline(True)
    widget.say(questions.TWICE)
    screen.offline(False)
    # Before the next try: the list needs the network that the message still waits for.
    earlier.click()
    widget.panel.locator(".earlier button", has_text=questions.DELETE).click()
    expect(widget.mine).to_have_text([questions.DELETE])
    expect(widget.strip).to_have_count(0, timeout=20_000)
    expect(widget.mine).to_have_text([questions.DELETE])
    earlier.click()
    widget.panel.locator(".earlier button", has_text=questions.EMAIL).click()
    expect(widget.mine).to_have_text([questions.EMAIL, questions.TWICE])
    expect(widget.answers).to_have_count(2)


def test_a_closed_chat_counts_what_was_missed(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """A person's words that came while the panel was closed stand on the button, until they are read."""
    screen = open_screen(shared_server.url)
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.ask("Someone hacked my account and bought stuff")
    expect(widget.card).to_be_visible()
    conversation = widget.conversation()
    badge = screen.page.locator("baton-widget .badge")
    with Agent(shared_server.url, tokens["eve"]) as eve:
        fence = eve.claim(conversation)
        eve.reply(conversation, "Read at once", fence)
        expect(widget.people).to_have_text(["Read at once"])
        widget.button("Close").click()
        expect(badge).to_be_empty()
        for text in ("one", "two"):
            eve.reply(conversation, text, fence)
        expect(badge).to_have_text("2")
        screen.accessible("unread")
        widget.open()
        expect(widget.people).to_have_text(["Read at once", "one", "two"])
        widget.button("Close").click()
        expect(badge).to_be_empty()
