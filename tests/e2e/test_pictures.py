"""A person's picture: set at the desk, seen there and by visitors, also on pages with a strict policy."""

from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.accessibility import States
from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.host_page import HostPage
from tests.e2e.test_keyboard import tab_to
from tests.e2e.test_other_sites import strict
from tests.e2e.widget import Widget
from tests.pictures import files
from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
SHAPES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "narrow": {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True},
}
RED = (255, 0, 0)
MIDDLE = """canvas => [...canvas.getContext("2d").getImageData(64, 64, 1, 1).data]"""


def portrait(colour: str = "red") -> FilePayload:
    """A file for a file chooser."""
    return sent("me.png", "image/png", files.photo(colours=(colour,)))


def sent(name: str, kind: str, data: bytes) -> FilePayload:
    """Any file."""
    return {"name": name, "mimeType": kind, "buffer": data}


def is_drawn(face: Locator, colour: tuple[int, int, int] = RED) -> None:
    """Wait until a face of the widget shows a colour."""
    expect(face).to_be_visible()
    for _ in range(50):
        red, green, blue, opaque = face.evaluate(MIDDLE)
        if opaque == 255 and all(abs(one - other) < 40 for one, other in zip((red, green, blue), colour, strict=True)):
            return
        face.page.wait_for_timeout(100)
    raise AssertionError(f"{face} shows {face.evaluate(MIDDLE)}")


def is_loaded(image: Locator) -> None:
    """Wait until a picture of the desk is there."""
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 128)


def open_dialog(page: Page, name: str) -> None:
    """Open the picture's dialog from the account, by keyboard."""
    account = page.get_by_role("button", name=f"Account of {name}")
    tab_to(page, account, "Shift+Tab", most=80)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="My picture", exact=True))
    page.keyboard.press("Enter")


def test_set_seen_and_removed(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """By keyboard at the desk; drawn in the widget on a page that allows no images; seen by colleagues; gone again."""
    ours = open_screen(shared_server.url)
    page, desk = ours.page, DeskPage(ours)
    desk.sign_in(tokens, "ana")
    open_dialog(page, "ana")
    choose = desk.dialog.get_by_role("button", name="Choose a picture")
    with page.expect_file_chooser() as chooser:
        # A page hears of the expectation by another way than of a key, and may hear of the key first (18 of 30 times): its
        # answer to a question asked after the expectation says that it knows.
        expect(choose).to_be_focused()
        page.keyboard.press("Enter")
    chooser.value.set_files(portrait())
    expect(desk.dialog.get_by_role("status")).to_have_text("Saved. It is shown from now on.")
    is_loaded(desk.dialog.locator("img"))
    page.keyboard.press("Escape")
    expect(desk.dialog).to_have_count(0)
    account = page.get_by_role("button", name="Account of ana")
    is_loaded(account.locator("img"))

    with HostPage(shared_server.url, body="<main><h1>My shop</h1></main>") as host:
        host.headers = strict(shared_server.url)
        theirs = open_screen(host.url, others=[shared_server.url])
        theirs.forgive("willReadFrequently")
        theirs.page.goto(f"{host.url}/")
        widget = Widget(theirs.page)
        widget.open()
        widget.button("Talk to a person").click()
        expect(widget.card).to_be_visible()
        conversation = widget.conversation()
        with Agent(shared_server.url, tokens["ana"]) as ana:
            fence = ana.claim(conversation)
            is_drawn(widget.panel.locator(".header canvas"))
            ana.http.post(f"/v1/conversations/{conversation}/typing")
            is_drawn(widget.panel.locator(".typing canvas"))
            theirs.shoot("picture-typing")
            ana.reply(conversation, "Hello, how can I help?", fence)
            is_drawn(widget.panel.locator(".meta canvas"))
            theirs.shoot("picture-reply")
            theirs.accessible("with a picture")

            ours.go(f"/desk/inbox/all/{conversation}")
            is_loaded(desk.said("person").locator("img"))
            other = open_screen(shared_server.url)
            DeskPage(other).sign_in(tokens, "ben")
            other.go(f"/desk/inbox/all/{conversation}")
            is_loaded(DeskPage(other).case.locator("header").get_by_role("status").locator("img"))
            other.shoot("picture-desk")

            open_dialog(page, "ana")
            tab_to(page, desk.dialog.get_by_role("button", name="Remove"))
            page.keyboard.press("Enter")
            expect(desk.dialog.get_by_role("status")).to_have_text("Removed. Your initials are shown from now on.")
            expect(account.locator("img")).to_have_count(0)
            theirs.page.reload()
            expect(widget.panel.locator(".person-bar")).to_contain_text("ana")
            expect(widget.panel.locator("canvas")).to_have_count(0)
            expect(widget.panel.locator(".header .avatar")).to_have_text("A")


def test_a_picture_that_does_not_load(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Initials stand in for it, in the widget and at the desk."""
    with Agent(shared_server.url, tokens["cai"]) as cai, Visitor(shared_server.url) as visitor:
        assert cai.http.put("/v1/me/picture", content=files.photo()).status_code == 200
        talk = visitor.begin()
        talk.ask_for_person("Are you there?")
        cai.reply(talk.id, "I am", cai.claim(talk.id))
        screen = open_screen(shared_server.url)
        screen.forgive("404")
        screen.page.route("**/v1/pictures/*", lambda route: route.fulfill(status=404))
        desk = DeskPage(screen)
        desk.sign_in(tokens, "ben")
        screen.go(f"/desk/inbox/all/{talk.id}")
        face = desk.said("person").locator("[data-letters]")
        expect(face).to_have_attribute("data-letters", "CA")
        cai.http.delete("/v1/me/picture")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_violation(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], scheme: str, shape: str
) -> None:
    """The dialog empty, refusing, and full: axe-core finds nothing, and nothing sticks out."""
    screen = open_screen(shared_server.url, color_scheme=scheme, **SHAPES[shape])
    screen.forgive("422")
    page, desk = screen.page, DeskPage(screen)
    states = States(screen, f"picture-dialog-{{}}-{scheme}-{shape}")
    with Agent(shared_server.url, tokens["dee"]) as dee:
        dee.http.delete("/v1/me/picture")
    desk.sign_in(tokens, "dee")
    page.get_by_role("button", name="Account of dee").click()
    page.get_by_role("button", name="My picture", exact=True).click()
    expect(desk.dialog.get_by_role("button", name="Choose a picture")).to_be_visible()
    expect(desk.dialog).to_have_accessible_name("My picture")
    states.check("empty")
    box = desk.dialog.locator("input[type=file]")
    box.set_input_files(sent("me.svg", "image/svg+xml", files.SVG))
    expect(desk.dialog.get_by_role("alert")).to_contain_text("choose a PNG, JPEG or WebP file")
    states.check("refused")
    box.set_input_files(sent("me.png", "image/png", b"\0" * 5_000_001))
    expect(desk.dialog.get_by_role("alert")).to_have_text("This file is larger than 5 MB. Choose a smaller one.")
    box.set_input_files(portrait("blue"))
    expect(desk.dialog.get_by_role("status")).to_contain_text("Saved.")
    is_loaded(desk.dialog.locator("img"))
    states.check("set")
    states.without_a_violation()
