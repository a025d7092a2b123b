"""Within opening hours, but nobody is at the desk: the visitor is told so, and sees it when somebody comes."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.widget import Widget
from tests.support.server import Server

pytestmark = pytest.mark.browser
URGENT = "Someone hacked my account and bought stuff"
"""Goes to a queue that is open day and night."""


def test_away_and_back(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Away: nobody is here, a way to be reached is asked for, and the hand-off stands. Back: in line at once."""
    theirs, ours = open_screen(shared_server.url), open_screen(shared_server.url)
    desk = DeskPage(ours)
    desk.sign_in(tokens, "ben")
    account = ours.page.get_by_role("button", name=re.compile("^Account of ben"))
    account.click()
    desk.dialog.get_by_text("Away", exact=True).click()
    expect(account).to_have_accessible_name("Account of ben, Away")

    theirs.go("/")
    widget = Widget(theirs.page)
    widget.open()
    widget.say(URGENT)
    expect(widget.card).to_contain_text("Nobody is here right now")
    expect(widget.card).to_contain_text("Your message is kept and will be answered.")
    theirs.accessible("everybody away")
    theirs.shoot("widget-everybody-away")
    widget.card.get_by_label("E-mail address or phone number").fill("+1 555 0100")
    widget.button("Leave message").click()
    expect(widget.log).to_contain_text("We will answer here, and reach you at +1 555 0100.")

    desk.dialog.get_by_text("Online", exact=True).click()
    expect(account).to_have_accessible_name("Account of ben, Online")
    ours.page.keyboard.press("Escape")
    expect(widget.card).to_contain_text("A person will take over", timeout=20_000)
    expect(widget.card).to_contain_text("You are next in line.")
    desk.open(URGENT)
    expect(desk.transcript).to_contain_text("+1 555 0100")
    desk.claim()
    expect(widget.panel.get_by_role("heading", name="ben")).to_be_visible()
