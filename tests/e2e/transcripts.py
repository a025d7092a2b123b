"""Transcripts: who said what, as the widget shows it, as the desk shows it, and as the log has it."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.desk_page import DeskPage
from tests.e2e.widget import Widget
from tests.support.desk import Agent

Said = list[tuple[str, str]]
"""(visitor, bot or person; the words without marks of formatting and of sources)."""
BY = {"message.visitor": "visitor", "message.bot": "bot", "message.agent": "person"}
# Sources, candidates and times stand beside the words; each screen shows them in its own way.
WORDS = """
(element, [skip]) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(skip).forEach(one => one.remove());
    const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walk.nextNode()) words.push(walk.currentNode.data);
    return words.join(" ");
}
"""


def bare(text: str) -> str:
    """Letters and digits alone: Markdown, numbers of list items, marks of citations and line breaks do not count."""
    text = re.sub(r"^\s*\d{1,3}[.)]\s", " ", text, flags=re.MULTILINE)
    text = re.sub(r"\[(\d+)\](?!\()", " ", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def in_widget(widget: Widget) -> Said:
    """What a visitor sees, of the people and the assistant."""
    shown = widget.log.locator(".message.visitor, .message.bot, .message.person")
    names = ("visitor", "bot", "person")
    found = []
    for one in shown.all():
        classes = (one.get_attribute("class") or "").split()
        words = one.locator(".bubble").evaluate(WORDS, [".sources, .cite, .notice"])
        found.append((next(name for name in names if name in classes), bare(words)))
    return found


def in_desk(desk: DeskPage) -> Said:
    """What an agent sees; notes are not part of it."""
    shown = desk.transcript.locator("[data-by=visitor], [data-by=bot], [data-by=person]")
    return [(str(one.get_attribute("data-by")), bare(_words(one))) for one in shown.all()]


def _words(said: Locator) -> str:
    # The first child says who and when; a list of buttons, and a button in a line, are sources.
    skip = ":scope > p:first-child, ol:has(> li > button), button"
    return str(said.evaluate(WORDS, [skip]))


def in_log(agent: Agent, conversation_id: str) -> tuple[Said, list[int]]:
    """What the API gives, with the numbers of all events."""
    events: list[dict[str, Any]] = agent.http.get(f"/v1/conversations/{conversation_id}/events").json()["events"]
    said = [(BY[event["type"]], bare(event["data"]["text"])) for event in events if event["type"] in BY]
    return said, [event["seq"] for event in events]


def same_everywhere(agent: Agent, conversation_id: str, widgets: list[Widget], desks: list[DeskPage]) -> Said:
    """The transcript, which every screen must show alike once nothing is on its way. Raises AssertionError."""
    said, numbers = in_log(agent, conversation_id)
    assert numbers == list(range(1, len(numbers) + 1))
    for widget in widgets:
        expect(widget.log.locator(".message")).to_have_count(len(said), timeout=40_000)
        expect(widget.panel.locator(".sending")).to_have_count(0)
        expect(widget.strip).to_have_count(0, timeout=40_000)
        shown = in_widget(widget)
        assert shown == said, ("widget", shown, said)
    for desk in desks:
        everybody = desk.transcript.locator("[data-by=visitor], [data-by=bot], [data-by=person]")
        expect(everybody).to_have_count(len(said), timeout=40_000)
        shown = in_desk(desk)
        assert shown == said, ("desk", shown, said)
    return said
