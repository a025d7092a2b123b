"""The audit trail's room: who did what, narrowed and paged, for leads and admins, in every state."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.accessibility import States
from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.test_keyboard import tab_to
from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
SHAPES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "narrow": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}
PAGE = 50


def test_found_by_keyboard(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """By person, action, conversation and day; the address keeps it; an entry leads to its conversation."""
    with Visitor(shared_server.url) as visitor, Agent(shared_server.url, tokens["hal"]) as hal:
        talk = visitor.begin()
        talk.ask_for_person("Who looked at this?")
        fence = hal.claim(talk.id)
        hal.reply(talk.id, "I did", fence)
        hal.do(talk.id, "transfer", fence=fence, queue="general", reason="a refund")
    screen = open_screen(shared_server.url)
    page, desk = screen.page, DeskPage(screen)
    desk.sign_in(tokens, "lea")
    tab_to(page, page.get_by_role("link", name="Audit"), "Shift+Tab", most=80)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Audit trail")).to_be_visible()
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows.first).to_contain_text("lea signed in")

    tab_to(page, page.get_by_label("Person"))
    page.keyboard.type("hal")
    expect(rows).to_contain_text([re.compile("hal passed a conversation on.*a refund"), "hal replied", "hal claimed"])
    tab_to(page, page.get_by_label("Action"))
    page.get_by_label("Action").select_option(label="replied")
    expect(rows).to_have_count(1)
    assert "action=conversation.replied" in page.url
    page.reload()
    expect(rows).to_have_count(1)
    expect(page.get_by_label("Action")).to_have_value("conversation.replied")
    page.get_by_label("Action").select_option("conversation.")
    expect(rows).to_have_count(3)

    page.get_by_label("To day").fill("2020-01-01")
    expect(page.get_by_text("Nothing fits")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Clear filters"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Person")).to_have_value("")
    page.get_by_label("Conversation").fill(f"{shared_server.url}/desk/inbox/all/{talk.id}")
    expect(page.get_by_label("Conversation")).to_have_value(talk.id)
    expect(rows).to_have_count(3)
    tab_to(page, rows.first.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(desk.transcript).to_contain_text("Who looked at this?")
    page.go_back()
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("lea opened a conversation")


def test_page_by_page(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Fifty at a time, each once, the newest first; a page that does not come keeps what is there."""
    with Agent(shared_server.url, tokens["fay"]) as fay:
        for at in range(PAGE + 20):
            fay.http.put("/v1/me/availability", json={"max_open": 1 + at % 90})
        number = fay.http.get("/v1/me").json()["id"]
    screen = open_screen(shared_server.url)
    page, desk = screen.page, DeskPage(screen)
    desk.sign_in(tokens, "lea")
    screen.go(f"/desk/audit?staff={number}&action=availability.changed")
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_count(PAGE)
    expect(page.get_by_text("50 entries so far")).to_be_visible()
    expect(rows.first).to_contain_text(f"at most {PAGE + 20} at once")
    screen.forgive("400")
    page.route("**/v1/audit?*before=*", lambda route: route.fulfill(status=400, json={"detail": "not now"}))
    older = page.get_by_role("button", name="Show older entries")
    older.click()
    expect(page.get_by_text("Older entries could not be loaded.")).to_be_visible()
    expect(rows).to_have_count(PAGE)
    page.unroute("**/v1/audit?*before=*")
    older.click()
    expect(rows).to_have_count(PAGE + 20)
    expect(rows.last).to_contain_text("at most 1 at once")
    expect(older).to_have_count(0)
    expect(page.get_by_text("70 entries", exact=True)).to_be_visible()


def test_only_leads(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """An agent has no such room, and its address leads to the inbox."""
    screen = open_screen(shared_server.url)
    desk = DeskPage(screen)
    desk.sign_in(tokens, "ben")
    desk.lacks("Audit")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], scheme: str, shape: str
) -> None:
    """Loading, full, empty, failing, wrong days: axe-core finds nothing, and nothing sticks out."""
    with Visitor(shared_server.url) as visitor, Agent(shared_server.url, tokens["gus"]) as gus:
        talk = visitor.begin()
        talk.ask_for_person(f"Seen in {scheme}, {shape}")
        fence = gus.claim(talk.id)
        gus.do(talk.id, "resolve", fence=fence, bot_right="no", needed_person="yes")
    screen = open_screen(shared_server.url, color_scheme=scheme, **SHAPES[shape])
    screen.forgive("500")
    page, desk = screen.page, DeskPage(screen)
    states = States(screen, f"audit-{{}}-{scheme}-{shape}")

    def check(state: str) -> None:
        states.check(state)
        inner = "Math.max(...[...document.querySelectorAll('main *')].map((one) => one.getBoundingClientRect().right))"
        assert page.evaluate(f"{inner} <= innerWidth"), state

    desk.sign_in(tokens, "root")

    def never(_: Route) -> None:
        """A server that does not answer."""

    page.route("**/v1/audit?*", never)
    screen.go("/desk/audit")
    expect(page.get_by_role("status", name="Loading")).to_be_visible()
    # Its shimmer never comes to rest, which `check` would wait for.
    screen.accessible("loading")
    screen.shoot(f"audit-loading-{scheme}-{shape}")
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    expect(page.get_by_text("gus resolved a conversation").first).to_be_visible()
    check("full")
    page.get_by_label("From day").fill("2031-01-02")
    page.get_by_label("To day").fill("2031-01-01")
    expect(page.get_by_text("The first day is after the last one.")).to_be_visible()
    expect(page.get_by_text("Nothing fits")).to_be_visible()
    check("empty")
    page.route("**/v1/audit?*", lambda route: route.fulfill(status=500, json={"detail": "broken"}))
    screen.go("/desk/audit")
    expect(page.get_by_role("alert")).to_contain_text("The audit trail could not be loaded")
    check("failing")
    page.unroute("**/v1/audit?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("gus resolved a conversation").first).to_be_visible()
    states.without_a_violation()
