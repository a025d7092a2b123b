"""The story through trouble: both sides are browsers, and afterwards the transcript is the same everywhere."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.screen import Screen
from tests.e2e.test_server_crash import free_port
from tests.e2e.transcripts import same_everywhere
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.wire import Wire

pytestmark = pytest.mark.browser
CUT_SECONDS = 30
UNSENT = "The server cannot be reached. Nothing was sent."
BACK = 60_000
"""How long, in ms, either side may take to find the server again: retries are up to half a minute apart."""


def two_tabs(screen: Screen) -> list[Widget]:
    """One visitor's browser with the chat open in two tabs."""
    tabs = [Widget(screen.page), Widget(screen.new_tab())]
    for tab in tabs:
        tab.page.goto(screen.url)
        tab.open()
    return tabs


def meet(
    open_screen: OpenScreen, their_url: str, our_url: str, tokens: dict[str, str]
) -> tuple[list[Widget], DeskPage, Screen, Screen]:
    """A visitor who got an answer and asked for a person, in two tabs, and the agent who has claimed."""
    theirs, ours = open_screen(their_url), open_screen(our_url)
    for screen in (theirs, ours):
        screen.forgive("net::|Failed to load resource")
    desk = DeskPage(ours)
    desk.sign_in(tokens, "cai")
    tabs = two_tabs(theirs)
    tabs[0].ask(questions.TWICE)
    tabs[0].button("Talk to a person").click()
    expect(tabs[1].card).to_be_visible()
    ours.go(f"/desk/inbox/all/{tabs[0].conversation()}")
    desk.claim()
    desk.send("Here I am")
    for tab in tabs:
        expect(tab.people).to_have_text(["Here I am"])
    return tabs, desk, theirs, ours


def send(desk: DeskPage) -> None:
    """Press Send below the box; the suggested reply has a button of this name too."""
    desk.case.locator("form").get_by_role("button", name="Send").click(timeout=BACK)


def reply_until_taken(desk: DeskPage, text: str) -> None:
    """What was refused for want of a server stays in the box; Send again sends the same reply, not a second one."""
    expect(desk.reply).to_have_value(text)
    send(desk)
    expect(desk.reply).to_have_value("", timeout=BACK)


def test_killed_twice_under_both_of_them(open_screen: OpenScreen, data_dir: Path, tokens: dict[str, str]) -> None:
    """SIGKILL in the middle of a talk, twice: both write while nobody answers, in three windows."""
    with Server(data_dir, {"PORT": str(free_port())}) as server:
        tabs, desk, theirs, ours = meet(open_screen, server.url, server.url, tokens)
        talk = tabs[0].conversation()
        for number, (first, second) in enumerate((tabs, tabs[::-1])):
            server.kill()
            first.say(f"visitor {number}")
            desk.reply.fill(f"agent {number}")
            send(desk)
            expect(ours.page.get_by_text(UNSENT)).to_be_visible()
            second.composer.fill(f"draft {number}")
            server.start()
            reply_until_taken(desk, f"agent {number}")
            for tab in tabs:
                expect(tab.people.filter(has_text=f"agent {number}")).to_have_count(1, timeout=BACK)
            expect(desk.said("visitor").filter(has_text=f"visitor {number}")).to_have_count(1, timeout=BACK)
            expect(ours.page.get_by_text(UNSENT)).to_have_count(0)
            second.say(f"back {number}")
            expect(desk.said("visitor").filter(has_text=f"back {number}")).to_have_count(1, timeout=BACK)
        with Agent(server.url, tokens["cai"]) as cai:
            said = same_everywhere(cai, talk, tabs, [desk])
            assert sorted(text for by, text in said if by == "visitor")[1:] == sorted(
                ["back 0", "back 1", "visitor 0", "visitor 1"]
            )
            assert [text for by, text in said if by == "person"] == ["Here I am", "agent 0", "agent 1"]
            desk.resolve("Yes", "Yes")
            for screen in (theirs, ours):
                screen.page.reload()
            assert same_everywhere(cai, talk, tabs, [desk]) == said
        theirs.close()
        ours.close()


@pytest.mark.slow
@pytest.mark.parametrize("side", ["visitor", "agent"])
def test_half_a_minute_without_a_network(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], side: str
) -> None:
    """One side is cut off for thirty seconds while both write on; nothing is lost, doubled or out of order."""
    with Wire(shared_server.url) as their_wire, Wire(shared_server.url) as our_wire:
        tabs, desk, theirs, ours = meet(open_screen, their_wire.url, our_wire.url, tokens)
        talk = tabs[0].conversation()
        screen, wire = (theirs, their_wire) if side == "visitor" else (ours, our_wire)
        wire.cut()
        screen.offline(True)
        tabs[0].say("one")
        tabs[1].say("two")
        desk.reply.fill("Are you there?")
        send(desk)
        if side == "agent":
            expect(ours.page.get_by_text(UNSENT)).to_be_visible()
        screen.page.wait_for_timeout(CUT_SECONDS * 1_000)
        for tab in tabs:
            expect(tab.people).to_have_text(["Here I am"])
        expect(desk.said("visitor")).to_have_count(1)
        wire.mend()
        screen.offline(False)
        if side == "agent":
            reply_until_taken(desk, "Are you there?")
        expect(desk.said("visitor")).to_have_count(3, timeout=BACK)
        with Agent(shared_server.url, tokens["cai"]) as cai:
            said = same_everywhere(cai, talk, tabs, [desk])
            assert [text for by, text in said if by == "person"] == ["Here I am", "Are you there"]
            assert sorted(text for by, text in said if by == "visitor")[1:] == ["one", "two"]
            for one in (theirs, ours):
                one.page.reload()
            assert same_everywhere(cai, talk, tabs, [desk]) == said
        for one in (theirs, ours):
            one.close()
