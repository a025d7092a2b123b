"""Redaction: nobody's address, number or name stays; what articles are about does."""

import pytest

from app.editor.gaps.redact import redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("write to maria.lopez+x@shop.example.com please", "write to [e-mail] please"),
        ("my card 4111 1111 1111 1111 was charged", "my card [card] was charged"),
        ("card 5500-0000-0000-0004, twice", "card [card], twice"),
        ("call me at +1 (415) 555-0132", "call me at [phone]"),
        ("ligue para (11) 98765-4321", "ligue para [phone]"),
        ("where is order TM-48392017?", "where is order [number]?"),
        ("order 884422199102 is late", "order [number] is late"),
        ("order #4821 is late", "order [number] is late"),
        ("tracking 1Z999AA10123456784", "tracking [number]"),
        ("see https://pay.example/u/4?mail=me", "see [link]"),
        ("Hi Maria, your refund is on its way", "Hi [name], your refund is on its way"),
        ("my name is John Smith and I wait", "my name is [name] and I wait"),
        ("me llamo Lucía Pérez", "me llamo [name]"),
        ("Best regards, Anna Lee", "Best regards, [name]"),
        ("ask Mrs Dalloway", "ask Mrs [name]"),
        ("order 48213 is late", "order [number] is late"),
        ("mi pedido número 4821 no llega", "mi pedido número [number] no llega"),
        ("o pedido nº 48213, cadê", "o pedido nº [number], cadê"),
        ("hola, soy Marisol y no me llega", "hola, soy [name] y no me llega"),
        ("oi, aqui é o João", "oi, aqui é o [name]"),
        ("I'm John Smith, where is it", "I'm [name], where is it"),
        ("my name is john smith and i wait", "my name is [name] and i wait"),
        ("me llamo juan y no puedo entrar", "me llamo [name] y no puedo entrar"),
    ],
)
def test_taken_out(text: str, redacted: str) -> None:
    """Each kind of personal data has its placeholder."""
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "refunds of $3,200 take 5 to 10 days",
        "from 2026-06-11 the fee is 12.5%",
        "the 2025 holiday window ends 31/01/2026",
        "form 1099-K above 20,000 dollars",
        "Hello there, how do I return shoes?",
        "a 65 inch TV over 30 kg costs €1.299,00",
        "is code SAVE20 valid",
        "two-step verification by 6 digits",
        "an order of 1500 pesos",
        "can I order 1000 pieces",
        "pedido 2500 reais acima do limite",
        "my name is wrong on the label",
        "mi nombre es incorrecto en la etiqueta",
        "meu nome é de origem árabe",
        "somebody sells under my name is my worry",
        "sou MEI, preciso de nota?",
        "I'm Brazilian and pay by Pix",
    ],
)
def test_left_alone(text: str) -> None:
    """Amounts, periods, dates and plain words are what a gap is about."""
    assert redact(text) == text


def test_known_names() -> None:
    """The agent's and the visitor's own, however they are written, but no word that only looks like one."""
    assert (
        redact("Thanks Bruno! BRUNO costa will do it, bruno", ["Bruno Costa"])
        == "Thanks [name]! [name] will do it, bruno"
    )
    assert redact("Mark, please mark it as returned", ["Mark"]) == "[name], please mark it as returned"
