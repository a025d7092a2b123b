"""The language of short messages."""

import pytest

from app.answer.language import detect


@pytest.mark.parametrize(
    ("text", "otherwise", "locale"),
    [
        ("where is my order", "es", "en"),
        ("I want to return my order", "es-MX", "en"),
        ("¿dónde está mi pedido?", "en", "es"),
        ("mi pedido no ha llegado", "pt-BR", "es"),
        ("quiero devolver el paquete", "en", "es"),
        ("cadê meu pedido", "en", "pt-BR"),
        ("quero devolver o pacote", "es", "pt-BR"),
        ("não chegou", "en", "pt-BR"),
        ("no llega mi paquete", "es-MX", "es-MX"),
        ("how do i cancel", "en", "en"),
        ("ok", "es", "es"),
        ("refund", "pt-BR", "pt-BR"),
        ("paypal", "es", "es"),
        ("12345678", "es", "es"),
        ("", "pt-BR", "pt-BR"),
    ],
)
def test_detect(text: str, otherwise: str, locale: str) -> None:
    """Clear words decide; a word or two that every language uses leave the visitor's own setting."""
    assert detect(text, otherwise) == locale
