"""Quotes: the article's own words that answer, with all that they need to be true."""

import pytest

from app.answer.quote import Quote, Quoter
from ingest.embed import minilm
from ingest.units import units_of
from tests.answer.work_factory import passage

TABLE = """| You paid with | Time |
|---|---|
| PayPal | 2 business days |
| Credit card | 3-5 business days |
| OXXO voucher | 7 business days |
| Bank transfer | 4 business days |
| Gift card | 24 hours |"""


@pytest.fixture(scope="module")
def quoter() -> Quoter:
    """One for all tests, so that its memory is used."""
    return Quoter(minilm())


def quote(quoter: Quoter, question: str, *texts: str) -> Quote:
    """The quote from an article whose pieces are ``texts``; the first is the opening one."""
    passages = [passage(text, ordinal=number, section="" if number == 0 else "S") for number, text in enumerate(texts)]
    best_first = [*passages[1:], passages[0]]
    return quoter.quote(question, minilm().vector(question), best_first)


def test_units() -> None:
    """A piece is read as sentences, list items with what is under them, and table rows with their head."""
    text = f"One. Two.\n\n## Heading\n\n1. First\n   more\n2. Second\n\nDo not:\n\n- this\n- that\n\n{TABLE}"
    units = units_of(text)
    assert [(unit.kind, unit.text) for unit in units[:7]] == [
        ("sentence", "One."),
        ("sentence", "Two."),
        ("item", "1. First\n   more"),
        ("item", "2. Second"),
        ("sentence", "Do not:"),
        ("item", "- this"),
        ("item", "- that"),
    ]
    assert [unit.kind for unit in units[7:]] == ["row"] * 5
    assert {unit.head for unit in units[7:]} == {"| You paid with | Time |\n|---|---|"}
    assert "Heading" not in " ".join(unit.text for unit in units)


def test_all_steps_are_shown(quoter: Quoter) -> None:
    """Half a procedure helps nobody: the best step brings the others and what announces them."""
    steps = "To return an item:\n\n1. Open Orders.\n2. Tap Return item.\n3. Print the label.\n4. Drop the parcel off."
    shown = quote(quoter, "where do I print the return label", steps).text
    assert shown.index("1. Open Orders.") < shown.index("4. Drop the parcel off.")
    assert shown.startswith("To return an item:")


def test_rows_come_with_their_head(quoter: Quoter) -> None:
    """A row is shown under the table's head, and rows that do not answer are left out."""
    shown = quote(quoter, "how long does a refund to an OXXO voucher take", TABLE).text
    assert shown.startswith("| You paid with | Time |\n|---|---|")
    assert "7 business days" in shown
    assert "PayPal" not in shown


def test_a_condition_is_kept(quoter: Quoter) -> None:
    """A sentence that restricts the answer is never cut off from it."""
    text = "Refunds to cards take 5 days. However, this does not apply to debit cards. Parcels are brown."
    shown = quote(quoter, "how long do refunds to cards take", text).text
    assert "However, this does not apply to debit cards." in shown
    assert "brown" not in shown


def test_a_sentence_that_refers_back_brings_what_it_means(quoter: Quoter) -> None:
    """ "It expires" is shown with what expires."""
    text = "A return label is sent by mail. It expires ten days after it was sent. Parcels are brown."
    shown = quote(quoter, "when does it expire ten days", text).text
    assert shown.startswith("A return label is sent by mail. It expires")


def test_an_announcement_brings_its_list(quoter: Quoter) -> None:
    """ "You need:" alone answers nothing."""
    shown = quote(
        quoter,
        "what documents do I need for verification",
        "For verification you need these documents:\n\n- an ID\n- a bill",
    ).text
    assert "- an ID\n- a bill" in shown


def test_a_fragment_comes_with_its_heading_and_its_list(quoter: Quoter) -> None:
    """A bullet of few words that is no sentence says nothing by itself; one that is a sentence does."""
    lead = "We send an invoice on the first day of each month."
    fragments = "- Commission and payment fees\n- Storage fees\n- VAT on the fees, where it applies"
    shown = quote(quoter, "do I pay VAT", lead, fragments).text
    assert "**S**" in shown
    assert shown.index("- Commission and payment fees") < shown.index("- VAT on the fees")
    sentences = (
        "- You pay no commission in the first month.\n- Storage costs 2 dollars a day.\n- We charge VAT on fees."
    )
    alone = quote(quoter, "how much is storage", lead, sentences)
    assert "Storage costs 2 dollars a day." in alone.text
    assert "**S**" not in alone.text


def test_the_lead_sentence_is_kept(quoter: Quoter) -> None:
    """The article's first sentence, which answers in general, stands before the detail."""
    shown = quote(
        quoter,
        "how long does a refund to PayPal take",
        "A refund takes 2 to 7 days.",
        "A refund to PayPal takes 2 days.",
    ).text
    assert shown == "A refund takes 2 to 7 days.\n\nA refund to PayPal takes 2 days."


def test_links_are_stripped(quoter: Quoter) -> None:
    """A link's words stay, its target goes: article: addresses mean nothing to visitors."""
    found = quote(quoter, "what does the fee cost", "The fee is in [the list of fees](article:fees).")
    assert found.text == "The fee is in the list of fees."


def test_the_exact_words_stand_in_the_article(quoter: Quoter) -> None:
    """What a citation points at is a unit of the article, without its bullet."""
    text = "You can pay with:\n\n- PayPal, at once\n- a bank transfer, in 2 days"
    found = quote(quoter, "can I pay by bank transfer", text)
    assert found.exact == "a bank transfer, in 2 days"
    assert found.exact in text


@pytest.mark.parametrize("text", ["## Only a heading", "---"])
def test_nothing_quotable(quoter: Quoter, text: str) -> None:
    """A piece without sentences is shown as it is rather than failing."""
    assert quote(quoter, "anything", text).text == text


@pytest.mark.parametrize("question", ["", "?", "👋", "the of"])
def test_questions_without_words(quoter: Quoter, question: str) -> None:
    """A question of which nothing is left still gets the article's words."""
    assert quote(quoter, question, "One sentence.").text == "One sentence."
