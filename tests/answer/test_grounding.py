"""Grounding: paraphrases pass, invented numbers, links and turned statements do not."""

import pytest

from app.answer.grounding import is_grounded
from tests.answer.work_factory import passage

SOURCE = passage(
    "You can return electronics within 14 days of delivery. The return label costs $4.99 and is free above $1,000.00. "
    "You cannot return opened headphones. Write to help@tamarind.example or open www.tamarind.example/returns. "
    "Refunds take 3-5 business days. Refunds never take more than ten days."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "You can return electronics within 14 days of delivery.",
        "Electronics can be returned up to 14 days after delivery.",
        "The label for a return costs $4.99.",
        "The return label is free above $1000.",
        "Refunds take 3 to 5 business days.",
        "Refunds never take more than 10 days.",
        "You can't return headphones that were opened.",
        "Opened headphones can not be returned.",
        "Write to help@tamarind.example.",
    ],
)
def test_what_the_passage_says(sentence: str) -> None:
    """The passage's words, in another order or form, are grounded."""
    assert is_grounded(sentence, [SOURCE])


@pytest.mark.parametrize(
    "sentence",
    [
        "You can return electronics within 30 days of delivery.",
        "You can return electronics within thirty days of delivery.",
        "The return label costs $5.99.",
        "The return label costs $4.",
        "The return label is free above $100.",
        "Refunds take 35 business days.",
        "You can return opened headphones.",
        "You cannot return electronics within 14 days of delivery.",
        "Write to refunds@tamarind.example about electronics.",
        "Open www.tamarind-returns.example for returns of electronics.",
        "Return electronics at https://evil.example/returns within 14 days.",
        "Your account was closed because of unusual activity.",
        "",
        "!!!",
    ],
)
def test_what_the_passage_does_not_say(sentence: str) -> None:
    """Another number, price or address, the opposite, or another subject is not grounded."""
    assert not is_grounded(sentence, [SOURCE])


def test_nothing_is_grounded_in_nothing() -> None:
    """Without passages there is no support."""
    assert not is_grounded("Anything.", [])


def test_another_language_is_held_to_numbers_and_links() -> None:
    """A translation cannot share words, but its numbers and links must stand in the article."""
    assert is_grounded("Puedes devolver electrónica en 14 días.", [SOURCE], same_language=False)
    assert not is_grounded("Puedes devolver electrónica en 41 días.", [SOURCE], same_language=False)
    assert not is_grounded("Escribe a otra@correo.example.", [SOURCE], same_language=False)


def test_two_passages_together() -> None:
    """A sentence may take its number from one cited passage and its words from another."""
    other = passage("Fashion can be returned within 30 days of delivery.", "b")
    assert is_grounded(
        "Electronics can be returned within 14 days and fashion within 30 days of delivery.", [SOURCE, other]
    )
