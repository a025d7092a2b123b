"""The help centre's pages: open to everybody, in each scheme, at each width, on paper."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.test_keyboard import tab_to
from tests.e2e.widget import Widget
from tests.support.server import Server

pytestmark = pytest.mark.browser
PAGES = {
    "home": "/",
    "topic": "/topics/refunds",
    "article": "/articles/refund-partial",
    "untranslated": "/articles/refund-partial?lang=pt-BR",
    "search": "/search?q=refund",
    "nothing-found": "/search?q=zzzzqqqq",
    "seller": "/?lang=es&audience=seller",
}
SHAPES = {"wide": (1280, 800), "narrow": (360, 740)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shape", SHAPES)
def test_everybody_can_read_it(open_screen: OpenScreen, shared_server: Server, shape: str, scheme: str) -> None:
    """No violation on any page, nor with suggestions open; nothing sticks out."""
    width, height = SHAPES[shape]
    screen = open_screen(shared_server.url, color_scheme=scheme, viewport={"width": width, "height": height})
    page = screen.page
    for name, path in PAGES.items():
        screen.go(path)
        screen.shoot(f"help-{name}-{shape}-{scheme}")
        screen.accessible(f"{name} {shape} {scheme}")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    screen.go("/")
    page.get_by_role("combobox").fill("refund")
    expect(page.get_by_role("option").first).to_be_visible()
    screen.shoot(f"help-suggestions-{shape}-{scheme}")
    screen.accessible(f"suggestions {shape} {scheme}")


def test_missing_page(open_screen: OpenScreen, shared_server: Server) -> None:
    """What is not there says so on a page like the others."""
    screen = open_screen(shared_server.url)
    screen.forgive("404")
    screen.go("/articles/nothing-here")
    screen.accessible("missing")


def test_the_chat_is_two_keys_away(open_screen: OpenScreen, shared_server: Server) -> None:
    """The first Tab leads past the navigation, the second to the chat; from there the focus comes back."""
    screen = open_screen(shared_server.url)
    screen.go("/")
    page, widget = screen.page, Widget(screen.page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    screen.accessible("skip links")
    page.keyboard.press("Tab")
    chat = page.get_by_role("button", name="Chat with us")
    expect(chat).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.composer).to_be_focused()
    page.keyboard.press("Escape")
    expect(chat).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_only_with_the_keyboard(open_screen: OpenScreen, shared_server: Server) -> None:
    """Topic, article, print, back by the crumbs, another language, another audience: each by Tab and Enter."""
    screen = open_screen(shared_server.url)
    page = screen.page
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    screen.go("/")

    tab_to(page, page.get_by_role("link", name="Orders", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("main .articles a").first)
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Print"))
    page.keyboard.press("Enter")
    assert page.evaluate("printed") == 1
    tab_to(page, page.locator(".crumbs a").last, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Orders")
    tab_to(page, page.get_by_role("link", name="Español"))
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    tab_to(page, page.get_by_role("link", name="Vendedores", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Vendedores", exact=True)).to_have_attribute("aria-current", "true")


def test_on_paper(open_screen: OpenScreen, shared_server: Server) -> None:
    """Only the article and where it comes from, black on white, in a dark browser too."""
    screen = open_screen(shared_server.url, color_scheme="dark")
    screen.go("/articles/refund-partial")
    page = screen.page
    page.emulate_media(media="print")
    for gone in (".top", ".foot", "aside", ".crumbs", "baton-widget .launcher", "[data-print]"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".print-only")).to_contain_text("/articles/refund-partial")
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
    screen.shoot("help-on-paper")


def test_quick(open_screen: OpenScreen, shared_server: Server) -> None:
    """Scripts and styles come compressed, and stay in the browser where their address says their content."""
    screen = open_screen(shared_server.url)
    heads: dict[str, dict[str, str]] = {}
    screen.page.on("response", lambda answer: heads.update({answer.url.rsplit("/", 1)[1]: answer.headers}))
    screen.go("/")
    Widget(screen.page).open()
    files = {name: head for name, head in heads.items() if ".js" in name or ".css" in name}
    assert len(files) >= 5
    for name, head in files.items():
        assert head["content-encoding"] == "gzip", name
        kept = "immutable" in head["cache-control"]
        assert kept is (name != "widget.js"), name
