"""axe-core finds nothing on any state of the desk, wide and narrow, light and dark."""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.accessibility import violations
from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage, make_link
from tests.support import questions
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
STATES = 19
SHAPES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "narrow": {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True},
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], scheme: str, shape: str) -> None:
    """Login, inbox full and empty, conversation, panels and every dialog have no violation."""
    screen = open_screen(shared_server.url, color_scheme=scheme, **SHAPES[shape])
    page, desk = screen.page, DeskPage(screen)

    checked: dict[str, list[str]] = {}

    def check(state: str) -> None:
        checked[state] = violations(page)

    screen.go("/desk/login?problem=Your+company+account+is+not+known+here")
    expect(page.get_by_role("alert")).to_be_visible()
    check("login with a problem")
    screen.page.goto(make_link(shared_server.url, tokens, "lea"))
    expect(page.get_by_label("New password")).to_be_visible()
    check("welcome")

    question = f"{questions.TWICE} In {scheme}, {shape}"
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin(context={"order_id": "17", "page": "/articles/charged-twice"})
        talk.outcome(question)
        talk.ask_for_person()
        desk.sign_in(tokens, "lea")
        screen.go("/desk/inbox/snoozed")
        expect(page.get_by_text("Nothing is snoozed")).to_be_visible()
        check("empty inbox")
        screen.go("/desk/inbox/all")
        expect(desk.items.first).to_be_visible()
        check("inbox")
        for name in ("Filter", "Mentions", "Account of lea"):
            page.get_by_role("button", name=name).first.click()
            expect(desk.dialog).to_be_visible()
            check(name)
            page.keyboard.press("Escape")
            expect(desk.dialog).to_have_count(0)

        desk.items.filter(has_text=question).first.click()
        expect(desk.said("bot")).to_be_visible()
        check("waiting conversation")
        desk.claim()
        desk.send("Hello, **one** moment.\n\n| a | b |\n|---|---|\n| 1 | 2 |")
        desk.write_note("Look at this, @ana@baton.test")
        check("claimed conversation")
        desk.mode("Note")
        desk.note.fill("@")
        desk.note.press("End")
        expect(page.get_by_role("option").first).to_be_visible()
        check("suggestions")
        desk.note.fill("")
        desk.note.press("Escape")
        page.evaluate("document.activeElement.blur()")

        for key, panel in {"b": "What to do", "v": "Where they are", "h": "opened it"}.items():
            page.keyboard.press(key)
            expect(desk.panel).to_contain_text(panel)
            check(f"panel {panel}")
        page.keyboard.press("b")
        dialogs = {"e": "Resolve", "t": "Transfer", "l": "Release", "z": "Snooze until", "?": "Shortcuts"}
        for key, name in dialogs.items():
            page.keyboard.press(key)
            expect(desk.dialog).to_have_accessible_name(name)
            check(f"dialog {name}")
            page.keyboard.press("Escape")
            expect(desk.dialog).to_have_count(0)
        if shape == "narrow":
            desk.panel.get_by_role("button", name="Close").click()
        desk.said("bot").get_by_role("list").get_by_role("button").first.click()
        expect(desk.dialog.locator("mark").first).to_be_visible()
        check("article")
    found = {state: these for state, these in checked.items() if these}
    assert not found, json.dumps(found, indent=2)
    assert len(checked) == STATES
