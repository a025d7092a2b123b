"""Small talk: courtesy alone, in three languages; courtesy before a question is a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.smalltalk import smalltalk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", "greeting"),
        ("HELLOOO there!!", "greeting"),
        ("hi, how are you today?", "greeting"),
        ("buen día a todos", "greeting"),
        ("oi td bem?", "greeting"),
        ("thanks a lot for your help", "thanks"),
        ("ok gracias por todo", "thanks"),
        ("valeu demais, resolveu", "thanks"),
        ("thank you, bye", "farewell"),
        ("great, have a nice weekend", "farewell"),
        ("tchau, até mais", "farewell"),
        ("lol ok", "chat"),
        ("are you a real person?", "chat"),
        ("you're really helpful", "chat"),
        ("kkkk", "chat"),
        ("👋 hi", "greeting"),
        ("", ""),
        ("👍👍👍", ""),
        ("hi where is my parcel", ""),
        ("thanks, and how much does it cost?", ""),
        ("ok what now", ""),
        ("hola, dónde está mi pedido", ""),
        ("good day to return shoes", ""),
        ("can you help me with my refund", ""),
        ("perfect condition?", ""),
        ("is it you who pays", ""),
        ("no", "chat"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    """What is left beside phrases of courtesy must be words that ask nothing."""
    assert smalltalk(text) == kind


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """No message is too odd."""
    assert smalltalk(text) in ("", "greeting", "thanks", "farewell", "chat")
