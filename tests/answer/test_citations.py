"""Citations: each statement is tied to a passage that supports it."""

from app.answer.citations import cite_quote, cite_sentences, supported
from app.answer.quote import Quote
from app.answer.types import Sentence
from tests.answer.work_factory import passage

CARD = passage("A refund to a credit card takes 5 business days. Ask your bank after that.", "card", revision=3)
PAYPAL = passage("A refund to PayPal takes 2 business days.", "paypal", title="PayPal", section="Times")
PASSAGES = [CARD, PAYPAL]


def test_a_supported_sentence_keeps_what_holds() -> None:
    """Of several named passages those stay that support the sentence by themselves."""
    sentence = Sentence("A refund to PayPal takes 2 business days.", (0, 1))
    assert supported(sentence, PASSAGES, same_language=True) == Sentence(sentence.text, (1,))


def test_a_false_sentence_gives_way_to_the_true_one() -> None:
    """Where it is clear what a false statement is about, the article's own words stand in; else nothing does."""
    truth = Sentence("A refund to a credit card takes 5 business days.", (0,))
    for said in (
        "A refund to a credit card takes 9 business days.",
        "A refund to a credit card takes 2 business days.",
    ):
        assert supported(Sentence(said, (0,)), PASSAGES, True) == truth
    assert supported(Sentence("Your account was closed because of unusual activity.", (0,)), PASSAGES, True) is None
    assert supported(Sentence("Un reembolso tarda 9 dias.", (0,)), PASSAGES, same_language=False) is None


def test_what_is_not_surely_the_same_is_said_in_the_articles_words() -> None:
    """A statement that turns another way than the sentence closest to it never stands as it is."""
    source = passage("Sealed games can be returned. Opened games can not be returned.")
    kept = supported(Sentence("You may return sealed games.", (0,)), [source], True)
    turned = supported(Sentence("You may return opened games.", (0,)), [source], True)
    assert kept is not None
    assert turned is None or turned.text == "Opened games can not be returned."


def test_a_sentence_without_a_citation_is_given_one() -> None:
    """A forgotten or impossible number is replaced by the passage that supports the sentence, if any does."""
    text = "A refund to PayPal takes 2 business days."
    for cites in ((), (7,), (-1,)):
        assert supported(Sentence(text, cites), PASSAGES, True) == Sentence(text, (1,))
    assert supported(Sentence("Parcels are brown.", ()), PASSAGES, True) is None
    assert supported(Sentence(text, ()), [], True) is None


def test_marks_count_citations_in_the_order_of_the_text() -> None:
    """[n] counts citations from 1 as they first occur, and each passage is cited once."""
    text, citations = cite_sentences(
        [Sentence("P.", (1,)), Sentence("C.", (0, 1)), Sentence("P again.", (1,))], PASSAGES
    )
    assert text == "P. [1] C. [2][1] P again. [1]"
    assert [(c.article_id, c.revision, c.title, c.section) for c in citations] == [
        ("paypal", 1, "PayPal", "Times"),
        ("card", 3, "About refunds", ""),
    ]


def test_the_quote_is_the_closest_sentence_of_the_article() -> None:
    """A citation shows the article's own sentence, not the model's."""
    _, citations = cite_sentences([Sentence("It takes five business days to your credit card.", (0,))], PASSAGES)
    assert citations[0].quote == "A refund to a credit card takes 5 business days."


def test_a_verbatim_answer_cites_where_it_stands() -> None:
    """The citation is of the passage that holds the words, to the revision."""
    citation = cite_quote(Quote("shown", "Ask your bank after that.", 0.5), [PAYPAL, CARD])
    assert (citation.article_id, citation.revision, citation.quote) == ("card", 3, "Ask your bank after that.")
