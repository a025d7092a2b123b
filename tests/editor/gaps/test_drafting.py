"""Drafting: what of agents' words becomes an article, and which wordings it notes."""

import pytest

from app.editor.gaps.drafting import Wording, draft_of, extended, said
from ingest.article import parse
from ingest.embed import minilm
from tests.ingest.article_factory import faq


def body(answer: str, locale: str = "en") -> list[str]:
    """What is kept of one reply, in its own language."""
    kept, others = said([Wording("a question", locale, "buyer", (answer,))], locale, minilm().matrix)
    assert others == []
    return kept


@pytest.mark.parametrize(
    ("locale", "answer", "kept"),
    [
        ("en", "Hi [name], turn on vacation mode in Seller Hub.", ["Turn on vacation mode in Seller Hub."]),
        ("en", "Hello there! Vacation mode pauses your shop.", ["Vacation mode pauses your shop."]),
        ("es", "Hola [name], activa el modo vacaciones en tu panel.", ["Activa el modo vacaciones en tu panel."]),
        ("pt-BR", "Oi, ative o modo férias no painel da loja.", ["Ative o modo férias no painel da loja."]),
        ("en", "I have issued the money back to you.", []),
        ("en", "You can read the steps under [link] today.", []),
        ("es", "Ya revisé tu caso y está todo bien.", []),
        ("es", "He reembolsado el pago a tu tarjeta.", []),
        ("es", "Buenas tardes, quedo atenta a tu respuesta.", []),
        ("pt-BR", "Verifiquei aqui e o seu pagamento caiu.", []),
        ("pt-BR", "Acabei de cancelar o pedido para você.", []),
        ("pt-BR", "Bom dia, tudo bem com você hoje?", []),
    ],
)
def test_only_what_holds_for_everybody(locale: str, answer: str, kept: list[str]) -> None:
    """Greetings go, what was done for one visitor goes, and no gap of the redaction stands in an article."""
    assert body(answer, locale) == kept


def test_an_id_that_yaml_reads_as_something_else() -> None:
    """The draft has the id that it was given, whatever that looks like."""
    wording = Wording("is 2024 over?", "en", "buyer", ("Yes, that year is over and done.",))
    _, text = draft_of("2024", "2024", "general", [wording], minilm().matrix)
    assert parse(text, "draft.md").id == "2024"


def test_extended() -> None:
    """A live article gets the wordings that it lacks, each once and redacted ones never; its text stays."""
    live = faq("holiday", "The editor's own text.", title="Can I pause my shop?", questions=("vacation mode",))
    texts = ("can i pause my shop", "Vacation mode?", "shop closed in august", "close order [number] in august")
    wordings = [Wording(text, "en", "seller", ("Agents say something else here.",)) for text in texts]
    wordings.append(Wording("pausar mi tienda", "es", "seller", ()))
    article = parse(extended(live, wordings), "draft.md")
    assert article.body == "The editor's own text."
    assert article.questions[:2] == ("vacation mode", "shop closed in august")
    assert len(article.questions) == 3


def test_what_only_others_said() -> None:
    """A fact that agents gave in another language alone is not lost, and one that they gave in both is there once."""
    wordings = [
        Wording("is this mail real", "en", "buyer", ("Do not use the link in the message.",)),
        Wording(
            "¿es de ustedes este correo?",
            "es",
            "buyer",
            ("No uses el enlace del mensaje. La dirección del remitente tiene letras de más.",),
        ),
        Wording("esse e-mail é de vocês?", "pt-BR", "buyer", ("O endereço do remetente tem letras a mais.",)),
    ]
    ours, others = said(wordings, "en", minilm().matrix)
    assert ours == ["Do not use the link in the message."]
    assert others == ["O endereço do remetente tem letras a mais."]
    _, text = draft_of("fake-mail", "Is this mail real?", "general", wordings, minilm().matrix)
    assert parse(text, "draft.md").body.split("\n\n") == [*ours, "## To be translated", *others]
    _, only = draft_of("fake-mail", "Is this mail real?", "general", [*wordings[1:]], minilm().matrix)
    assert "To be translated" not in only
