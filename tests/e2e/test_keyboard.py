"""Everything can be done without a mouse."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import PASSWORD, DeskPage, give_password
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser


def tab_to(page: Page, wanted: Locator, key: str = "Tab", most: int = 40) -> None:
    """Press Tab until something has the focus. Raises AssertionError when Tab does not lead there."""
    for _ in range(most):
        if wanted.evaluate("element => element.getRootNode().activeElement === element"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {wanted}")


def test_widget(open_screen: OpenScreen, shared_server: Server) -> None:
    """Open, ask, read the source, judge, ask for a person, close: the focus is never lost."""
    screen = open_screen(shared_server.url)
    screen.go("/search?q=refund")
    page, widget = screen.page, Widget(screen.page)
    tab_to(page, widget.launcher)
    page.keyboard.press("Enter")
    expect(widget.composer).to_be_focused()
    page.keyboard.type(questions.DELETE)
    page.keyboard.press("Enter")
    expect(widget.answers).to_have_count(1)

    tab_to(page, widget.sources().first, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(widget.button("Back to the chat")).to_be_focused()
    expect(widget.panel.locator("article mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(widget.sources().first).to_be_focused()

    tab_to(page, widget.button("Yes"))
    page.keyboard.press("Enter")
    expect(widget.answers.get_by_text("Thank you.")).to_be_focused()
    tab_to(page, widget.button("Talk to a person"))
    page.keyboard.press("Enter")
    expect(widget.panel.locator(".card")).to_be_visible()
    page.wait_for_function("document.activeElement.localName === 'baton-widget'")
    page.keyboard.press("Escape")
    expect(widget.panel).to_have_count(0)
    expect(widget.launcher).to_be_focused()


def test_search_suggestions(open_screen: OpenScreen, shared_server: Server) -> None:
    """Arrow down to a suggestion, Enter opens it; Escape closes the list and keeps the words."""
    screen = open_screen(shared_server.url)
    screen.go("/")
    page = screen.page
    box = page.get_by_role("combobox")
    tab_to(page, box)
    page.keyboard.type("refund")
    first = page.get_by_role("option").first
    expect(first).to_be_visible()
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(box).to_have_value("refund")
    page.keyboard.type("s")
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    title = first.locator("span").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_desk(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Sign in, next conversation, claim, reply, note, tick a step, resolve with one key each, back to the list."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin()
        talk.outcome("Someone hacked my account and changed the password")
        email = give_password(shared_server.url, tokens, "eve")
        screen = open_screen(shared_server.url)
        screen.go("/desk")
        page, desk = screen.page, DeskPage(screen)
        expect(page.get_by_label("E-mail")).to_be_focused()
        page.keyboard.type(email)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(desk.items.first).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("changed the password")
        expect(desk.items).to_have_count(1)
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        expect(desk.state).to_have_text("Waiting")
        page.keyboard.press("c")
        expect(desk.reply).to_be_focused()
        page.keyboard.type("Hello, this is Eve")
        page.keyboard.press("Control+Enter")
        expect(desk.said("person")).to_contain_text("Hello, this is Eve")
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        expect(desk.note).to_be_focused()
        page.keyboard.type("seen, @fa")
        expect(page.get_by_role("option", name="fay")).to_be_visible()
        page.keyboard.press("Enter")
        expect(desk.note).to_have_value("seen, @fay@baton.test ")
        page.keyboard.press("Control+Enter")
        expect(desk.said("note")).to_contain_text("@fay@baton.test")
        page.keyboard.press("Escape")
        step = desk.panel.get_by_role("checkbox").first
        tab_to(page, step)
        page.keyboard.press("Space")
        expect(step).to_be_checked()
        page.keyboard.press("e")
        expect(desk.dialog.get_by_role("radio").first).to_be_focused()
        page.keyboard.press("x")
        page.keyboard.press("y")
        expect(desk.dialog.get_by_role("button", name="Resolve")).to_be_focused()
        page.keyboard.press("Enter")
        expect(desk.state).to_have_text("Resolved")
        # The event can be there before the request's own answer, which closes the dialog.
        expect(desk.dialog).to_have_count(0)
        page.keyboard.press("?")
        expect(desk.dialog).to_contain_text("Take the next one")
        page.keyboard.press("Escape")
        expect(desk.dialog).to_have_count(0)
        page.keyboard.press("u")
        expect(desk.case).to_have_count(0)


ANSWERED_AT_ONCE = """() => {
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    addEventListener("focusin", function first({ target }) {
        if (target.type !== "radio") return;
        removeEventListener("focusin", first);
        queueMicrotask(() => press("x"));
        setTimeout(() => press("y"), 50);
    });
}"""


def test_labels_of_a_quick_hand(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Who answers before the dialog has set its focus for the second time labels what was meant."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin()
        talk.ask_for_person("Which colours does the quick kettle come in?")
        screen = open_screen(shared_server.url)
        page, desk = screen.page, DeskPage(screen)
        desk.sign_in(tokens, "eve")
        desk.open("quick kettle")
        page.keyboard.press("c")
        expect(desk.reply).to_be_focused()
        page.keyboard.press("Escape")
        page.evaluate(ANSWERED_AT_ONCE)
        page.keyboard.press("e")
        expect(desk.dialog.get_by_role("radio", name="It did not answer")).to_be_checked()
        expect(desk.dialog.get_by_role("radio", name="Yes").last).to_be_checked()
        expect(desk.dialog.get_by_role("button", name="Resolve")).to_be_focused()
        page.keyboard.press("Enter")
        expect(desk.state).to_have_text("Resolved")
