"""The help centre is pages and forms: it works without any script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.support.server import Server

pytestmark = pytest.mark.browser


def test_search_topic_and_article(open_screen: OpenScreen, shared_server: Server) -> None:
    """Search by the form, read an article, go on by its topic; nothing that needs a script is offered."""
    screen = open_screen(shared_server.url, java_script_enabled=False)
    page = screen.page
    screen.go("/")
    expect(page.get_by_role("button", name="Ask us")).to_be_hidden()
    page.get_by_role("searchbox").fill("change e-mail")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("change e-mail")
    results = page.locator("ul.results a")
    title = results.first.inner_text()
    results.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("navigation", name="Topics").get_by_role("link").last.click()
    expect(page.get_by_role("link", name=title)).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "button", "gone"),
    [
        ("en", "Search", "This page is not here"),
        ("es", "Buscar", "Esta página no está aquí"),
        ("pt-BR", "Buscar", "Esta página não está aqui"),
    ],
)
def test_each_language_and_audience_stays(
    open_screen: OpenScreen, shared_server: Server, lang: str, button: str, gone: str
) -> None:
    """Links and forms keep the reader's language and audience; a page that is not there says so in that language."""
    screen = open_screen(shared_server.url, java_script_enabled=False)
    page = screen.page
    screen.go(f"/?lang={lang}&audience=seller")
    page.locator("h3 a").last.click()
    page.locator("ul.articles a").first.click()
    page.get_by_role("searchbox").fill("refund")
    page.get_by_role("button", name=button).click()
    expect(page).to_have_url(re.compile(f"audience=seller.*lang={lang}|lang={lang}.*audience=seller"))
    expect(page.locator("html")).to_have_attribute("lang", lang)
    screen.forgive("404")
    screen.go(f"/articles/nothing-here?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_have_text(gone)
