"""From the assistant to a person and back, on two screens."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
HACKED = "Someone hacked my account and bought stuff"
SECRET = "Third report this week, look at the risk list"
REPLY = (
    "I **locked** it.\n\n1. Change your password.\n2. Sign in again.\n\n| Order | State |\n|---|---|\n| 17 | stopped |"
)


def test_a_person_takes_over_and_gives_back(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """Wish, claim with brief and procedure, replies both ways, a note nobody else sees, labels, rating, a new start."""
    theirs, ours = open_screen(shared_server.url), open_screen(shared_server.url)
    theirs.go("/")
    widget, desk = Widget(theirs.page), DeskPage(ours)
    desk.sign_in(tokens, "ana")

    widget.open()
    widget.ask(questions.TWICE)
    widget.button("Talk to a person").click()
    expect(widget.card).to_be_visible()
    expect(widget.card).to_contain_text("A person will take over" if _is_open(widget) else "Nobody is here")

    desk.open(questions.TWICE)
    desk.claim()
    expect(desk.panel).to_contain_text("Suggested reply")
    expect(desk.panel.get_by_role("checkbox").first).to_be_visible()
    expect(desk.panel).to_contain_text("What was tried")
    expect(desk.panel).to_contain_text(questions.TWICE)
    expect(desk.said("bot").first).to_contain_text("% sure")
    desk.said("bot").get_by_role("list").get_by_role("button").first.click()
    expect(desk.dialog.locator("mark").first).to_be_in_viewport()
    desk.page.keyboard.press("Escape")
    expect(desk.dialog).to_have_count(0)
    expect(widget.panel.get_by_role("heading", name="ana")).to_be_visible()

    desk.write_note(SECRET)
    expect(desk.said("note")).to_contain_text(SECRET)
    desk.send(REPLY)
    for place in (widget.people, desk.said("person")):
        expect(place.locator(".md strong, .bubble strong").first).to_have_text("locked")
        expect(place.locator("ol > li")).to_have_count(2)
        expect(place.locator("td")).to_have_text(["17", "stopped"])
    widget.say("Thank you, that helps")
    expect(desk.said("visitor").last).to_contain_text("Thank you, that helps")
    expect(widget.answers).to_have_count(1)
    assert SECRET not in widget.panel.inner_text()

    desk.resolve("Yes", "No")

    expect(widget.log).to_contain_text("This conversation is closed.")
    widget.panel.get_by_label("4 stars").check(force=True)
    widget.panel.get_by_role("group", name="Is your problem solved?").get_by_label("Yes").check(force=True)
    widget.button("Send rating").click()
    expect(widget.panel.get_by_text("Thank you for your rating.")).to_be_visible()
    expect(desk.transcript).to_contain_text("The visitor gave 4 of 5, solved")

    widget.ask(questions.EMAIL)
    expect(widget.sources()).not_to_have_count(0)
    expect(widget.button("Talk to a person")).to_be_visible()
    theirs.page.reload()
    expect(widget.mine).to_have_text([questions.TWICE, "Thank you, that helps", questions.EMAIL])
    expect(widget.people).to_have_count(1)
    assert SECRET not in widget.panel.inner_text()


def test_two_agents_want_the_same_conversation(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """The second claim is told who has it, and leaves the box closed."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin()
        talk.outcome(HACKED)
        screens = [open_screen(shared_server.url) for _ in "ab"]
        desks = [DeskPage(screen) for screen in screens]
        for desk, name in zip(desks, ("ben", "cai"), strict=True):
            desk.sign_in(tokens, name)
            desk.open(HACKED)
        first, second = desks

        # The second agent's click leaves before the news of the first claim has come.
        def overtaken(route: Route) -> None:
            first.claim()
            route.continue_()

        screens[1].page.route("**/claim", overtaken)
        screens[1].forgive("409")
        second.case.locator("header").get_by_role("button", name="Claim").click()
        expect(screens[1].page.get_by_role("alert").filter(has_text="ben has this conversation now.")).to_be_visible()
        expect(second.state).to_have_text("With ben")
        expect(second.reply).to_be_disabled()
        expect(first.reply).to_be_enabled()


def _is_open(widget: Widget) -> bool:
    """Whether the team keeps hours right now; the other half of the promise is in spoken.test.ts."""
    return "in line" in widget.panel.locator(".person-bar").inner_text()
