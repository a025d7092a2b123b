"""Grounding: paraphrases pass, invented numbers, links and turned statements do not."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from app.answer.citations import supported
from app.answer.grounding import is_grounded
from app.answer.types import Sentence
from ingest.article import Article, read_folder
from ingest.chunk import chunk, plain
from ingest.sentences import split_sentences
from ingest.store import Passage
from tests.answer.work_factory import passage

CASES = Path(__file__).with_name("grounding_cases")
KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
KINDS = {"number", "date", "price", "name", "negation", "promise", "link", "modality"}

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


@cache
def articles() -> dict[tuple[str, str], Article]:
    """The articles of the repository by id and locale."""
    return {article.key: article for article in read_folder(KNOWLEDGE)}


@cache
def passages_of(article_id: str, locale: str) -> tuple[Passage, ...]:
    """The body of an article as it is stored and put before a model."""
    article = articles()[article_id, locale]
    return tuple(
        passage(
            piece.text,
            article.id,
            locale=locale,
            topic=article.topic,
            title=article.title,
            ordinal=piece.ordinal,
            section=piece.section,
            chunk_id=piece.id,
        )
        for piece in chunk(article)
        if piece.part == "body"
    )


def cases(name: str) -> list[dict[str, str]]:
    """The lines of a file of cases."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def shown_for(text: str, passages: Sequence[Passage]) -> set[str]:
    """What a visitor may see for a sentence, cited in every way: itself, the article's own words, or nothing."""
    choices = [(number,) for number in range(len(passages))] + [tuple(range(len(passages)))]
    found = (supported(Sentence(text, cites), passages, same_language=True) for cites in choices)
    return {one.text for one in found if one is not None}


def shown(case: dict[str, str]) -> set[str]:
    """The same for a case about our own articles."""
    return shown_for(case["text"], passages_of(case["article"], case["locale"]))


def test_planted_lies_of_every_kind() -> None:
    """No lie comes through, whichever passage of its article it cites."""
    lies = cases("lies")
    counted = Counter(case["kind"] for case in lies)
    assert set(counted) == KINDS
    assert min(counted.values()) >= 20
    assert len(lies) >= 200
    assert [case for case in lies if case["text"] in shown(case)] == []


BASES = Path(__file__).parents[2] / "evals" / "datasets" / "bases"
PASSED_OF_FRESH, SAID_OF_FRESH, AS_IS_OF_FRESH = 0.015, 0.97, 0.25
"""What came of the sentences about invented help centres once they had been looked at: bounds against falling back.
Said is a paraphrase that comes through as it is or as the article's own words."""


@cache
def fresh_passages(base: str, article_id: str) -> tuple[Passage, ...]:
    """The body of an article of an invented help centre."""
    for line in (BASES / base / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if document["id"] == article_id:
            article = Article(
                id=article_id,
                title=document["title"],
                kind="faq",
                audience=tuple(document["audience"]),
                body=document["text"],
            )
            return tuple(
                passage(piece.text, article_id, title=article.title, section=piece.section, chunk_id=piece.id)
                for piece in chunk(article)
                if piece.part == "body"
            )
    raise LookupError(article_id)


def test_sentences_about_other_help_centres() -> None:
    """Lies and paraphrases about articles of other companies, over three hundred of each, cited in every way."""
    if not BASES.is_dir():
        pytest.skip("evals/datasets/bases is not there")
    passed: list[str] = []
    said = Counter[str]()
    for case in cases("fresh"):
        found = shown_for(case["text"], fresh_passages(case["base"], case["article"]))
        as_is = case["text"] in found
        if case["kind"] != "paraphrase":
            said["lies"] += 1
            passed += [case["text"]] if as_is else []
        else:
            said["paraphrases"] += 1
            said["said"] += bool(found)
            said["as is"] += as_is
    assert min(said["lies"], said["paraphrases"]) >= 300
    assert len(passed) <= PASSED_OF_FRESH * said["lies"], passed
    assert said["said"] >= SAID_OF_FRESH * said["paraphrases"]
    assert said["as is"] >= AS_IS_OF_FRESH * said["paraphrases"]


FIRST_SIGHT = Path(__file__).with_name("first_sight") / "grounding.jsonl"


def test_what_was_written_before_the_closest_unit_was_sought() -> None:
    """Eighty lies of ten kinds and sixty paraphrases: next to no lie is shown, and nearly every fact is said."""
    if not BASES.is_dir():
        pytest.skip("evals/datasets/bases is not there")
    rows = [json.loads(line) for line in FIRST_SIGHT.read_text(encoding="utf-8").splitlines()]
    ours = [row for row in rows if row["base"] != "gumroad"]
    found = [(row, shown_for(row["text"], fresh_passages(row["base"], row["article"]))) for row in ours]
    lies = [(row, texts) for row, texts in found if row["kind"] != "paraphrase"]
    honest = [texts for row, texts in found if row["kind"] == "paraphrase"]
    assert len(lies) >= 65
    assert len([row for row, texts in lies if row["text"] in texts]) <= 0.03 * len(lies)
    assert sum(map(bool, honest)) >= 0.95 * len(honest)


def test_an_articles_own_words_are_kept() -> None:
    """Every sentence of every article is grounded in its passage, whatever it denies, obliges to or counts."""
    lost = [
        sentence
        for key in articles()
        for piece in passages_of(*key)
        for sentence in map(plain, split_sentences(piece.text))
        if "|" not in piece.text and len(sentence.split()) >= 4 and not is_grounded(sentence, [piece])
    ]
    assert lost == []


def test_honest_paraphrases_are_kept() -> None:
    """At least nine of ten honest sentences come through with a passage of their article, a quarter of them as they are."""
    honest = [(case["text"], shown(case)) for case in cases("paraphrases")]
    assert len(honest) >= 200
    assert sum(bool(found) for _, found in honest) >= 0.9 * len(honest)
    assert sum(text in found for text, found in honest) >= 0.25 * len(honest)
