"""Too much, too little, too fast: clear words, and nothing lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.screen import Screen
from tests.e2e.widget import Widget
from tests.support.server import Server

pytestmark = pytest.mark.browser
PASTE = """html => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', 'plain words');
    const box = document.querySelector('baton-widget').shadowRoot.querySelector('.composer textarea');
    box.focus();
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    if (box.dispatchEvent(event)) document.execCommand('insertText', false, data.getData('text/plain'));
}"""


@pytest.fixture
def chat(open_screen: OpenScreen, shared_server: Server) -> tuple[Screen, Widget]:
    """A visitor with the chat open."""
    screen = open_screen(shared_server.url)
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    return screen, widget


def test_nothing_to_say(chat: tuple[Screen, Widget]) -> None:
    """Blank messages are not sent; the button says so to everybody."""
    screen, widget = chat
    for blank in ("", "   ", "\n\n\t "):
        widget.composer.fill(blank)
        widget.composer.press("Enter")
        widget.button("Send").click(force=True)
    expect(widget.button("Send")).to_have_attribute("aria-disabled", "true")
    expect(widget.mine).to_have_count(0)
    screen.accessible("blank")


def test_a_hundred_kilobytes(chat: tuple[Screen, Widget]) -> None:
    """Too long: said at once with by how much, kept over a reload, and sent when it was shortened."""
    screen, widget = chat
    widget.composer.fill("x" * 100_000)
    error = widget.panel.get_by_role("alert")
    expect(error).to_have_text("Too long by 96000 characters.")
    screen.accessible("too long")
    widget.composer.press("Enter")
    expect(widget.mine).to_have_count(0)
    screen.page.reload()
    expect(widget.composer).to_have_value("x" * 100_000)
    widget.say("y" * 4_000)
    expect(widget.answers).to_have_count(1)
    expect(widget.mine).to_have_text(["y" * 4_000])


def test_five_thousand_emoji(chat: tuple[Screen, Widget]) -> None:
    """Counted as people count them: a thousand too many, and four thousand are taken."""
    _, widget = chat
    widget.composer.fill("💥" * 5_000)
    expect(widget.panel.get_by_role("alert")).to_have_text("Too long by 1000 characters.")
    widget.say("💥" * 4_000)
    expect(widget.answers).to_have_count(1)
    expect(widget.mine).to_have_text(["💥" * 4_000])
    assert widget.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")


def test_pasted_html(chat: tuple[Screen, Widget]) -> None:
    """Only its words arrive."""
    screen, widget = chat
    screen.page.evaluate(PASTE, "<b onclick='x'>plain words</b><img src=x onerror=alert(1)>")
    expect(widget.composer).to_have_value("plain words")


@pytest.fixture
def strict_server(knowledge_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that takes twenty messages a minute."""
    data_dir = Path(shutil.copytree(knowledge_dir, tmp_path / "data"))
    with Server(data_dir, {"MESSAGES_PER_MINUTE": "20"}) as running:
        yield running


def test_thirty_messages_in_a_second(strict_server: Server, open_screen: OpenScreen) -> None:
    """The visitor reads that it was too fast; every message goes out once, in order, when the server takes it again."""
    screen = open_screen(strict_server.url)
    screen.forgive("429")
    # A minute of waiting, shortened: the server's own Retry-After is up to sixty seconds.
    screen.page.clock.install()
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    sent = [f"message {number}" for number in range(30)]
    for text in sent:
        widget.composer.fill(text)
        widget.composer.press("Enter")
    expect(widget.mine).to_have_text(sent)
    expect(widget.strip).to_have_text("That was a little fast. Your message goes out in a moment.", timeout=30_000)
    screen.accessible("too fast")

    def logged() -> list[str]:
        events = screen.page.evaluate(
            """async () => {
                const { token } = JSON.parse(localStorage.getItem('baton.buyer.visitor'));
                const id = localStorage.getItem('baton.buyer.conversation');
                const answer = await fetch(`/v1/conversations/${id}/events`, { headers: { authorization: `Bearer ${token}` } });
                return (await answer.json()).events;
            }"""
        )
        return [event["data"]["text"] for event in events if event["type"] == "message.visitor"]

    for _ in range(180):
        if len(logged()) == len(sent):
            break
        screen.page.clock.run_for(2_000)
        screen.page.wait_for_timeout(500)
    assert logged() == sent
    expect(widget.strip).to_have_count(0)
    expect(widget.mine).to_have_text(sent)
