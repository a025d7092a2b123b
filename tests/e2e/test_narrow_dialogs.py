"""Every dialog of the desk on a small telephone: nothing is cut off, sticks out or cannot be reached."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.screen import Screen
from tests.support import questions
from tests.support.console import Console, text_of
from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Visitor, open_client

pytestmark = pytest.mark.browser
WIDTH, HEIGHT = 360, 640
PHONE: dict[str, Any] = {"viewport": {"width": WIDTH, "height": HEIGHT}, "has_touch": True, "is_mobile": True}
SCHEMES = ["light", "dark"]
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis_and_what_is_to_be_said_of_it_in_one_word"
FAULTS = """(dialog) => {
    const name = (one) => `${one.localName}.${one.className} "${(one.textContent ?? "").slice(0, 40)}"`;
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    const faults = [];
    const box = dialog.getBoundingClientRect();
    const fits = box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
    if (!fits) faults.push(`the dialog is at ${JSON.stringify(box)}`);
    if (dialog.scrollWidth > dialog.clientWidth) faults.push(`scrolls sideways: ${dialog.scrollWidth}`);
    for (const one of dialog.querySelectorAll("*")) {
        const at = one.getBoundingClientRect();
        if (at.width < 2 || getComputedStyle(one).visibility === "hidden") continue;
        let inner = false;
        for (let up = one.parentElement; up !== dialog && up !== null; up = up.parentElement) inner ||= scrolls(up);
        if (!inner && (at.right > box.right + 1 || at.left < box.left - 1)) faults.push(`sticks out: ${name(one)}`);
        const hides = one.matches("button, button *, label, legend, h2, .mantine-Alert-root") && one.scrollWidth > one.clientWidth + 1;
        if (hides && getComputedStyle(one).overflowX === "hidden") faults.push(`is cut: ${name(one)}`);
    }
    return faults;
}"""
REACH = """(one) => {
    one.scrollIntoView({ block: "nearest" });
    const at = one.getBoundingClientRect();
    const [x, y] = [at.left + at.width / 2, at.top + at.height / 2];
    const found = document.elementFromPoint(x, y);
    const label = one.closest("label") ?? (one.id === "" ? null : document.querySelector(`label[for="${CSS.escape(one.id)}"]`));
    const hit = found !== null && (one.contains(found) || found.contains(one) || label?.contains(found) || found.contains(label));
    return hit ? null : `${one.localName} "${one.textContent || one.name || one.ariaLabel}" at ${Math.round(x)},${Math.round(y)} is under ${found?.outerHTML.slice(0, 80)}`;
}"""
CONTROLS = "button:visible, a:visible, input:visible, select:visible, textarea:visible"


class Looked:
    """What was looked at, each with what is wrong with it."""

    def __init__(self, screen: Screen, scheme: str) -> None:
        self._screen, self._scheme = screen, scheme
        self.faults: dict[str, list[str]] = {}

    def at(self, dialog: Locator, state: str) -> None:
        """Look at an open dialog: it fits, and each of its controls can be hit."""
        expect(dialog).to_be_visible()
        dialog.evaluate(
            "one => Promise.all(one.getAnimations({ subtree: true }).map((each) => each.finished.catch(() => null)))"
        )
        dialog.page.wait_for_timeout(200)
        self._screen.shoot(f"dialog-{state}-{self._scheme}")
        found: list[str] = dialog.evaluate(FAULTS)
        found += [lost for one in dialog.locator(CONTROLS).all() if (lost := one.evaluate(REACH)) is not None]
        self.faults[state] = found

    def told(self) -> dict[str, list[str]]:
        """The states with faults."""
        return {state: found for state, found in self.faults.items() if found}


def shut(page: Page, dialog: Locator) -> None:
    """Close what is open."""
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_of_the_inbox(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], scheme: str) -> None:
    """Filter, mentions, account and what it opens; what is done to a conversation; an article; the shortcuts."""
    question = f"{questions.TWICE} In {scheme}"
    with Visitor(shared_server.url) as visitor, Agent(shared_server.url, tokens["hal"]) as hal:
        talk = visitor.begin()
        talk.outcome(question)
        talk.ask_for_person()
        hal.do(talk.id, "note", text=f"@root@baton.test look at this, please: {LONG}")
        with Agent(shared_server.url, tokens["lea"]) as lea:
            reply = {"title": f"About {LONG}", "text": f"Hello {{{{visitor_name}}}}, {LONG}", "shared": True}
            lea.http.post("/v1/saved-replies", json={**reply, "shortcut": f"pneumo{scheme}"})
        screen = open_screen(shared_server.url, color_scheme=scheme, **PHONE)
        page, desk = screen.page, DeskPage(screen)
        looked = Looked(screen, scheme)
        desk.sign_in(tokens, "root")
        screen.go("/desk/inbox/all")
        for name in ("Filter", "Mentions"):
            page.get_by_role("button", name=name).first.click()
            looked.at(desk.dialog, name.lower())
            shut(page, desk.dialog)
        for name in ("Account", "Saved replies", "My picture", "Change password"):
            page.get_by_role("button", name="Account of root").click()
            if name != "Account":
                desk.dialog.get_by_role("button", name=name, exact=True).click()
                expect(desk.dialog).to_have_accessible_name(name)
            if name == "Saved replies":
                expect(desk.dialog.get_by_text("About Pneumo").first).to_be_visible()
            looked.at(desk.dialog, name.lower().replace(" ", "-"))
            if name == "Saved replies":
                desk.dialog.get_by_role("button", name="Edit About").first.click()
                looked.at(desk.dialog, "saved-reply")
            shut(page, desk.dialog)

        desk.items.filter(has_text=question).first.click()
        desk.claim()
        page.evaluate("document.activeElement.blur()")
        page.get_by_role("button", name="More", exact=True).click()
        looked.at(page.get_by_role("menu"), "more")
        shut(page, page.get_by_role("menu"))
        dialogs = {"e": "Resolve", "t": "Transfer", "l": "Release", "z": "Snooze until", "?": "Shortcuts"}
        for key, name in dialogs.items():
            page.keyboard.press(key)
            expect(desk.dialog).to_have_accessible_name(name)
            looked.at(desk.dialog, name.lower().replace(" ", "-"))
            if name == "Transfer":
                desk.dialog.get_by_text("To a person").click()
                looked.at(desk.dialog, "transfer-person")
            shut(page, desk.dialog)
        desk.said("bot").get_by_role("list").get_by_role("button").first.click()
        expect(desk.dialog.locator("mark").first).to_be_visible()
        looked.at(desk.dialog, "article")
        shut(page, desk.dialog)
        page.keyboard.press("z")
        desk.dialog.get_by_role("button", name="In one hour").click()
        expect(desk.dialog).to_have_count(0)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("menuitem", name="Wake").click()
        looked.at(desk.dialog, "wake")
        desk.dialog.get_by_role("button", name="Wake").click()
        expect(desk.dialog).to_have_count(0)

        other = visitor.begin()
        other.ask_for_person(f"With somebody else, in {scheme}")
        hal.claim(other.id)
        screen.go(f"/desk/inbox/all/{other.id}")
        page.get_by_role("button", name="Take over").click()
        looked.at(desk.dialog, "take-over")
    assert not looked.told(), json.dumps(looked.told(), indent=1)
    assert len(looked.faults) == 17


@pytest.mark.parametrize("scheme", SCHEMES)
def test_of_the_staff_room(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], scheme: str) -> None:
    """Add, change, a link, disable."""
    screen = open_screen(shared_server.url, color_scheme=scheme, **PHONE)
    page, desk = screen.page, DeskPage(screen)
    looked = Looked(screen, scheme)
    desk.sign_in(tokens, "root")
    screen.go("/desk/staff")
    page.get_by_role("button", name="Add somebody").click()
    looked.at(desk.dialog, "staff-add")
    shut(page, desk.dialog)
    for name in ("Change", "Disable", "New link for"):
        page.get_by_role("button", name=f"{name} ana", exact=True).click()
        looked.at(desk.dialog, f"staff-{name.split()[0].lower()}")
        if name == "New link for":
            desk.dialog.get_by_role("button", name="Make a link").click()
            expect(desk.dialog.get_by_label("One-time link")).to_be_visible()
            looked.at(desk.dialog, "staff-link")
        shut(page, desk.dialog)
    assert not looked.told(), json.dumps(looked.told(), indent=1)
    assert len(looked.faults) == 5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_of_the_editors_room(open_screen: OpenScreen, server: Server, tokens: dict[str, str], scheme: str) -> None:
    """New article, publish now and later, what the gate stops, go back, bulk changes, reviews, a conflict, a twin."""
    screen = open_screen(server.url, color_scheme=scheme, **PHONE)
    screen.forgive("409")
    page, desk = screen.page, DeskPage(screen)
    dialog, looked = desk.dialog, Looked(screen, scheme)

    def choose(article: str) -> None:
        screen.go(f"/desk/content/articles?q={article}")
        page.get_by_role("checkbox", name=re.compile(r"^Choose (?!all)")).first.check()

    with (
        open_client(server.url, tokens["edith"], seconds=60.0) as http,
        open_client(server.url, tokens["lea"], seconds=60.0) as lead,
    ):
        console = Console(http, lead)
        live = console.get("/articles/charged-twice/en")["live"]["text"]
        twin = live.replace("id: charged-twice", "id: paid-double").replace("title: ", "title: Again, ", 1)
        console.publish(console.saved("kettles", text_of("kettles", "Kettles are sold by **colour**.")), note=LONG)
        console.saved("paid-double", twin)
        desk.sign_in(tokens, "root")

        screen.go("/desk/content/articles")
        page.get_by_role("button", name="New article").click()
        looked.at(dialog, "new-article")
        shut(page, dialog)
        choose("kettles")
        for name in ("Change topic", "Change owner", "Retire"):
            page.get_by_role("button", name=name, exact=True).click()
            looked.at(dialog, f"bulk-{name.split()[-1].lower()}")
            shut(page, dialog)

        screen.go("/desk/content/articles/paid-double/en")
        page.get_by_role("button", name="Publish…").click()
        expect(dialog.get_by_role("textbox", name="Note")).to_be_visible()
        looked.at(dialog, "publish")
        dialog.get_by_label("Publish later").check()
        dialog.get_by_label("When").fill(f"{datetime.now() + timedelta(days=30):%Y-%m-%dT%H:%M}")
        looked.at(dialog, "schedule")
        dialog.get_by_role("button", name="Schedule 1 draft").click()
        expect(dialog.get_by_text("It is scheduled.")).to_be_visible(timeout=60_000)
        looked.at(dialog, "scheduled")
        shut(page, dialog)
        page.get_by_role("button", name="More", exact=False).first.click()
        looked.at(page.get_by_role("menu"), "draft-more")
        page.get_by_role("menuitem", name="Discard draft").click()
        looked.at(dialog, "discard")
        shut(page, dialog)
        page.get_by_role("tab", name="Checks").click()
        page.get_by_role("button", name="Show both side by side").first.click(timeout=30_000)
        looked.at(dialog, "side-by-side")
        shut(page, dialog)

        version = console.get("/articles/paid-double/en")["draft"]["version"]
        box = page.get_by_role("textbox", name="Text (Markdown)")
        console.saved("paid-double", twin + f"\nTheirs: {LONG}\n", version)
        box.fill(f"Mine is another text. {LONG}")
        expect(dialog).to_have_accessible_name("Somebody else saved first")
        looked.at(dialog, "conflict")
        dialog.get_by_role("button", name="Take theirs").click()
        expect(dialog).to_have_count(0)
        console.post("/drafts/paid-double/en/review", {"action": "request", "version": version + 1})
        screen.go("/desk/content/articles/paid-double/en")
        page.get_by_role("button", name="Ask for changes").click()
        looked.at(dialog, "ask-for-changes")
        shut(page, dialog)

        screen.go("/desk/content/articles/charged-twice/en")
        box.fill("Please write to us about anything that concerns money.\n")
        expect(page.locator("[data-state=saved]")).to_be_visible()
        page.get_by_role("button", name="Publish…").click()
        dialog.get_by_role("button", name="Publish 1 draft").click()
        expect(dialog).to_contain_text("Stopped: answers would get worse", timeout=90_000)
        looked.at(dialog, "stopped")
        shut(page, dialog)
        screen.go("/desk/content/publications")
        page.get_by_role("button", name="Go back to this").first.click()
        looked.at(dialog, "go-back")
        dialog.get_by_role("textbox", name="Reason").fill("It was right before.")
        dialog.get_by_role("button", name="Go back", exact=True).click()
        expect(dialog).to_contain_text("It is live.", timeout=60_000)
        looked.at(dialog, "gone-back")
    assert not looked.told(), json.dumps(looked.told(), indent=1)
    assert len(looked.faults) == 15
