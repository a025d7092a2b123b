"""What the widget says first, in every language, keeps its word."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.widget import Widget
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("audience", ["buyer", "seller"])
@pytest.mark.parametrize("lang", ["en", "es", "pt-BR"])
def test_questions_on_offer_are_answered(
    open_screen: OpenScreen, shared_server: Server, lang: str, audience: str
) -> None:
    """The questions that the widget offers to ask get an answer in that language, not a hand-off."""
    screen = open_screen(shared_server.url)
    screen.go(f"/?lang={lang}&audience={audience}")
    widget = Widget(screen.page)
    widget.open()
    offers = widget.panel.locator(".welcome .choice")
    expect(offers).to_have_count(3)
    with Visitor(shared_server.url, audience, lang) as visitor:
        for offer in offers.all_inner_texts():
            event = visitor.begin(locale=lang, audience=audience).outcome(offer)
            assert event.data.get("outcome") == "answer", (offer, event)
            assert event.data["locale"] == lang, (offer, event)
    offers.first.click()
    expect(widget.sources()).not_to_have_count(0)
