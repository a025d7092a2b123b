"""The whole story on two screens, in each language, narrow and wide, light and dark."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.screen import Screen
from tests.e2e.transcripts import same_everywhere
from tests.e2e.widget import Widget
from tests.support.desk import Agent
from tests.support.server import Server

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Language:
    """What is asked, and the widget's words for what is pressed and seen."""

    first: str
    second: str
    third: str
    no: str
    yes: str
    why: str
    comment: str
    person: str
    talking: str
    types: str
    closed: str
    stars: str
    send_rating: str
    thanks: str


LANGUAGES = {
    "en": Language(
        "Why do I see two charges for one order?",
        "What does Buyer Protection cover?",
        "How do I change my email address?",
        "No",
        "Yes",
        "What was missing? (optional)",
        "Send comment",
        "Talk to a person",
        "You are talking with {}",
        "{} is writing",
        "This conversation is closed.",
        "4 stars",
        "Send rating",
        "Thank you for your rating.",
    ),
    "es": Language(
        "¿Cómo cancelo mi pedido?",
        "¿Cuándo llega mi reembolso?",
        "¿Cómo devuelvo un artículo?",
        "No",
        "Sí",
        "¿Qué faltó? (opcional)",
        "Enviar comentario",
        "Hablar con una persona",
        "Estás hablando con {}",
        "{} está escribiendo",
        "Esta conversación está cerrada.",
        "4 estrellas",
        "Enviar valoración",
        "Gracias por tu valoración.",
    ),
    "pt-BR": Language(
        "Como cancelo meu pedido?",
        "Quando chega o meu reembolso?",
        "Como devolvo um item?",
        "Não",
        "Sim",
        "O que faltou? (opcional)",
        "Enviar comentário",
        "Falar com uma pessoa",
        "Você está falando com {}",
        "{} está escrevendo",
        "Esta conversa foi encerrada.",
        "4 estrelas",
        "Enviar avaliação",
        "Obrigado pela avaliação.",
    ),
}
WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
NARROW: dict[str, Any] = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
SHAPES = {"wide": WIDE, "narrow": NARROW}
# Language, and the shape and scheme of the widget; the desk has the other ones. Every language in both shapes and
# both schemes, every shape in every scheme, on both sides.
RUNS = [
    ("en", "wide", "light"),
    ("en", "narrow", "dark"),
    ("es", "wide", "dark"),
    ("es", "narrow", "light"),
    ("pt-BR", "wide", "light"),
    ("pt-BR", "narrow", "dark"),
]
OTHER = {"wide": "narrow", "narrow": "wide", "light": "dark", "dark": "light"}


@pytest.mark.parametrize(("locale", "shape", "scheme"), RUNS, ids=["-".join(run) for run in RUNS])
def test_the_whole_story(
    open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str], locale: str, shape: str, scheme: str
) -> None:
    """Cited answer, not helpful, asked again, a person, both typing, replies, resolved, rated, a new question."""
    words = LANGUAGES[locale]
    theirs = open_screen(shared_server.url, color_scheme=scheme, locale=locale, **SHAPES[shape])
    ours = open_screen(shared_server.url, color_scheme=OTHER[scheme], **SHAPES[OTHER[shape]])

    def shoot(step: str) -> None:
        for side, screen in (("widget", theirs), ("desk", ours)):
            screen.shoot(f"story-{locale}-{shape}-{scheme}-{step}-{side}")

    desk = DeskPage(ours)
    desk.sign_in(tokens, "dee")
    theirs.go(f"/?lang={locale}")
    widget = Widget(theirs.page)
    widget.open()

    _ask(widget, words.first)
    widget.sources().first.click()
    expect(widget.panel.locator("article mark").first).to_be_in_viewport()
    theirs.page.keyboard.press("Escape")
    widget.button(words.no).click()
    widget.panel.get_by_label(words.why).fill("12345")
    widget.button(words.comment).click()
    _ask(widget, words.second)
    widget.button(words.person).click()
    expect(widget.card).to_be_visible()
    shoot("1-waiting")

    with Agent(shared_server.url, tokens["dee"]) as dee:
        talk = widget.conversation()
        ours.go(f"/desk/inbox/all/{talk}")
        expect(desk.said("bot").first).to_contain_text("% sure")
        expect(desk.transcript).to_contain_text("12345")
        desk.claim()
        expect(widget.panel.get_by_text(words.talking.format("dee"))).to_be_visible()
        _both_type(widget, desk, words)
        shoot("2-typing")

        desk.send("**17** / 42")
        expect(widget.people.last).to_have_text("17 / 42")
        widget.say("42 / 17")
        expect(desk.said("visitor").last).to_contain_text("42 / 17")
        desk.send("99")
        expect(widget.people.last).to_have_text("99")
        shoot("3-replies")
        desk.resolve("No", "Yes")
        assert _labels(shared_server, tokens, talk) == {"bot_right": "no", "needed_person": "yes"}

        expect(widget.log).to_contain_text(words.closed)
        widget.panel.get_by_label(words.stars).check(force=True)
        widget.panel.locator(".solved").get_by_label(words.yes).check(force=True)
        widget.button(words.send_rating).click()
        expect(widget.panel.get_by_text(words.thanks)).to_be_visible()
        expect(desk.transcript).to_contain_text("The visitor gave 4 of 5, solved")
        shoot("4-rated")

        _ask(widget, words.third)
        expect(widget.button(words.person)).to_be_visible()
        expect(desk.transcript).to_contain_text("Opened again")
        assert dee.http.get(f"/v1/conversations/{talk}").json()["episode"] == 2
        said = same_everywhere(dee, talk, [widget], [desk])
        assert "".join(by[0] for by, _ in said) == "vbvbpvpvb"
        theirs.page.reload()
        ours.page.reload()
        if shape == "narrow":
            widget.open()  # the chat would cover the page, so that it waits to be opened again
        assert same_everywhere(dee, talk, [widget], [desk]) == said
        shoot("5-new-question")
        # The assistant has it again: nobody is told to claim what cannot be claimed.
        expect(desk.reply).to_have_attribute("placeholder", re.compile("assistant answers here"))
        assert desk.transcript.evaluate("log => log.scrollWidth <= log.clientWidth"), "something sticks out"
    _fits(theirs)
    _fits(ours)


def _ask(widget: Widget, question: str) -> None:
    widget.ask(question)
    expect(widget.sources()).not_to_have_count(0)


def _both_type(widget: Widget, desk: DeskPage, words: Language) -> None:
    """Each sees that the other writes, at once, and before anything is sent."""
    widget.composer.press_sequentially("abc")
    expect(desk.transcript.get_by_text("The visitor is writing")).to_be_visible()
    desk.reply.press_sequentially("abc")
    expect(widget.panel.get_by_role("status").filter(has_text=words.types.format("dee"))).to_have_count(1)
    widget.composer.fill("")
    desk.reply.fill("")


def _labels(server: Server, tokens: dict[str, str], conversation_id: str) -> dict[str, Any]:
    with Agent(server.url, tokens["root"]) as root:
        entries = root.http.get("/v1/audit", params={"conversation_id": conversation_id}).json()["entries"]
    found = next(entry for entry in entries if entry["action"] == "conversation.resolved")
    return {name: found["detail"][name] for name in ("bot_right", "needed_person")}


def _fits(screen: Screen) -> None:
    """Nothing sticks out to the side."""
    assert screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not re.search(r"\bundefined\b|\[object", screen.page.inner_text("body"))
