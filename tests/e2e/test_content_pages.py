"""The editors' room in a browser: each page without a violation, and a text saved by the keyboard that survives a reload."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.accessibility import violations
from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import PASSWORD, give_password
from tests.e2e.screen import Screen
from tests.support.server import Server

pytestmark = pytest.mark.browser
PAGES = {
    "articles": "Articles",
    "findings": "Checks of all live articles",
    "gaps": "Gaps",
    "import": "Import",
    "publications": "Publications",
}


def _enter(screen: Screen, tokens: dict[str, str]) -> None:
    email = give_password(screen.url, tokens, "edith")
    screen.go("/desk")
    screen.page.get_by_label("E-mail").fill(email)
    screen.page.get_by_label("Password", exact=True).fill(PASSWORD)
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_role("heading", level=2, name="Articles")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages(open_screen: OpenScreen, server: Server, tokens: dict[str, str], scheme: str, width: int) -> None:
    """Every page and the editor have no violation."""
    screen = open_screen(server.url, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = screen.page
    _enter(screen, tokens)
    found: dict[str, list[str]] = {}
    for name, title in PAGES.items():
        screen.go(f"/desk/content/{name}")
        expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
        page.wait_for_timeout(1_000)
        screen.shoot(f"content-{name}-{scheme}-{width}")
        found[name] = violations(page)
    screen.go("/desk/content/articles/charged-twice/en")
    expect(page.get_by_role("textbox", name="Text (Markdown)")).to_be_visible()
    page.wait_for_timeout(1_500)
    screen.shoot(f"content-editor-{scheme}-{width}")
    found["editor"] = violations(page)
    these = {name: one for name, one in found.items() if one}
    assert not these, json.dumps(these, indent=2)
    assert len(found) == len(PAGES) + 1


def test_typed_text_stays(open_screen: OpenScreen, server: Server, tokens: dict[str, str]) -> None:
    """What is typed is saved by itself, and is there after a reload."""
    screen = open_screen(server.url)
    page = screen.page
    _enter(screen, tokens)
    screen.go("/desk/content/articles/charged-twice/en")
    box = page.get_by_role("textbox", name="Text (Markdown)")
    box.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("A sentence from the keyboard.")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    page.reload()
    expect(box).to_contain_text("A sentence from the keyboard.")
