"""A conversation that cannot be shown says why, each cause in its own words, and leads back to the inbox."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.accessibility import States
from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
NOWHERE = "/desk/inbox/all/00000000-0000-4000-8000-000000000000"
SHAPES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "narrow": {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True},
}
REFUSED = {
    403: ("You may not see this conversation", "Ask a lead or an admin."),
    500: ("The conversation could not be loaded", "Nothing of the conversation is lost."),
}


def answers(status: int) -> Callable[[Route], None]:
    """A server that refuses with this status."""
    return lambda route: route.fulfill(status=status, json={"detail": "no"})


def test_gone(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """The way back has the focus, keeps view and filters, and there is nothing to try again."""
    screen = open_screen(shared_server.url)
    screen.forgive("404")
    page, desk = screen.page, DeskPage(screen)
    desk.sign_in(tokens, "ana")
    screen.go(f"{NOWHERE}?audience=seller")
    expect(page.get_by_role("alert")).to_contain_text("This conversation is not there")
    back = page.get_by_role("link", name="Back to the inbox")
    expect(back).to_be_focused()
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Choose a conversation")).to_be_visible()
    assert page.url.endswith("/desk/inbox/all?audience=seller")


@pytest.mark.parametrize("status", REFUSED)
def test_refused(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], status: int) -> None:
    """Not allowed is for good; a broken server may be asked again, and then the conversation comes."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin()
        talk.ask_for_person("Shown in the end")
        screen = open_screen(shared_server.url)
        screen.forgive(str(status))
        page, desk = screen.page, DeskPage(screen)
        desk.sign_in(tokens, "ana")
        page.route("**/events*", answers(status))
        screen.go(f"/desk/inbox/all/{talk.id}")
        for words in REFUSED[status]:
            expect(page.get_by_role("alert")).to_contain_text(words)
        expect(page.get_by_role("link", name="Back to the inbox")).to_be_focused()
        again = page.get_by_role("button", name="Try again")
        expect(again).to_have_count(0 if status == 403 else 1)
        if status == 403:
            return
        page.unroute("**/events*")
        again.click()
        expect(desk.transcript).to_contain_text("Shown in the end")


def test_offline(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Without a network it says so, and the conversation comes by itself with the network."""
    with Visitor(shared_server.url) as visitor:
        visitor.begin().ask_for_person("Comes by itself")
        screen = open_screen(shared_server.url)
        screen.forgive("ERR_INTERNET_DISCONNECTED")
        page, desk = screen.page, DeskPage(screen)
        desk.sign_in(tokens, "ana")
        desk.view("All")
        expect(desk.items.filter(has_text="Comes by itself")).to_be_visible()
        # The page's parts are here before the network goes.
        screen.forgive("404")
        screen.go(NOWHERE)
        page.get_by_role("link", name="Back to the inbox").click()
        screen.offline(True)
        desk.items.filter(has_text="Comes by itself").first.click()
        expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        screen.offline(False)
        expect(desk.transcript).to_contain_text("Comes by itself")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_violation(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], scheme: str, shape: str
) -> None:
    """Each cause: axe-core finds nothing, and nothing sticks out."""
    screen = open_screen(shared_server.url, color_scheme=scheme, **SHAPES[shape])
    for fault in ("404", "403", "500"):
        screen.forgive(fault)
    screen.forgive("ERR_FAILED")
    page, desk = screen.page, DeskPage(screen)
    desk.sign_in(tokens, "ana")
    states = States(screen, f"missing-{{}}-{scheme}-{shape}")
    for state in ("404", "403", "500", "offline"):
        page.unroute_all()
        if state == "offline":
            page.route("**/events?*", lambda route: route.abort())
            page.route(f"**/{NOWHERE.rpartition('/')[2]}/events", lambda route: route.abort())
        elif state != "404":
            page.route("**/events", answers(int(state)))
        screen.go(NOWHERE)
        expect(page.get_by_role("link", name="Back to the inbox")).to_be_focused()
        states.check(state)
    states.without_a_violation()
