"""Two hundred payloads as a visitor's words, a person's words and name, an article and a model's answer: none runs."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.screen import Screen
from tests.e2e.widget import Widget
from tests.support.articles import write_article
from tests.support.desk import Agent
from tests.support.payloads import PAYLOADS, RUN
from tests.support.provider import Provider
from tests.support.server import Server, run_baton
from tests.support.visitors import Talk, Visitor

pytestmark = pytest.mark.browser
A_PAGE = 4
"""Short articles: an answer rests on few passages, and all of its payloads shall be among them."""
A_TALK = 12
NAME = f"<img src=x onerror={RUN}>"
PAGES = [PAYLOADS[at : at + A_PAGE] for at in range(0, len(PAYLOADS), A_PAGE)]
SUBJECTS = (
    "anchor basket candle dagger engine feather garden hammer island jacket kettle ladder mirror needle oven pencil quilt "
    "rocket saddle tunnel umbrella violin wallet yacht zipper apple bridge camera dolphin elephant falcon guitar harbour "
    "igloo jungle kitten lemon mountain notebook octopus piano queen river salmon tiger uncle volcano window xylophone "
    "yogurt zebra airport banana castle desert eagle forest glacier helmet insect judge kingdom"
).split()
"""One a page, far from each other, so that there is no doubt which article a question means."""
BUILT_BY_US = "svg.icon, svg.icon *, p, div, span, button, ul, ol, li, strong, em, code, br, a, table, thead, tbody, tr, th, td, h1, h2, h3, h4, article, mark, dl, dt, dd, form, label, input, textarea, time, pre, blockquote, hr, i, fieldset, legend"
UNSAFE = f"""() => {{
    const roots = [document.querySelector('baton-widget').shadowRoot];
    const all = roots.flatMap((root) => [...root.querySelectorAll('*')]);
    const odd = all.filter((one) => !one.matches("{BUILT_BY_US}") && !one.closest('.launcher')).map((one) => one.outerHTML.slice(0, 80));
    const handlers = all.flatMap((one) => [...one.attributes].filter((a) => a.name.startsWith('on') || a.name === 'style' && !one.matches('textarea')).map((a) => a.name));
    const links = all.map((one) => one.getAttribute('href')).filter((href) => href !== null && !/^(https?:|mailto:|#|\\/[^/\\\\])/.test(href));
    return [...odd, ...handlers, ...links];
}}"""


def sentence(payload: str) -> str:
    """A line of an article that a question can lead to and a model can repeat."""
    return f"Write the zebra code {payload} on the form."


def about(number: int) -> str:
    """The question that a page answers."""
    return f"which code goes on the form for the {SUBJECTS[number]}?"


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Provider, str]]:
    """A server whose articles, titles, staff and model say nothing but payloads; and that staff's token."""
    folder = tmp_path_factory.mktemp("poison")
    articles = folder / "articles"
    articles.mkdir()
    for number, payloads in enumerate(PAGES):
        body = f"The code for the {SUBJECTS[number]} is here.\n\n" + "\n\n".join(map(sentence, payloads))
        title = f"The {SUBJECTS[number]} form {payloads[1]}"
        write_article(articles, f"page-{number}", title, body, questions=[about(number)])
    data = ["--data-dir", str(folder / "data")]
    done = run_baton("ingest", str(articles), *data)
    assert done.returncode == 0, done.stderr.decode()
    hired = run_baton("staff", "add", "evil@baton.test", "--role", "agent", "--name", NAME, *data)
    token = next(word for word in hired.stdout.decode().split() if word.startswith("bst_"))
    with (
        Provider("reply") as provider,
        Server(folder / "data", {**provider.env, "MESSAGES_PER_MINUTE": "100000"}) as server,
    ):
        yield server, provider, token


def watch(screen: Screen) -> None:
    """Whatever runs shows itself."""
    screen.page.on("dialog", lambda dialog: screen.faults.append(f"dialog: {dialog.message}"))


def is_safe(page: Page) -> None:
    """Nothing ran, and nothing in the widget was made from a text."""
    page.wait_for_timeout(300)
    assert page.evaluate("window.__ran") is None
    assert page.evaluate(UNSAFE) == []


def show(screen: Screen, talk: Talk) -> Widget:
    """The visitor's own browser, opened on the conversation."""
    watch(screen)
    screen.go("/")
    remember = "([token, id]) => { localStorage.setItem('baton.buyer.visitor', JSON.stringify({token})); localStorage.setItem('baton.buyer.conversation', id); }"
    screen.page.evaluate(remember, [talk.visitor.token, talk.id])
    widget = Widget(screen.page)
    widget.open()
    return widget


def test_what_people_write(open_screen: OpenScreen, poisoned: tuple[Server, Provider, str]) -> None:
    """Each payload as the visitor's words stands there letter by letter; as a person's words it is text or a safe link."""
    server, _, token = poisoned
    screen = open_screen(server.url)
    with Visitor(server.url) as visitor, Agent(server.url, token) as evil:
        talk = visitor.begin()
        talk.ask_for_person(PAYLOADS[0])
        left = {"reach": f'"><script>{RUN}</script>', "client_id": "c"}
        assert visitor.http.post(f"{talk.path}/contact", json=left).status_code == 202
        fence = evil.claim(talk.id)
        for payload in PAYLOADS:
            talk.post(payload)
            evil.reply(talk.id, payload, fence)
        widget = show(screen, talk)
        expect(widget.people).to_have_count(len(PAYLOADS), timeout=60_000)
        assert widget.mine.all_text_contents() == [PAYLOADS[0], *PAYLOADS]
        expect(widget.panel.locator(".header h2")).to_have_text(NAME)
        is_safe(screen.page)
        # The visitor types one, too.
        widget.say(PAYLOADS[3])
        expect(widget.mine.last).to_have_text(PAYLOADS[3])
        assert evil.do(talk.id, "resolve", fence=fence).status_code == 202
        expect(widget.panel.locator("form.rating")).to_be_visible()
        widget.panel.locator(".header .icon-button").first.click()
        expect(widget.panel.locator(".earlier")).to_contain_text(PAYLOADS[0][:20])
        is_safe(screen.page)


def test_what_a_model_says(open_screen: OpenScreen, poisoned: tuple[Server, Provider, str]) -> None:
    """Answers that repeat the payloads of their source, streamed and replayed, and the cited articles in the widget."""
    server, provider, _ = poisoned
    said = 0
    with Visitor(server.url) as visitor:
        talks = [visitor.begin()]
        for number, payloads in enumerate(PAGES):
            provider.said = tuple(map(sentence, payloads))
            event = talks[-1].outcome(about(number))
            said += sum(payload in event.data["text"] for payload in payloads)
            if talks[-1].show()["state"] != "bot" or number % A_TALK == A_TALK - 1:
                talks.append(visitor.begin())
        assert said >= 60, "too few of the model's payloads were let through: this test shows nothing"
        for talk in talks:
            screen = open_screen(server.url)
            widget = show(screen, talk)
            expect(widget.answers).to_have_count(sum(event.type == "message.bot" for event in talk.events()))
            is_safe(screen.page)
            if widget.sources().count():
                widget.sources().first.click()
                expect(widget.panel.locator("article h1")).to_be_visible()
                is_safe(screen.page)
                screen.page.keyboard.press("Escape")
    # One more as it streams in.
    widget.say(about(2))
    provider.said = tuple(map(sentence, PAGES[2]))
    expect(widget.mine.last).to_have_text(about(2))
    is_safe(screen.page)


def test_what_a_model_might_say(open_screen: OpenScreen, poisoned: tuple[Server, Provider, str]) -> None:
    """Should the server ever let all of it through: as answer, title, section, choice and notice, still nothing runs."""
    server, _, _ = poisoned
    screen = open_screen(server.url)

    def answer(seq: int, payload: str) -> dict[str, Any]:
        citation = {"article_id": payload, "revision": 1, "title": payload, "section": payload, "quote": payload}
        return {
            "reply_to": 0, "outcome": "answer" if seq % 2 else "clarify", "text": f"{payload} [1]", "citations": [citation],
            "candidates": [{"article_id": payload, "title": payload}], "confidence": 1, "mode": payload,
            "locale": payload, "notice": payload,
        }  # fmt: skip

    def frame(event: dict[str, Any]) -> str:
        number = "" if event["seq"] is None else f"id: {event['seq']}\n"
        return f"{number}event: {event['type']}\ndata: {json.dumps({'at': '', **event})}\n\n"

    logged: list[dict[str, Any]] = [
        {"seq": seq, "type": "message.bot", "data": answer(seq, payload)} for seq, payload in enumerate(PAYLOADS, 1)
    ]
    passing: list[dict[str, Any]] = [
        {"seq": None, "type": "bot.status", "data": {"state": "thinking", "reply_to": 9_999}},
        *(
            {"seq": None, "type": "bot.delta", "data": {"reply_to": 9_999, "index": index, "text": payload}}
            for index, payload in enumerate(PAYLOADS)
        ),
    ]
    body = "".join(map(frame, [*logged, *passing]))
    screen.page.route("**/events", lambda route: route.fulfill(content_type="text/event-stream", body=body))
    with Visitor(server.url) as visitor:
        widget = show(screen, visitor.begin())
    expect(widget.answers).to_have_count(len(PAYLOADS), timeout=60_000)
    expect(widget.writing).not_to_be_empty()
    is_safe(screen.page)


def test_pages_of_the_help_centre(open_screen: OpenScreen, poisoned: tuple[Server, Provider, str]) -> None:
    """Home, topic, articles, search by address and as you type: titles and bodies are text."""
    server, _, _ = poisoned
    screen = open_screen(server.url)
    watch(screen)
    page = screen.page
    for path in ("/", "/topics/general", *(f"/articles/page-{number}" for number in range(0, len(PAGES), 4))):
        screen.go(path)
        assert page.evaluate("window.__ran") is None, path
        odd = page.locator("main").locator(
            "script, img, svg:not(.topic-icon), iframe, [onerror], [onload], [onclick], style, link, meta, base"
        )
        expect(odd).to_have_count(0)
        hrefs = page.locator("main a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        assert all(
            href.startswith(("/", "https://", "mailto:", "#")) and not href.startswith("//") for href in hrefs
        ), hrefs
    for payload in PAYLOADS[::12]:
        page.goto(f"{server.url}/search?" + page.evaluate("q => new URLSearchParams({ q }).toString()", payload))
        assert page.evaluate("window.__ran") is None, payload
    page.get_by_role("combobox").fill("form for the zebra")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("window.__ran") is None
