"""Chunks: where a body is cut, what stays together, and the names that pieces keep."""

import pytest

from ingest.chunk import MAX_WORDS, Chunk, chunk, cut, plain
from tests.ingest.article_factory import faq


def words(count: int, word: str = "word") -> str:
    """A sentence of that many words."""
    return f"{' '.join([word.capitalize(), *[word] * (count - 1)])}."


def bodies(body: str) -> list[Chunk]:
    """The body chunks of an article with this body."""
    return [piece for piece in chunk(faq(body=body)) if piece.part == "body"]


def test_title_and_phrasings_are_chunks_of_their_own() -> None:
    """A title, then each phrasing, then the body, numbered in reading order."""
    pieces = chunk(faq(title="Refund times", questions=("where is my money", "how long"), body="Five days."))
    assert [(piece.ordinal, piece.part, piece.text) for piece in pieces] == [
        (0, "title", "Refund times"),
        (1, "question", "where is my money"),
        (2, "question", "how long"),
        (3, "body", "Five days."),
    ]
    assert pieces[3].indexed == "Refund times\nFive days."


def test_equal_texts_are_stored_once() -> None:
    """A phrasing that is written twice, and a paragraph that is repeated, are one chunk each."""
    pieces = chunk(faq(questions=("how", "how"), body=f"{words(70)}\n\n{words(70)}"))
    assert [piece.part for piece in pieces] == ["title", "question", "body"]


def test_headings_make_a_path() -> None:
    """A piece knows every heading that it stands under, and the embedder reads them."""
    pieces = bodies("Intro.\n\n## Before\n\nOne.\n\n### By **card**\n\nTwo.\n\n## After\n\nThree.")
    assert [(piece.section, piece.text) for piece in pieces] == [
        ("", "Intro."),
        ("Before", "One."),
        ("Before > By card", "Two."),
        ("After", "Three."),
    ]
    assert pieces[2].indexed == "About a > Before > By card\nTwo."


def test_a_hash_in_code_is_no_heading() -> None:
    """A fenced block is text, whatever its lines look like."""
    (piece,) = bodies("Run:\n\n```\n# not a heading\n```")
    assert piece.section == ""
    assert "# not a heading" in piece.text


@pytest.mark.parametrize(
    "body",
    ["## Fees\n\n## Payouts\n\nWeekly.", "Weekly.\n\n## Fees", "## Fees", "# Fees\n\n## Payouts\n\n# Taxes\n\nNone."],
)
def test_a_heading_with_nothing_under_it_is_found(body: str) -> None:
    """Words of a heading are not lost when no text of its own follows."""
    found = " ".join(piece.indexed for piece in bodies(body))
    assert set(plain(body).split()) <= set(found.replace(" > ", " ").split())


def test_pieces_are_short() -> None:
    """Paragraphs are packed up to MAX_WORDS, and a longer paragraph is cut between its sentences."""
    pieces = cut(
        "\n\n".join(
            [words(30, "one"), words(30, "two"), words(30, "three"), words(60, "four") + " " + words(60, "five")]
        )
    )
    assert [len(text.split()) for _, text in pieces] == [60, 30, 60, 60]
    assert all(len(text.split()) <= MAX_WORDS for _, text in pieces)


def test_a_sentence_without_end_is_cut_too() -> None:
    """Text without a full stop still fits the embedder, and none of its words is lost."""
    pieces = cut(" ".join(f"w{number}" for number in range(500)))
    assert [word for _, text in pieces for word in text.split()] == [f"w{number}" for number in range(500)]
    assert all(len(text.split()) <= MAX_WORDS for _, text in pieces)


def test_a_table_is_whole() -> None:
    """However long it is: a row means nothing without its head."""
    rows = "\n".join(f"| method {number} | {number} business days after the refund |" for number in range(40))
    table = f"| You paid with | Time |\n|---|---|\n{rows}"
    pieces = cut(f"{words(70)}\n\n{table}\n\n{words(70)}")
    assert [text for _, text in pieces if "|" in text] == [table]
    assert len(pieces) == 3


def test_steps_keep_their_numbers_and_are_never_cut() -> None:
    """Each step is in one piece, under the number that the editor gave it."""
    steps = [f"{number}. {words(30, f'step{number}')} {words(20, f'more{number}')}" for number in range(1, 8)]
    pieces = cut("\n".join(steps))
    assert "\n".join(text for _, text in pieces) == "\n".join(steps)
    assert len(pieces) > 2
    assert all(text.lstrip()[0].isdigit() for _, text in pieces)


def test_a_long_step_with_substeps_stays_whole() -> None:
    """What is indented under a step belongs to it."""
    step = f"1. {words(50, 'first')}\n   - {words(30, 'sub')}\n   - {words(30, 'other')}"
    assert next(text for _, text in cut(f"{step}\n2. {words(60, 'second')}")) == step


def test_steps_stay_with_their_lead_in() -> None:
    """What announces steps is never the end of a piece."""
    body = f"{words(70)}\n\nDo this:\n\n1. {words(20, 'first')}\n2. {words(70, 'second')}"
    pieces = cut(body)
    (lead,) = [text for _, text in pieces if "Do this:" in text]
    assert "1. First" in lead
    assert all(not text.rstrip().endswith(":") for _, text in pieces)


def test_list_items_stand_together_as_written() -> None:
    """A list within one piece has no blank lines that the editor did not write."""
    assert cut("Bring:\n\n- an ID\n- the parcel\n- a pen") == [("", "Bring:\n\n- an ID\n- the parcel\n- a pen")]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Bold** and *soft* `code`", "Bold and soft code"),
        ("See [the fees](article:fees).", "See the fees."),
        ("![a picture](x.png)", "a picture"),
        ("## Heading", "Heading"),
        ("- one\n- two", "one two"),
        ("1. one\n2. two", "1. one 2. two"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a b 1 2"),
        ("snake_case stays", "snake_case stays"),
        ("- 5 % off", "5 % off"),
    ],
)
def test_plain(markdown: str, text: str) -> None:
    """Marks go, words and numbers of steps stay."""
    assert plain(markdown) == text


def test_ids_are_stable() -> None:
    """An edit of one paragraph changes the id of its piece alone; an id names its article and language."""
    before = chunk(faq("fees", body=f"{words(70, 'one')}\n\n{words(70, 'two')}", questions=("how much",)))
    after = chunk(faq("fees", body=f"{words(70, 'one')}\n\n{words(70, 'three')}", questions=("how much",)))
    assert [old.id == new.id for old, new in zip(before, after, strict=True)] == [True, True, True, False]
    assert all(piece.id.startswith("fees@en#") for piece in before)
    other = chunk(faq("fees", body=f"{words(70, 'one')}\n\n{words(70, 'two')}", questions=("how much",), locale="es"))
    assert not {piece.id for piece in before} & {piece.id for piece in other}


def test_equal_words_have_one_embedding() -> None:
    """The key of a stored embedding depends on the words alone, not on the article."""
    assert chunk(faq("a", title="Same"))[0].content_hash == chunk(faq("b", title="Same"))[0].content_hash
    assert chunk(faq("a"))[0].content_hash != chunk(faq("b"))[0].content_hash
