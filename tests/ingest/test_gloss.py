"""Glosses: Spanish and Portuguese as English words to search with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.gloss import FOLDER, LONGEST, glossary


def gloss(language: str, text: str) -> str:
    """By the glossary that must be there."""
    found = glossary(language)
    assert found is not None
    return found(text)


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("es", "cancelar", "cancel"),
        ("es", "CANCELAR", "cancel"),
        ("es", "devolver, cambiar", "return, change"),
        ("pt", "plástico bolha", "bubble wrap"),
        ("pt", "plastico bolha", "bubble wrap"),
    ],
)
def test_words_and_phrases(language: str, text: str, english: str) -> None:
    """Case and accents do not matter, phrases come before words, and marks stay where they were."""
    assert gloss(language, text) == english


@pytest.mark.parametrize(
    ("language", "one", "other"), [("es", "cancelamos", "cancelar"), ("pt", "cancelamos", "cancelar")]
)
def test_other_forms_of_a_word(language: str, one: str, other: str) -> None:
    """A form that is not listed is known by its stem."""
    assert gloss(language, one) == gloss(language, other)


def test_what_is_not_known_stays_and_what_english_does_not_say_goes() -> None:
    """Names and numbers are searched as they are; a swear word is not searched for."""
    assert gloss("es", "Xoloitzcuintle 4711") == "Xoloitzcuintle 4711"
    assert gloss("es", "cancelar maldito") == "cancel"
    found = glossary("es")
    assert found is not None
    assert found.knows("cancelar")
    assert not found.knows("xoloitzcuintle")


def test_other_languages_have_none() -> None:
    """Nobody wrote one for French."""
    assert glossary("fr") is None


@pytest.mark.parametrize("language", sorted(file.stem for file in FOLDER.glob("*.tsv")))
def test_every_line_can_be_used(language: str) -> None:
    """Two fields, English without accents, and no phrase longer than is looked for."""
    for number, line in enumerate((FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines(), 1):
        words, mark, english = line.partition("\t")
        assert mark, number
        assert words.strip(), number
        assert english.strip(), number
        assert len(words.replace("-", " ").split()) <= LONGEST, (number, words)
        assert english.isascii(), (number, english)


@given(st.text(max_size=300), st.sampled_from(["es", "pt"]))
def test_any_text(text: str, language: str) -> None:
    """Whatever is typed has a gloss."""
    assert isinstance(gloss(language, text), str)
