"""The server dies in the middle of a conversation and comes back; so does the network."""

import socket
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.provider import Provider
from tests.support.server import Server

pytestmark = pytest.mark.browser


def free_port() -> int:
    """A port that nobody listens on; the widget must find the server again where it was."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_killed_server_loses_nothing_and_says_nothing_twice(
    open_screen: OpenScreen, data_dir: Path, provider: Provider
) -> None:
    """Killed while an answer streams, and written to while it is down: each message is there once, answered once."""
    provider.behaviour, provider.pause = "slow", 5.0
    port = str(free_port())
    with Server(data_dir, {**provider.env, "PORT": port}) as server:
        screen = open_screen(server.url)
        screen.forgive("Failed to load resource: net::|ERR_INCOMPLETE_CHUNKED_ENCODING")
        screen.go("/")
        widget = Widget(screen.page)
        widget.open()
        widget.say(questions.TWICE)
        expect(widget.writing).not_to_be_empty()

        server.kill()
        provider.behaviour = "good"
        widget.say(questions.EMAIL)
        expect(widget.strip).to_be_visible()
        server.start()

        expect(widget.answers).to_have_count(2, timeout=40_000)
        expect(widget.strip).to_have_count(0)
        expect(widget.writing).to_have_count(0)
        expect(widget.mine).to_have_text([questions.TWICE, questions.EMAIL])
        screen.page.reload()
        expect(widget.answers).to_have_count(2)
        expect(widget.mine).to_have_text([questions.TWICE, questions.EMAIL])
        screen.close()


def test_a_message_written_offline_goes_out_later(open_screen: OpenScreen, shared_server: Server) -> None:
    """Without a network the widget says so and keeps the message, also over a closed panel."""
    screen = open_screen(shared_server.url)
    screen.forgive("net::ERR_INTERNET_DISCONNECTED")
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.ask("hello")
    screen.offline(True)
    widget.say(questions.EMAIL)
    expect(widget.strip).to_have_text("You are offline. Your message is kept and goes out when you are back.")
    widget.button("Close").click()
    screen.offline(False)
    widget.open()
    expect(widget.answers).to_have_count(2)
    expect(widget.strip).to_have_count(0)
    expect(widget.mine).to_have_text(["hello", questions.EMAIL])
