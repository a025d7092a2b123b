"""A visitor asks, reads where the answer comes from, and finds everything again after a reload."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.widget import Widget
from tests.support import questions
from tests.support.provider import Provider
from tests.support.server import Server

pytestmark = pytest.mark.browser
RAW_MARKDOWN = re.compile(r"\*\*|\|\s*-{3}|^\s*#|^\s*(\d+\.|[-*]) ", re.MULTILINE)


def test_an_answer_streams_in_and_is_still_there_after_a_reload(
    open_screen: OpenScreen, data_dir: Path, provider: Provider
) -> None:
    """Sentences come as they are written; source, verdict, transcript and an unsent draft survive."""
    provider.behaviour, provider.pause = "slow", 0.6
    with Server(data_dir, provider.env) as server:
        screen = open_screen(server.url)
        screen.go("/")
        widget = Widget(screen.page)
        widget.open()

        widget.say(questions.TWICE)
        expect(widget.writing).not_to_be_empty()
        expect(widget.answers).to_have_count(1)
        expect(widget.writing).to_have_count(0)
        expect(widget.answers.locator("button.cite").first).to_be_visible()

        widget.sources().first.click()
        quote = widget.panel.locator("article mark").first
        expect(quote).to_be_in_viewport()
        expect(widget.panel.locator("article h1")).to_be_visible()
        widget.button("Back to the chat").click()
        expect(widget.sources().first).to_be_focused()

        widget.button("No").click()
        widget.panel.get_by_label("What was missing? (optional)").fill("the fee")
        widget.button("Send comment").click()
        expect(widget.answers.get_by_text("Thank you.")).to_be_focused()
        widget.ask(questions.EMAIL)
        widget.answers.last.get_by_role("button", name="Yes").click()
        expect(widget.answers.get_by_text("Thank you.")).to_have_count(2)

        widget.composer.fill("And one more")
        screen.page.reload()
        expect(widget.panel).to_be_visible()
        expect(widget.mine).to_have_text([questions.TWICE, questions.EMAIL])
        expect(widget.answers).to_have_count(2)
        expect(widget.answers.get_by_text("Thank you.")).to_have_count(2)
        expect(widget.composer).to_have_value("And one more")
        screen.close()


def test_articles_words_look_like_the_article(open_screen: OpenScreen, shared_server: Server) -> None:
    """Without a model answers are quoted Markdown: lists, tables and bold are shown, never their marks."""
    screen = open_screen(shared_server.url)
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    for question in questions.ANSWERED[:4]:
        answer = widget.ask(question)
        assert not RAW_MARKDOWN.search(answer.inner_text()), answer.inner_text()
        widget.sources().first.click()
        expect(widget.panel.locator("article mark").first).to_be_in_viewport()
        screen.page.keyboard.press("Escape")


def test_who_leaves_an_article_can_type_at_once(open_screen: OpenScreen, shared_server: Server) -> None:
    """The focus goes back with the page: on a machine that draws late, it is not taken from who types already."""
    screen = open_screen(shared_server.url)
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.ask(questions.TWICE)
    widget.sources().first.click()
    expect(widget.panel.locator("article mark").first).to_be_in_viewport()
    screen.page.evaluate("() => { window.requestAnimationFrame = (draw) => setTimeout(draw, 400); }")
    screen.page.keyboard.press("Escape")
    widget.composer.press_sequentially(questions.EMAIL, delay=30)
    expect(widget.composer).to_be_focused()
    widget.composer.press("Enter")
    expect(widget.answers).to_have_count(2)


def test_an_unclear_question_offers_topics_to_choose(open_screen: OpenScreen, shared_server: Server) -> None:
    """One word is answered with buttons; pressing one asks it, and the buttons are spent."""
    screen = open_screen(shared_server.url)
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    choices = widget.ask("refund").get_by_role("button")
    expect(choices.first).to_be_enabled()
    title = choices.first.inner_text()
    choices.first.click()
    expect(widget.answers).to_have_count(2)
    expect(widget.mine.last).to_have_text(title)
    expect(choices.first).to_be_disabled()
    expect(widget.sources().first).to_contain_text(title)


def test_a_source_that_cannot_be_fetched_is_not_called_gone(open_screen: OpenScreen, shared_server: Server) -> None:
    """Without a network the chat says that it did not work; only a page that is not there is called gone."""
    screen = open_screen(shared_server.url)
    screen.forgive("ERR_INTERNET_DISCONNECTED|ERR_FAILED|404")
    screen.go("/")
    widget = Widget(screen.page)
    widget.open()
    widget.ask(questions.TWICE)
    place = widget.panel.locator(".page-scroll")
    screen.offline(True)
    widget.sources().first.click()
    expect(place).to_have_text("That did not work. Please try again.")
    widget.button("Back to the chat").click()
    screen.offline(False)
    screen.page.route("**/v1/articles/**", lambda route: route.fulfill(status=404, json={"title": "Not found"}))
    widget.sources().first.click()
    expect(place).to_have_text("This page is no longer there.")
    widget.button("Back to the chat").click()
    screen.page.unroute("**/v1/articles/**")
    widget.sources().first.click()
    expect(widget.panel.locator("article mark").first).to_be_in_viewport()
