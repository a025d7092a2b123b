"""On pages of other sites: nothing before it is wanted, no way round a strict policy, no style that gets in."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.host_page import HostPage
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
HOSTILE = """
* { display: none !important; visibility: hidden !important; opacity: 0 !important; position: static !important;
    transform: scale(0) !important; color: transparent !important; font-size: 0 !important; pointer-events: none !important; }
html, body, head { all: unset !important; display: block !important; visibility: visible !important;
                   opacity: 1 !important; transform: none !important; pointer-events: auto !important; }
button, textarea, input { all: unset !important; }
baton-widget { width: 0 !important; height: 0 !important; overflow: hidden !important; clip-path: inset(50%) !important; }
body { direction: rtl; letter-spacing: 2em; text-transform: uppercase; line-height: 0; cursor: none; }
"""
GREEDY = """
addEventListener("keydown", (event) => { if (event.key.length === 1) { event.preventDefault(); window.stolen = event.key; } });
"""


def strict(widget_url: str) -> dict[str, str]:
    """Everything forbidden but what the widget must be allowed."""
    return {
        "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        f"script-src {widget_url}; connect-src {widget_url}; require-trusted-types-for 'script'; trusted-types baton"
    }


def test_nothing_but_the_loader_before_it_is_wanted(open_screen: OpenScreen, shared_server: Server) -> None:
    """A page view costs one script and no request to the API; intent brings the app, in one language."""
    with HostPage(shared_server.url) as host:
        screen = open_screen(host.url, others=[shared_server.url])
        asked: list[str] = []
        screen.page.on("request", lambda request: asked.append(request.url))
        screen.page.goto(f"{host.url}/")
        widget = Widget(screen.page)
        expect(widget.launcher).to_be_visible()
        screen.page.wait_for_timeout(500)
        assert [url for url in asked if url.startswith(shared_server.url)] == [f"{shared_server.url}/widget.js"]
        del asked[:]
        with screen.page.expect_request("**/widget/words-en-*"):
            widget.launcher.hover()
        widget.open()
        names = {url.rsplit("/", 1)[1].rsplit("-", 1)[0] for url in asked}
        assert names == {"app", "words-en"}


def test_a_strict_policy_and_hostile_styles(open_screen: OpenScreen, shared_server: Server) -> None:
    """No breach of the policy, and a conversation as on a friendly page; the page's context goes along."""
    attributes = 'data-order-id="o-17" data-article-id="a-1" data-locale="en"'
    with HostPage(shared_server.url, attributes, css=HOSTILE) as host:
        host.headers = strict(shared_server.url)
        screen = open_screen(host.url, others=[shared_server.url])
        screen.page.goto(f"{host.url}/")
        widget = Widget(screen.page)
        box = widget.launcher.bounding_box()
        assert box is not None
        assert box["x"] > 1_000
        assert box["height"] >= 44
        widget.open()
        widget.ask(questions.TWICE)
        answer = widget.answers.last.locator(".bubble")
        style = answer.evaluate(
            "e => { const s = getComputedStyle(e); return [s.direction, s.textTransform, s.letterSpacing] }"
        )
        assert style == ["ltr", "none", "normal"]
        widget.sources().first.click()
        expect(widget.panel.locator("article mark").first).to_be_in_viewport()
        widget.button("Back to the chat").click()
        widget.button("Talk to a person").click()
        expect(widget.card).to_be_visible()
        screen.shoot("widget-hostile-page")
        token = screen.page.evaluate("JSON.parse(localStorage.getItem('baton.buyer.visitor')).token")
        conversation = widget.conversation()
    with Visitor(shared_server.url) as visitor:
        visitor.http.headers["authorization"] = f"Bearer {token}"
        events = visitor.http.get(f"/v1/conversations/{conversation}/events").json()["events"]
    assert [event["type"] for event in events][-1] == "handoff.opened"


def test_keys_that_a_page_wants_for_itself(open_screen: OpenScreen, shared_server: Server) -> None:
    """What is typed in the chat is no shortcut of the page."""
    with HostPage(shared_server.url, head=f"<script>{GREEDY}</script>") as host:
        screen = open_screen(host.url, others=[shared_server.url])
        screen.page.goto(f"{host.url}/")
        widget = Widget(screen.page)
        widget.open()
        widget.composer.press_sequentially("/kg")
        expect(widget.composer).to_have_value("/kg")
        assert screen.page.evaluate("window.stolen") is None


def test_the_page_opens_closes_and_listens(open_screen: OpenScreen, shared_server: Server) -> None:
    """``window.baton``: open, close, and what happens told to whoever listens, until they stop."""
    head = '<script>addEventListener("DOMContentLoaded", () => window.ready = true)</script>'
    with HostPage(shared_server.url, head=head) as host:
        # In the head and without `defer`: the widget waits for a body.
        host.html = host.html.replace(host.script, "").replace("</head>", f"{host.script}</head>")
        screen = open_screen(host.url, others=[shared_server.url])
        page = screen.page
        page.goto(f"{host.url}/")
        page.evaluate("""() => {
            window.told = [];
            const stop = baton.on('open', () => told.push('once'));
            for (const name of ['open', 'close', 'state']) baton.on(name, (detail) => told.push(name, detail));
            baton.on('open', () => { throw new Error('a mistake of the page'); });
            window.stop = stop;
        }""")
        screen.forgive("a mistake of the page")
        widget = Widget(page)
        page.evaluate("baton.open()")
        expect(widget.panel).to_be_visible()
        widget.button("Talk to a person").click()
        expect(widget.card).to_be_visible()
        page.evaluate("stop(); baton.close()")
        expect(widget.panel).to_have_count(0)
        page.evaluate("baton.open()")
        expect(widget.panel).to_be_visible()
        told = page.evaluate("told")
        assert told == ["once", "open", {}, "state", {"state": "waiting"}, "close", {}, "open", {}]
