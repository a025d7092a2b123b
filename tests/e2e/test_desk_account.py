"""Accounts as people meet them: the first link, signing in and out, a changed password, being away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import PASSWORD, DeskPage, make_link
from tests.support.issuer import Issuer
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser


def test_link_password_and_out_again(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """A one-time link sets a password and is spent; the password signs in; signing out leaves no draft behind."""
    screen = open_screen(shared_server.url)
    screen.forgive("401")
    page, desk = screen.page, DeskPage(screen)
    link = make_link(shared_server.url, tokens, "gus")
    page.goto(link)
    expect(page.get_by_text("Choose a password for gus@baton.test.")).to_be_visible()
    page.get_by_label("New password").fill("short")
    page.get_by_label("The same again").fill("short")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_text("At least 12 characters.", exact=True)).to_be_visible()
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_text("The two are not the same.")).to_be_visible()
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    with Visitor(shared_server.url) as visitor:
        visitor.begin().ask_for_person("For the one who signs out")
        desk.open("For the one who signs out")
        desk.claim()
        desk.reply.fill("never to be seen by the next one")
        page.reload()
        expect(desk.reply).to_have_value("never to be seen by the next one")
        expect(desk.reply).to_be_enabled()
        page.get_by_role("button", name="Account of gus").click()
        desk.dialog.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("E-mail", exact=True)).to_be_visible()
        assert "never to be seen" not in page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")

    page.goto(link)
    page.reload()
    expect(page.get_by_text("This link was used or has run out")).to_be_visible()
    page.get_by_role("link", name="To the sign-in page").click()
    page.get_by_label("E-mail", exact=True).fill("gus@baton.test")
    page.get_by_label("Password", exact=True).fill("quite another password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_a_session_that_ended_leads_to_the_login(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """A changed password ends the other session: that screen shows the login, and then goes on where it was."""
    first, second = open_screen(shared_server.url), open_screen(shared_server.url)
    first.forgive("401")
    desk = DeskPage(first)
    desk.sign_in(tokens, "hal")
    second.go("/desk/login")
    second.page.get_by_label("E-mail", exact=True).fill("hal@baton.test")
    second.page.get_by_label("Password", exact=True).fill(PASSWORD)
    second.page.keyboard.press("Enter")
    expect(second.page.get_by_text("Live", exact=True)).to_be_visible()
    second.page.get_by_role("button", name="Account of hal").click()
    second.page.get_by_role("button", name="Change password").click()
    dialog = second.page.get_by_role("dialog", name="Change password")
    dialog.get_by_label("Present password").fill(PASSWORD)
    dialog.get_by_label("New password").fill("an entirely new password")
    dialog.get_by_role("button", name="Change").click()
    expect(second.page.get_by_text("Password changed.")).to_be_visible()
    desk.view("Resolved")
    expect(first.page.get_by_label("E-mail", exact=True)).to_be_visible()
    first.page.get_by_label("E-mail", exact=True).fill("hal@baton.test")
    first.page.get_by_label("Password", exact=True).fill("an entirely new password")
    first.page.keyboard.press("Enter")
    expect(desk.queue.get_by_role("button", name="Resolved")).to_have_attribute("aria-current", "page")


def test_away_takes_nothing(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Who is away is told so by "take the next one", goes online by one click, and gets it."""
    with Visitor(shared_server.url) as visitor:
        visitor.begin().outcome("Someone stole my account, please hurry")
        screen = open_screen(shared_server.url)
        screen.forgive("409")
        page, desk = screen.page, DeskPage(screen)
        desk.sign_in(tokens, "fay")
        account = page.get_by_role("button", name=re.compile("^Account of fay"))
        account.click()
        desk.dialog.get_by_text("Away", exact=True).click()
        expect(account).to_have_accessible_name("Account of fay, Away")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Take the next one").click()
        expect(page.get_by_text("You are away.")).to_be_visible()
        page.get_by_role("button", name="Go online").click()
        expect(desk.state).to_have_text("Yours")
        expect(desk.reply).to_be_focused()
        expect(account).to_have_accessible_name("Account of fay, Online")


COUNT_TONES = """
window.tones = 0;
const Real = AudioContext;
window.AudioContext = class extends Real {
    createOscillator() { window.tones += 1; return super.createOscillator(); }
};
"""


def test_sound_and_title(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Somebody new is heard and counted in the title; both can be turned off, and stay off after a reload."""
    screen = open_screen(shared_server.url)
    page, desk = screen.page, DeskPage(screen)
    page.add_init_script(COUNT_TONES)
    desk.sign_in(tokens, "ana")
    desk.view("All")
    expect(desk.queue.get_by_role("status").first).to_contain_text("conversation")
    with Visitor(shared_server.url) as visitor:
        visitor.begin().ask_for_person("Can you hear me")
        page.wait_for_function("() => window.tones === 2")
        expect(page).to_have_title(re.compile(r"^\(\d+\) Desk$"))
        page.get_by_role("button", name="Account of ana").click()
        desk.dialog.get_by_role("switch", name="Sound").click()
        desk.dialog.get_by_role("switch", name="Count in the tab's title").click()
        page.keyboard.press("Escape")
        expect(page).to_have_title("Desk")
        page.reload()
        expect(desk.items.filter(has_text="Can you hear me")).to_be_visible()
        page.keyboard.press("1")
        visitor.begin().ask_for_person("And now")
        expect(desk.items.filter(has_text="And now")).to_be_visible()
        page.wait_for_timeout(500)
        assert page.evaluate("window.tones") == 0
        expect(page).to_have_title("Desk")


def test_company_account(open_screen: OpenScreen, data_dir: Path, tokens: dict[str, str]) -> None:
    """The button is there when the server offers it; who the provider vouches for is in, a stranger is told why not."""
    with Issuer() as issuer, Server(data_dir, issuer.env) as server:
        screen = open_screen(server.url)
        screen.forgive(f"left the origin: {issuer.url}")
        page, desk = screen.page, DeskPage(screen)
        issuer.claims = {"email": "stranger@baton.test"}
        screen.go("/desk")
        page.get_by_role("link", name="Sign in with your company account").click()
        expect(page.get_by_role("alert")).to_be_visible()
        issuer.claims = {"email": "ana@baton.test"}
        page.get_by_role("link", name="Sign in with your company account").click()
        expect(page.get_by_role("button", name="Account of ana")).to_be_visible()
        expect(desk.queue).to_contain_text("Nobody is waiting")
        screen.close()
