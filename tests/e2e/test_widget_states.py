"""The whole story of a visitor and a person, in each language, wide and narrow, light and dark, open to everybody."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.widget import Widget
from tests.support.desk import Agent
from tests.support.server import Server

pytestmark = pytest.mark.browser
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
NARROW: dict[str, Any] = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}
STORIES: dict[str, tuple[str, dict[str, Any], str]] = {
    "en-wide-light": ("en", WIDE, "light"),
    "en-narrow-dark": ("en", NARROW, "dark"),
    "es-wide-dark": ("es", WIDE, "dark"),
    "es-narrow-light": ("es", NARROW, "light"),
    "pt-wide-light": ("pt-BR", WIDE, "light"),
    "pt-narrow-dark": ("pt-BR", NARROW, "dark"),
}
ASKED = {
    "en": ("How do I return an item?", "Someone hacked my account and bought stuff"),
    "es": ("¿Cómo devuelvo un artículo?", "Alguien entró a mi cuenta y compró cosas"),
    "pt-BR": ("Como devolvo um item?", "Alguém invadiu minha conta e comprou coisas"),
}
"""One that the assistant answers, one that goes to a queue which is open day and night."""


@pytest.mark.parametrize("story", STORIES)
def test_the_whole_story(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], story: str) -> None:
    """Ask, read the source, say no and why, a person takes over, both type and write, resolved, rated, asked anew.

    In every state axe-core finds no violation.
    """
    lang, shape, scheme = STORIES[story]
    question, urgent = ASKED[lang]
    screen = open_screen(shared_server.url, color_scheme=scheme, **shape)
    page, widget = screen.page, Widget(screen.page)

    def looked_at(state: str) -> None:
        screen.shoot(f"widget-{story}-{state}")
        screen.accessible(f"{story} {state}")

    screen.go(f"/?lang={lang}")
    looked_at("0-closed")
    widget.open()
    expect(widget.panel.locator(".welcome .choice")).to_have_count(3)
    looked_at("1-welcome")

    widget.ask(question)
    looked_at("2-answer")
    widget.sources().first.click()
    expect(widget.panel.locator("article mark").first).to_be_in_viewport()
    looked_at("3-article")
    page.keyboard.press("Escape")
    widget.answers.last.locator(".feedback button").nth(1).click()
    widget.answers.last.locator(".why input").fill("…")
    looked_at("4-why")
    widget.answers.last.locator(".why button").click()

    with Agent(shared_server.url, tokens["fay"]) as fay, fay.http.stream("GET", "/v1/queue/events") as desk:
        assert desk.status_code == 200, "somebody is at the desk, or the card would say that nobody is"
    widget.say(urgent)
    expect(widget.card.locator(".facts")).to_be_visible()
    looked_at("5-waiting")
    widget.card.get_by_role("button").click()
    widget.card.locator(".primary").click()
    expect(widget.card.locator("[aria-invalid=true]")).to_be_focused()
    looked_at("6-leave-a-message")
    widget.card.locator("input").fill("ana@example.org")
    widget.card.locator(".primary").click()
    expect(widget.log).to_contain_text("ana@example.org")

    conversation = widget.conversation()
    with Agent(shared_server.url, tokens["fay"]) as fay:
        fence = fay.claim(conversation)
        expect(widget.panel.locator(".header h2")).to_have_text("fay")
        with page.expect_response("**/typing") as told:
            widget.composer.press_sequentially("H")
        assert told.value.status == 204
        assert fay.http.post(f"/v1/conversations/{conversation}/typing").status_code == 204
        expect(widget.panel.locator(".typing")).to_be_visible()
        looked_at("7-person-types")
        fay.reply(conversation, "I **locked** it.\n\n1. New password\n2. Sign in", fence)
        expect(widget.people.locator("strong")).to_have_text("locked")
        expect(widget.panel.locator(".typing")).to_have_count(0)
        widget.say("Gracias 💛 thank you")
        looked_at("8-with-a-person")
        answer = fay.do(conversation, "resolve", fence=fence)
        assert answer.status_code == 202, answer.text
        expect(widget.panel.locator("form.rating")).to_be_visible()
        looked_at("9-resolved")
        widget.panel.locator(".stars input").nth(3).check(force=True)
        widget.panel.locator(".solved input").first.check(force=True)
        widget.panel.locator(".rating .primary").click()
        expect(widget.panel.locator("form.rating")).to_have_count(0)
        rated = fay.http.get(f"/v1/conversations/{conversation}/events").json()["events"][-1]
        assert (rated["type"], rated["data"]["stars"], rated["data"]["solved"]) == ("rating", 4, True)

    widget.ask(question)
    expect(widget.sources()).not_to_have_count(0)
    expect(widget.panel.locator(".person-button")).to_be_visible()
    looked_at("a-new-episode")
    widget.panel.locator(".header .icon-button").first.click()
    expect(widget.panel.locator(".earlier [aria-current=true]")).to_contain_text(question)
    looked_at("b-earlier")
    widget.panel.locator(".page .choice").click()
    expect(widget.panel.locator(".welcome")).to_be_visible()
    expect(widget.composer).to_be_visible()
    assert widget.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")


def test_nobody_is_there(open_screen: OpenScreen, shared_server: Server) -> None:
    """Outside opening hours: says so, says when somebody is there in the visitor's words, and takes a message."""
    screen = open_screen(shared_server.url)
    closed = {
        "state": "waiting", "position": 3, "expected_wait_seconds": None,
        "queue": {
            "id": "general", "name": "General questions", "open": False, "staffed": False,
            "opens_at": "2030-01-07T13:00:00+00:00", "closes_at": None, "timezone": "America/New_York",
            "hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-22:00"]}],
        },
    }  # fmt: skip
    # The clock of this machine may stand anywhere: the server's answer about the queue is what is played here.
    screen.page.route("**/v1/conversations/*", lambda route: route.fulfill(json=closed))
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.button("Talk to a person").click()
    expect(widget.card).to_contain_text("Nobody is here right now")
    expect(widget.card).to_contain_text("The team is back on Monday, January 7 at")
    expect(widget.card).to_contain_text("Hours: Mon–Fri 8:00 AM–10:00 PM (New York)")
    screen.shoot("widget-closed")
    screen.accessible("closed")
    widget.card.get_by_label("E-mail address or phone number").fill("+1 555 0100")
    widget.card.get_by_label("Message (optional)").fill("Call me about order 17")
    widget.button("Leave message").click()
    expect(widget.log).to_contain_text("We will answer here, and reach you at +1 555 0100.")
    expect(widget.mine).to_have_text(["Call me about order 17"])
    expect(widget.card.get_by_role("textbox")).to_have_count(0)
    screen.page.reload()
    expect(widget.mine).to_have_text(["Call me about order 17"])


def test_zoomed_to_twice_the_size(open_screen: OpenScreen, shared_server: Server) -> None:
    """At 200 % (half the CSS pixels) pages and panel scroll down only, and nothing is cut off."""
    screen = open_screen(shared_server.url, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    widget = Widget(screen.page)
    for path in ("/", "/topics/refunds", "/articles/refund-partial", "/search?q=refund"):
        screen.go(path)
        assert screen.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
            path
        )
    widget.open()
    widget.ask(ASKED["en"][0])
    assert widget.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    box = widget.panel.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 400
    screen.shoot("widget-zoomed")
    screen.accessible("zoomed")


def test_right_to_left(open_screen: OpenScreen, shared_server: Server) -> None:
    """On a page that reads from the right the widget stands on the left, and each message finds its own direction."""
    screen = open_screen(shared_server.url)
    screen.page.route(
        f"{shared_server.url}/",
        lambda route: route.fulfill(body=route.fetch().text().replace("data-baton ", 'data-baton data-dir="rtl" ')),
    )
    screen.go("/")
    widget = Widget(screen.page)
    launcher = widget.launcher.bounding_box()
    assert launcher is not None
    assert launcher["x"] < 100
    widget.open()
    panel = widget.panel.bounding_box()
    assert panel is not None
    assert panel["x"] < 100
    widget.say("שלום, איפה ההזמנה שלי?")
    direction = widget.mine.first.evaluate("bubble => getComputedStyle(bubble).direction")
    assert direction == "rtl"
    screen.shoot("widget-rtl")
    screen.accessible("right to left")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_chooses_the_theme(open_screen: OpenScreen, shared_server: Server, theme: str) -> None:
    """``data-theme`` wins over the system, and custom properties of the page colour the widget."""
    screen = open_screen(shared_server.url, color_scheme="dark" if theme == "light" else "light")
    screen.page.route(
        f"{shared_server.url}/",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("data-baton ", f'data-baton data-theme="{theme}" ')
        ),
    )
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    dark = widget.panel.evaluate("panel => getComputedStyle(panel).backgroundColor") == "rgb(21, 26, 24)"
    assert dark is (theme == "dark")
    screen.page.evaluate("document.querySelector('baton-widget').style.setProperty('--baton-accent', 'rgb(1, 2, 3)')")
    button = widget.panel.locator(".person-button")
    assert button.evaluate("button => getComputedStyle(button).color") == "rgb(1, 2, 3)"
