"""Sentences in three languages: cut where one ends, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Wait 3-5 days, e.g. Monday. Then ask.", ["Wait 3-5 days, e.g. Monday.", "Then ask."]),
        ("Ask Dr. Who or Mr. Bean.", ["Ask Dr. Who or Mr. Bean."]),
        ("It is sent approx. 2 days later. Good.", ["It is sent approx. 2 days later.", "Good."]),
        ("Order no. 12 is here. Look.", ["Order no. 12 is here.", "Look."]),
        ("J. Smith signed. He left.", ["J. Smith signed.", "He left."]),
        ("It costs $9.99 today. Buy it.", ["It costs $9.99 today.", "Buy it."]),
        ("Open tamarind.example now. Log in.", ["Open tamarind.example now.", "Log in."]),
        ("It stays open. 30 days is the limit.", ["It stays open.", "30 days is the limit."]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("(Not on Sundays.) Otherwise yes.", ["(Not on Sundays.)", "Otherwise yes."]),
        ("Well… Perhaps.", ["Well…", "Perhaps."]),
        ("no capital. none here", ["no capital. none here"]),
        ("A line\nanother line\n\nlast", ["A line", "another line", "last"]),
        ("¿Cuándo llega? Llega hoy. ¡Qué bien!", ["¿Cuándo llega?", "Llega hoy.", "¡Qué bien!"]),
        ("Escribe a la Sra. Pérez. Ella ayuda.", ["Escribe a la Sra. Pérez.", "Ella ayuda."]),
        ("Pague hoje. Às vezes demora. É rápido.", ["Pague hoje.", "Às vezes demora.", "É rápido."]),
        ("Pedido núm. 7 enviado. Él llega mañana.", ["Pedido núm. 7 enviado.", "Él llega mañana."]),
        ("1. Open the app. 2. Tap Returns.", ["1. Open the app.", "2. Tap Returns."]),
        ("", []),
        (" \n ", []),
        (". Where is my order", [".", "Where is my order"]),
        ("Hi.\n. Where", ["Hi.", ".", "Where"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    """A full stop ends a sentence before a capital or a digit, but not after an abbreviation or an initial."""
    assert split_sentences(text) == sentences


PIECES = st.sampled_from(
    [". ", "! ", "? ", "… ", "e.g. ", "No. ", "A", "b", "Ñ", "1. ", "\n", " ", '" ', ") ", "¿", ".", "a. "]
)


@given(st.text() | st.lists(PIECES).map("".join))
def test_nothing_is_lost(text: str) -> None:
    """Whatever the text, its characters come back in order, white space aside, and no sentence is empty."""
    sentences = split_sentences(text)
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence.strip() == sentence != "" for sentence in sentences)
