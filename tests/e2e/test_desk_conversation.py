"""A conversation at the desk: writing with help, passing on, and never over somebody else."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.support import questions
from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser


def test_suggested_and_saved_replies(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """A suggestion is edited or discarded; a saved reply comes by its shortcut with its variables filled."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin(context={"order_id": "4471"})
        talk.outcome(questions.COUPON)
        talk.ask_for_person()
        screen = open_screen(shared_server.url)
        page, desk = screen.page, DeskPage(screen)
        desk.sign_in(tokens, "ana")
        page.get_by_role("button", name="Account of ana").click()
        page.get_by_role("button", name="Saved replies").click()
        page.get_by_role("button", name="New saved reply").click()
        desk.dialog.get_by_label("Title").fill("Look into the order")
        desk.dialog.get_by_label("Text").fill("I look into order {{order_id}} for you. ")
        desk.dialog.get_by_role("button", name="agent name").click()
        desk.dialog.get_by_label("Shortcut").fill("look")
        desk.dialog.get_by_role("button", name="Save").click()
        expect(desk.dialog).to_contain_text("Look into the order")
        page.keyboard.press("Escape")
        expect(desk.dialog).to_have_count(0)

        screen.go(f"/desk/inbox/all/{talk.id}")
        expect(desk.panel.get_by_role("button", name="Edit")).to_be_disabled()
        desk.claim()
        desk.panel.get_by_role("button", name="Edit").click()
        expect(desk.reply).to_be_focused()
        expect(desk.reply).not_to_have_value("")
        desk.panel.get_by_role("button", name="Discard").click()
        expect(desk.panel).to_contain_text("Suggestion discarded.")
        page.reload()
        expect(desk.panel).to_contain_text("Suggestion discarded.")
        expect(desk.reply).to_be_enabled()

        desk.reply.fill("")
        desk.reply.press_sequentially("/lo")
        expect(page.get_by_role("option", name="Look into the order")).to_be_visible()
        page.keyboard.press("Enter")
        expect(desk.reply).to_have_value("I look into order 4471 for you. ana")
        page.keyboard.press("Control+Enter")
        expect(desk.said("person")).to_contain_text("I look into order 4471 for you. ana")
        talk.wait_for("message.agent")


def test_mention_and_transfer_to_a_person(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]
) -> None:
    """Who is mentioned or passed a conversation is told; steps that one ticked are ticked for the other."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin()
        talk.outcome("Someone hacked my account, the other day")
        desks = [DeskPage(open_screen(shared_server.url)) for _ in "ab"]
        for desk, name in zip(desks, ("ben", "cai"), strict=True):
            desk.sign_in(tokens, name)
        first, second = desks
        first.screen.go(f"/desk/inbox/all/{talk.id}")
        first.claim()
        first.panel.get_by_role("checkbox").nth(1).click()
        expect(first.panel.get_by_role("checkbox").nth(1)).to_be_checked()
        first.write_note("@cai@baton.test you know this one")
        expect(second.button("Mentions (1)")).to_be_visible()
        second.button("Mentions (1)").click()
        second.dialog.get_by_text("you know this one").click()
        expect(second.state).to_have_text("With ben")
        expect(second.panel.get_by_role("checkbox").nth(1)).to_be_checked()
        expect(second.panel).to_contain_text("ticked by ben")
        expect(second.button("Mentions")).to_be_visible()

        first.page.get_by_role("button", name="More").click()
        first.page.get_by_role("menuitem", name="Transfer").click()
        first.dialog.get_by_text("To a person").click()
        first.dialog.get_by_label("Person", exact=True).select_option(label="cai")
        first.dialog.get_by_label("Reason").fill("You have the other half of this")
        first.dialog.get_by_role("button", name="Transfer").click()
        expect(first.state).to_have_text("Waiting")
        expect(second.state).to_have_text("Waiting")
        expect(second.said("note").last).to_contain_text("You have the other half of this")
        second.view("Mine")
        second.items.filter(has_text="the other day").click()
        second.claim()


def test_replies_that_cross(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """A lead took over and answered while one wrote: the draft is kept, the other's words are told, nothing is sent."""
    with Visitor(shared_server.url) as visitor, Agent(shared_server.url, tokens["lea"]) as lea:
        talk = visitor.begin()
        talk.ask_for_person("Two people answer this one")
        screen = open_screen(shared_server.url)
        screen.forgive("409")
        desk = DeskPage(screen)
        desk.sign_in(tokens, "dee")
        screen.go(f"/desk/inbox/all/{talk.id}")
        desk.claim()
        desk.reply.fill("My long answer")

        # The lead's reply is there before this one leaves, and its news has not come.
        def overtaken(route: Route) -> None:
            fence = lea.do(talk.id, "claim", take_over=True).json()["fence"]
            lea.reply(talk.id, "I have answered already", fence)
            route.continue_()

        screen.page.route("**/reply", overtaken)
        desk.case.locator("form").get_by_role("button", name="Send").click()
        expect(desk.case).to_contain_text("I have answered already")
        expect(desk.case.locator("form").get_by_role("alert")).to_contain_text("lea answered while you wrote")
        expect(desk.state).to_have_text("With lea")
        expect(desk.button("Send mine as well")).to_have_count(0)
        expect(desk.reply).to_have_value("My long answer")
        said = [event.data["text"] for event in talk.events() if event.type == "message.agent"]
        assert said == ["I have answered already"]


def test_answered_and_passed_back(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """Somebody else answered and gave it back: their words are shown before mine, which may follow, once."""
    with (
        Visitor(shared_server.url) as visitor,
        Agent(shared_server.url, tokens["lea"]) as lea,
        Agent(shared_server.url, tokens["hal"]) as hal,
    ):
        talk = visitor.begin()
        talk.ask_for_person("There and back again")
        screen = open_screen(shared_server.url)
        screen.forgive("409")
        desk = DeskPage(screen)
        desk.sign_in(tokens, "hal")
        screen.go(f"/desk/inbox/all/{talk.id}")
        desk.claim()
        desk.reply.fill("My own words")

        def overtaken(route: Route) -> None:
            fence = lea.do(talk.id, "claim", take_over=True).json()["fence"]
            lea.reply(talk.id, "A word of mine in between", fence)
            assert lea.do(talk.id, "release", fence=fence).status_code == 202
            hal.claim(talk.id)
            route.continue_()

        screen.page.route("**/reply", overtaken, times=1)
        desk.case.locator("form").get_by_role("button", name="Send").click()
        newer = desk.case.locator("form").get_by_role("alert")
        expect(newer).to_contain_text("lea answered while you wrote")
        expect(newer).to_contain_text("A word of mine in between")
        expect(desk.reply).to_have_value("My own words")
        desk.button("Send mine as well").click()
        expect(desk.said("person").last).to_contain_text("My own words")
        expect(newer).to_have_count(0)
        said = [event.data["text"] for event in talk.events() if event.type == "message.agent"]
        assert said == ["A word of mine in between", "My own words"]


def test_without_a_server(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """A reply that cannot be sent stays, the desk says so, and it goes out once when the network is back."""
    with Visitor(shared_server.url) as visitor:
        talk = visitor.begin()
        talk.ask_for_person("The train enters a tunnel")
        screen = open_screen(shared_server.url)
        screen.forgive("ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::")
        desk = DeskPage(screen)
        desk.sign_in(tokens, "eve")
        screen.go(f"/desk/inbox/all/{talk.id}")
        desk.claim()
        desk.reply.fill("From the tunnel")
        screen.offline(True)
        desk.case.locator("form").get_by_role("button", name="Send").click()
        expect(desk.case.get_by_role("alert")).to_contain_text("The server cannot be reached. Nothing was sent.")
        expect(desk.reply).to_have_value("From the tunnel")
        screen.offline(False)
        desk.case.locator("form").get_by_role("button", name="Send").click()
        expect(desk.said("person")).to_contain_text("From the tunnel")
        expect(desk.reply).to_have_value("")
        said = [event.data["text"] for event in talk.events() if event.type == "message.agent"]
        assert said == ["From the tunnel"]


def test_leads_read_what_was_changed(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """The audit tab tells not only who and when: where to and why it was passed on, until when, which answers."""
    with Visitor(shared_server.url) as visitor, Agent(shared_server.url, tokens["gus"]) as gus:
        talk = visitor.begin()
        talk.ask_for_person("Who changed what here?")
        fence = gus.claim(talk.id)
        passed = gus.do(talk.id, "transfer", fence=fence, queue="trust-safety", reason="Looks like a theft")
        assert passed.status_code == 202, passed.text
        assert gus.do(talk.id, "resolve", fence=gus.claim(talk.id), bot_right="na", needed_person="yes").is_success
        screen = open_screen(shared_server.url)
        desk = DeskPage(screen)
        desk.sign_in(tokens, "lea")
        screen.go(f"/desk/inbox/resolved/{talk.id}")
        desk.page.get_by_role("tab", name="Audit").click()
        expect(desk.panel).to_contain_text("gus passed it on")
        expect(desk.panel).to_contain_text("To Trust and safety: Looks like a theft")
        expect(desk.panel).to_contain_text("Was the assistant right? It did not answer · Did this need a person? Yes")
        screen.shoot("desk-audit")
