"""Whatever an editor writes, every word of it can be found, and a change of one article leaves others alone."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.chunk import MAX_WORDS, chunk, cut, plain
from tests.ingest.article_factory import faq

WORD = st.sampled_from(["refund", "a", "Plazo", "devolución", "não", "envio", "x1", "tracking", "card", "fee"])
SENTENCE = st.lists(WORD, min_size=1, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=9).map(" ".join)
LEAD = SENTENCE.map(lambda text: text[:-1] + ":")
STEPS = st.lists(SENTENCE, min_size=1, max_size=6).map(
    lambda items: "\n".join(f"{number}. {text}" for number, text in enumerate(items, 1))
)
BULLETS = st.lists(PARAGRAPH, min_size=1, max_size=5).map(lambda items: "\n".join(f"- {text}" for text in items))
TABLE = st.lists(st.tuples(SENTENCE, SENTENCE), min_size=1, max_size=6).map(
    lambda rows: "| Head | Other |\n|---|---|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows)
)
HEADING = st.builds(lambda level, text: f"{'#' * level} {text}", st.integers(2, 4), WORD)
BLOCKS = st.lists(PARAGRAPH | LEAD | STEPS | BULLETS | TABLE | HEADING, min_size=1, max_size=6)
BODY = BLOCKS.map("\n\n".join)
CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t#-*|>`[]().1:")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", plain(text)))


def _without_headings(markdown: str) -> list[str]:
    return [word for line in markdown.split("\n") if not line.startswith("#") for word in line.split()]


@given(BODY)
def test_every_word_is_in_some_chunk(body: str) -> None:
    """Nothing that an editor wrote is lost: neither text nor headings."""
    indexed = " ".join(piece.indexed for piece in chunk(faq(body=body)))
    assert _words(body) <= _words(indexed)


@given(BODY)
def test_text_comes_in_order_and_once(body: str) -> None:
    """Pieces side by side are the body, without its headings."""
    pieces = "\n".join(text for _, text in cut(body))
    assert _without_headings(pieces) == _without_headings(body)


@given(BODY)
def test_no_piece_is_too_long(body: str) -> None:
    """A piece over MAX_WORDS holds a table, a list item or a lead-in, which are not parted."""
    for _, text in cut(body):
        if len(text.split()) > MAX_WORDS:
            assert re.search(r"^(\||- |\d+\. )|:$", text, re.MULTILINE), text


@given(BODY)
def test_no_table_is_cut(body: str) -> None:
    """Every row stands in a piece with the head of its table."""
    for _, text in cut(body):
        if re.search(r"^\|", text, re.MULTILINE):
            assert "| Head | Other |\n|---|---|" in text


@given(st.text(CHARACTERS, min_size=1).filter(str.strip))
def test_any_text_can_be_cut(body: str) -> None:
    """No Markdown, however odd, stops an article from being cut into pieces with ids of their own."""
    pieces = chunk(faq(body=body))
    assert len({piece.id for piece in pieces}) == len(pieces)
    assert [piece.ordinal for piece in pieces] == list(range(len(pieces)))


@given(BLOCKS, BLOCKS)
def test_an_added_section_leaves_others_alone(blocks: list[str], more: list[str]) -> None:
    """A section put behind changes no id of what stands before it."""
    before = chunk(faq(body="\n\n".join(["## First", "Words.", *blocks])))
    after = chunk(faq(body="\n\n".join(["## First", "Words.", *blocks, "## Last", *more])))
    assert {piece.id for piece in before} <= {piece.id for piece in after}
