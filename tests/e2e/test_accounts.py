"""Whose chat it is: the page's word by a signed token, switched and logged out without a trace."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.host_page import HostPage
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.server import Server
from tests.support.site import ENV, site_token

pytestmark = pytest.mark.browser
SECRET = "My card ends in 4242"


@pytest.fixture(scope="module")
def site_server(knowledge_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that knows the site's secret."""
    data_dir = Path(shutil.copytree(knowledge_dir, tmp_path_factory.mktemp("accounts") / "data"))
    with Server(data_dir, {**ENV, "MESSAGES_PER_MINUTE": "100000"}) as running:
        yield running


@pytest.fixture
def host(site_server: Server) -> Iterator[HostPage]:
    """The site."""
    with HostPage(site_server.url) as page:
        yield page


def identify(page: Page, token: str) -> bool:
    """The page says who its visitor is."""
    return bool(page.evaluate("token => baton.identify(token)", token))


def stored(page: Page) -> str:
    """Everything that the browser keeps of us."""
    return str(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))


def open_site(open_screen: OpenScreen, host: HostPage, server: Server) -> tuple[Any, Page, Widget]:
    """A customer's browser at the site."""
    screen = open_screen(host.url, others=[server.url])
    screen.page.goto(f"{host.url}/")
    return screen, screen.page, Widget(screen.page)


def test_a_customer_finds_the_conversation_on_another_device(
    open_screen: OpenScreen, host: HostPage, site_server: Server
) -> None:
    """Two browsers, one account: the open conversation is there; a reload needs no second exchange."""
    _, page, widget = open_site(open_screen, host, site_server)
    assert identify(page, site_token("kim", audience="seller"))
    widget.open()
    widget.ask(questions.EMAIL)

    _, other, same = open_site(open_screen, host, site_server)
    assert identify(other, site_token("kim", audience="seller"))
    same.open()
    expect(same.mine).to_have_text([questions.EMAIL])

    page.reload()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert identify(page, site_token("kim"))
    assert [url for url in asked if "/v1/visitors" in url] == []
    expect(widget.mine).to_have_text([questions.EMAIL])


def test_another_account_leaves_nothing_of_the_first(
    open_screen: OpenScreen, host: HostPage, site_server: Server
) -> None:
    """Transcript, draft and unsent words go before the next visitor is asked for, in every tab, also when offline."""
    screen, page, widget = open_site(open_screen, host, site_server)
    assert identify(page, site_token("first"))
    widget.open()
    widget.ask(questions.EMAIL)
    widget.composer.fill(SECRET)
    tab = screen.new_tab()
    tab.goto(f"{host.url}/")
    second = Widget(tab)
    second.open()
    expect(second.mine).to_have_text([questions.EMAIL])

    assert identify(page, site_token("second"))
    for one in (widget, second):
        expect(one.panel.locator(".welcome")).to_be_visible()
        expect(one.mine).to_have_count(0)
        expect(one.composer).to_have_value("")
    assert SECRET not in stored(page)
    assert questions.EMAIL not in page.content()
    widget.panel.locator(".header .icon-button").first.click()
    expect(widget.panel).to_contain_text("No earlier conversations yet.")

    screen.forgive("Failed to load resource|net::ERR")
    widget.button("Back to the chat").click()
    widget.composer.fill(SECRET)
    screen.offline(True)
    assert not identify(page, site_token("third"))
    expect(widget.composer).to_have_value("")
    assert SECRET not in stored(page)
    screen.offline(False)


@pytest.mark.parametrize("what", ["expired", "foreign", "replayed", "none", "nonsense"])
def test_a_bad_token_identifies_nobody(open_screen: OpenScreen, host: HostPage, site_server: Server, what: str) -> None:
    """The page is told, the visitor stays anonymous, and the previous customer's chat is gone all the same."""
    screen, page, widget = open_site(open_screen, host, site_server)
    screen.forgive("401")
    used = site_token(f"old-{what}")
    assert identify(page, used)
    widget.open()
    widget.ask(questions.EMAIL)
    bad: dict[str, Callable[[], str]] = {
        "expired": lambda: site_token("new", exp=1),
        "foreign": lambda: site_token("new", aud="other"),
        "none": lambda: site_token("new", algorithm="none"),
        "nonsense": lambda: "x.e30.y",
    }
    page.evaluate("() => { window.told = []; baton.on('refused', (detail) => told.push(detail.detail)); }")
    if what == "replayed":
        # The same token again after a logout: it was used.
        page.evaluate("baton.logout()")
        assert not identify(page, used)
    else:
        assert not identify(page, bad[what]())
    assert "site token" in page.evaluate("told[0]")
    if what == "replayed":
        widget.open()
    expect(widget.panel.locator(".welcome")).to_be_visible()
    expect(widget.mine).to_have_count(0)
    assert "customer" not in stored(page)


def test_logging_out_wipes(open_screen: OpenScreen, host: HostPage, site_server: Server) -> None:
    """Closed, empty, also after a reload and in the other tab; whoever comes next begins at nought."""
    screen, page, widget = open_site(open_screen, host, site_server)
    assert identify(page, site_token("leaver"))
    widget.open()
    widget.ask(questions.EMAIL)
    widget.composer.fill(SECRET)
    tab = screen.new_tab()
    tab.goto(f"{host.url}/")
    second = Widget(tab)
    second.open()
    expect(second.mine).to_have_text([questions.EMAIL])
    page.evaluate("baton.logout()")
    expect(widget.panel).to_have_count(0)
    expect(second.mine).to_have_count(0)
    expect(second.panel.locator(".welcome")).to_be_visible()
    left = stored(page)
    assert "leaver" not in left
    assert SECRET not in left
    page.reload()
    expect(widget.launcher).to_be_visible()
    widget.open()
    expect(widget.panel.locator(".welcome")).to_be_visible()
    expect(widget.composer).to_have_value("")


def test_a_token_is_asked_for_only_when_it_is_needed(
    open_screen: OpenScreen, host: HostPage, site_server: Server
) -> None:
    """Given a function, the widget calls it when the visitor opens the chat."""
    _, page, widget = open_site(open_screen, host, site_server)
    page.expose_function("sign", lambda: site_token("lazy"))
    page.evaluate("window.calls = 0; baton.identify(() => { calls += 1; return sign(); })")
    page.wait_for_timeout(200)
    assert page.evaluate("calls") == 0
    widget.open()
    assert page.evaluate("calls") == 1
    assert '\\"customer\\":\\"lazy\\"' in stored(page)
