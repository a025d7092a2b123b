"""A telephone: nothing sticks out, the chat covers the page, fingers hit what they aim at."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.screen import Screen
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FINGER = 44


def fits(screen: Screen) -> bool:
    """Whether the page scrolls down only."""
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    return bool(screen.page.evaluate(wide))


def test_pages_and_chat(open_screen: OpenScreen, shared_server: Server) -> None:
    """Pages fit; the open chat is the whole screen, keeps the focus, and its controls are large enough."""
    screen = open_screen(shared_server.url, **PHONE)
    for path in ("/", "/topics/refunds", "/articles/refund-partial", "/search?q=refund", "/?lang=es&audience=seller"):
        screen.go(path)
        assert fits(screen), path
    widget = Widget(screen.page)
    screen.go("/")
    widget.launcher.tap()
    expect(widget.panel).to_be_visible()
    assert widget.panel.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    widget.ask(questions.TWICE)
    controls = widget.panel.locator("button:visible:not(.cite)")
    boxes = [one.bounding_box() for one in controls.all()]
    assert all(box is not None and box["height"] >= FINGER for box in boxes), boxes
    for _ in range(len(boxes) + 4):
        screen.page.keyboard.press("Tab")
        assert screen.page.evaluate("document.activeElement.localName") == "baton-widget"

    widget.sources().first.tap()
    expect(widget.panel.locator("article mark").first).to_be_in_viewport()
    assert widget.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    widget.button("Back to the chat").tap()
    widget.button("Close").tap()
    expect(widget.panel).to_have_count(0)
    screen.page.reload()
    expect(widget.launcher).to_be_visible()
    expect(widget.panel).to_have_count(0)


def test_desk(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Queue and conversation are two screens with a way back; claim and reply work."""
    with Visitor(shared_server.url) as visitor:
        visitor.begin().ask_for_person("On my telephone")
        screen = open_screen(shared_server.url, **PHONE)
        desk = DeskPage(screen)
        desk.sign_in(tokens, "dee")
        assert fits(screen)
        desk.search.fill("telephone")
        desk.items.filter(has_text="On my telephone").tap()
        expect(desk.queue).to_be_hidden()
        desk.claim()
        desk.send("I am here")
        assert fits(screen)
        desk.button("Back to the list").tap()
        expect(desk.queue).to_be_visible()


def test_desk_of_somebody_with_every_room(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """An admin has four rooms, and still reaches mentions and the account."""
    screen = open_screen(shared_server.url, **PHONE)
    desk = DeskPage(screen)
    desk.sign_in(tokens, "root")
    screen.shoot("desk-narrow-admin")
    account = desk.page.get_by_role("button", name="Account of root")
    for one in (desk.button("Mentions"), account):
        box = one.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360, (one, box)
    for room in ("Inbox", "Content", "Audit", "Staff"):
        link = desk.page.get_by_role("link", name=room, exact=True).bounding_box()
        assert link is not None
        assert min(link["width"], link["height"]) >= FINGER, (room, link)
    account.tap()
    expect(desk.button("Sign out")).to_be_visible()
