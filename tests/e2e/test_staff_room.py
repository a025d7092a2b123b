"""The room for accounts of staff: for admins, by keyboard alone, without a violation, and it does what it says."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import States
from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import PASSWORD, DeskPage
from tests.e2e.test_desk_accessibility import SHAPES
from tests.e2e.test_keyboard import tab_to
from tests.support.desk import Agent
from tests.support.server import Server

pytestmark = pytest.mark.browser
STATES = 8


def account(url: str, token: str, email: str) -> dict[str, Any]:
    """An account as the API has it."""
    with Agent(url, token) as root:
        staff: list[dict[str, Any]] = root.http.get("/v1/staff").json()["staff"]
    return next(one for one in staff if one["email"] == email)


def press(page: Page, name: str) -> None:
    """Tab to a button of this name and press it."""
    tab_to(page, page.get_by_role("button", name=name, exact=True), most=80)
    page.keyboard.press("Enter")


def set_password(page: Page, link: str) -> None:
    """Open a one-time link, choose a password, and come in."""
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_an_account_from_its_first_link_to_its_last_day(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """Added, came in by the link, became a lead, got a new link, was disabled, and came back: no mouse at the desk."""
    ours, theirs = open_screen(shared_server.url), open_screen(shared_server.url)
    theirs.forgive("401")
    page, desk = ours.page, DeskPage(ours)
    desk.sign_in(tokens, "root")
    tab_to(page, page.get_by_role("link", name="Staff"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Staff")).to_be_visible()

    press(page, "Add somebody")
    expect(desk.dialog.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type("zoe@baton.test")
    page.keyboard.press("Tab")
    page.keyboard.type("Zoë")
    page.keyboard.press("Enter")
    link_box = desk.dialog.get_by_label("One-time link")
    expect(link_box).to_be_focused()
    expect(desk.dialog).to_contain_text("It works once")
    link = link_box.input_value()
    press(page, "Done")
    expect(desk.dialog).to_have_count(0)
    row = page.get_by_role("listitem").filter(has_text="zoe@baton.test")
    expect(row).to_contain_text("No password yet")
    assert link.partition("#")[2] not in page.content()

    set_password(theirs.page, link)
    expect(theirs.page.get_by_role("link", name="Staff")).to_have_count(0)
    page.reload()
    expect(row).not_to_contain_text("No password yet")

    press(page, "Change Zoë")
    expect(desk.dialog.get_by_label("Name, as visitors see it")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Lead")
    expect(desk.dialog.get_by_label("Role")).to_have_value("lead")
    press(page, "Save")
    expect(desk.dialog).to_have_count(0)
    expect(row).to_contain_text("Lead")
    assert account(shared_server.url, tokens["root"], "zoe@baton.test")["role"] == "lead"

    press(page, "New link for Zoë")
    expect(desk.dialog).to_contain_text("An older link stops working")
    expect(desk.dialog.get_by_role("button", name="Make a link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(link_box).to_be_focused()
    assert link_box.input_value() != link
    page.keyboard.press("Escape")
    expect(desk.dialog).to_have_count(0)

    press(page, "Disable Zoë")
    expect(desk.dialog.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(desk.dialog).to_have_count(0)
    expect(row).to_contain_text("Disabled")
    theirs.page.reload()
    expect(theirs.page.get_by_label("E-mail")).to_be_visible()
    press(page, "Enable Zoë")
    expect(page.get_by_text("Zoë may come in again.")).to_be_visible()
    expect(row).not_to_contain_text("Disabled")
    set_password(theirs.page, _new_link(shared_server, tokens))


def _new_link(server: Server, tokens: dict[str, str]) -> str:
    who = account(server.url, tokens["root"], "zoe@baton.test")["id"]
    with Agent(server.url, tokens["root"]) as root:
        return str(root.http.post(f"/v1/staff/{who}/link").json()["url"])


def test_only_admins(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """A lead has no such room, and its address leads to the inbox; an admin cannot lock themselves out."""
    screen = open_screen(shared_server.url)
    desk = DeskPage(screen)
    desk.sign_in(tokens, "lea")
    desk.lacks("Staff")

    other = open_screen(shared_server.url)
    DeskPage(other).sign_in(tokens, "root")
    other.go("/desk/staff")
    own = other.page.get_by_role("listitem").filter(has_text="root@baton.test")
    expect(own).to_contain_text("You")
    expect(own.get_by_role("button", name="Disable root")).to_have_count(0)
    own.get_by_role("button", name="Change root").click()
    expect(DeskPage(other).dialog.get_by_label("Role")).to_be_disabled()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_violation(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], scheme: str, shape: str
) -> None:
    """The list, nothing found, each dialog, a refusal and the link: axe-core finds nothing, and nothing sticks out."""
    screen = open_screen(shared_server.url, color_scheme=scheme, **SHAPES[shape])
    screen.forgive("409")
    page, desk = screen.page, DeskPage(screen)
    states = States(screen, f"staff-{{}}-{scheme}-{shape}")
    desk.sign_in(tokens, "root")
    screen.go("/desk/staff")
    expect(page.get_by_role("listitem").first).to_be_visible()
    states.check("list")
    search = page.get_by_role("searchbox", name="Find somebody")
    search.fill("nobody at all")
    expect(page.get_by_role("listitem")).to_have_count(0)
    states.check("nothing found")
    search.fill("ana@")
    page.get_by_role("button", name="Add somebody").click()
    desk.dialog.get_by_label("E-mail").fill("ana@baton.test")
    states.check("add")
    desk.dialog.get_by_role("button", name="Add and make a link").click()
    expect(desk.dialog.get_by_role("alert")).to_contain_text("The address ana@baton.test has an account")
    states.check("refused")
    page.keyboard.press("Escape")
    expect(desk.dialog).to_have_count(0)
    for name in ("Change", "New link for", "Disable"):
        page.get_by_role("button", name=f"{name} ana", exact=True).click()
        # The library names a dialog a moment after it shows it.
        expect(desk.dialog).to_have_accessible_name(re.compile(r"\S"))
        states.check(name)
        if name == "New link for":
            desk.dialog.get_by_role("button", name="Make a link").click()
            expect(desk.dialog.get_by_label("One-time link")).to_be_visible()
            states.check("link")
        page.keyboard.press("Escape")
        expect(desk.dialog).to_have_count(0)
    assert states.without_a_violation() == STATES
