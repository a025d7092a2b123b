"""A model's reply read while it arrives, however it is cut and whatever it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.stream import MAX_SENTENCES, ReplyReader
from app.answer.types import Sentence

EXPECTED = [Sentence('It takes 5 days, says "A]}".', (0,)), Sentence("PayPal: 2 days.", (1, 0))]
REPLY = {
    "answerable": True,
    "sentences": [
        {"text": 'It takes 5 days, says "A]}".', "cites": [1]},
        {"text": "PayPal: 2 days.", "cites": [2, 1]},
    ],
}
CITES_FIRST = {"sentences": [{"cites": s["cites"], "text": s["text"]} for s in REPLY["sentences"]], "answerable": True}  # type: ignore[attr-defined]
JSON = json.dumps(REPLY)


def read(*pieces: str) -> list[Sentence]:
    """Every sentence of a reply in pieces."""
    reader = ReplyReader()
    found = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return found + list(reader.close())


@pytest.mark.parametrize("reply", [JSON, json.dumps(REPLY, indent=2), json.dumps(CITES_FIRST)])
def test_every_split_point(reply: str) -> None:
    """Wherever the network cuts a reply, the same sentences come out, each once."""
    for point in range(len(reply) + 1):
        assert read(reply[:point], reply[point:]) == EXPECTED, point
    assert read(*reply) == EXPECTED


def test_a_sentence_is_given_as_soon_as_it_is_whole() -> None:
    """The first sentence does not wait for the second, and is not given before its citations are there."""
    reader = ReplyReader()
    end = JSON.index("[1]")
    assert list(reader.feed(JSON[:end])) == []
    assert list(reader.feed(JSON[end : end + 4])) == EXPECTED[:1]
    assert list(reader.feed(JSON[end + 4 :])) == EXPECTED[1:]
    assert list(reader.close()) == []


@pytest.mark.parametrize(
    "reply",
    [
        f"```json\n{JSON}\n```",
        f"```\n{JSON}\n```\n",
        f"\n\n  {JSON}  \n",
        f"Here is the answer:\n{JSON}",
        f"Sure!\n```json\n{JSON}\n```",
    ],
)
def test_wrapped_json(reply: str) -> None:
    """A code fence or a friendly word around the JSON changes nothing."""
    assert read(reply) == EXPECTED
    assert read(*reply) == EXPECTED


def test_prose_with_marks() -> None:
    """A server that answers in prose is read too, marks before or after the full stop."""
    assert read("It takes 5 days [1]. PayPal is", " faster.[2][1] No mark here.") == [
        Sentence("It takes 5 days.", (0,)),
        Sentence("PayPal is faster.", (1, 0)),
        Sentence("No mark here.", ()),
    ]
    assert read("Both say so [1, 2].") == [Sentence("Both say so.", (0, 1))]


def test_marks_inside_json_are_citations() -> None:
    """A model that also writes marks into the text cites by them, and visitors do not see them."""
    assert read('{"answerable":true,"sentences":[{"text":"Five days [2].","cites":[]}]}') == [
        Sentence("Five days.", (1,))
    ]


@pytest.mark.parametrize(
    "reply", ['{"answerable": false, "sentences": []}', '{"answerable":false}', '```\n{"answerable": false}']
)
def test_declined(reply: str) -> None:
    """A model that says that the passages do not answer is believed."""
    for pieces in ([reply], list(reply)):
        reader = ReplyReader()
        assert [s for piece in pieces for s in reader.feed(piece)] + list(reader.close()) == []
        assert reader.declined


@pytest.mark.parametrize(
    "reply",
    [
        *("", "   ", "{", "}{", "[]", "null", "```", '{"answerable": tru', '{"sentences": "no"}'),
        '{"sentences": [1, null, {"text": 5}, {"text": " "}]}',
        '{"sentences": [{"text": "x", "cites": "1"}]}',
        '{"a": ' + "[" * 3_000,
    ],
)
def test_garbage(reply: str) -> None:
    """What is no reply gives no sentence that cites, and is not taken for declining."""
    reader = ReplyReader()
    found = [s for piece in (reply[:3], reply[3:]) for s in reader.feed(piece)] + list(reader.close())
    assert all(not sentence.cites and sentence.text == reply.strip() for sentence in found)
    assert not reader.declined


def test_odd_citations() -> None:
    """Only whole numbers are citations; each counts once."""
    reply = {"sentences": [{"text": "A.", "cites": [1, 1, True, "2", 2.5, None, 3]}]}
    assert read(json.dumps(reply)) == [Sentence("A.", (0, 2))]


def test_a_flood_is_cut() -> None:
    """However much a model writes, an answer stays short."""
    reply = {"sentences": [{"text": f"Sentence {number}.", "cites": [1]} for number in range(50)]}
    assert len(read(*json.dumps(reply))) == MAX_SENTENCES


@given(
    st.lists(
        st.text(max_size=20) | st.sampled_from(['{"sentences":[', '{"text":"', '","cites":[1]}', "]}", "```", "[1]"])
    )
)
def test_any_reply(pieces: list[str]) -> None:
    """No reply, in whatever pieces, raises; and one piece gives as many sentences as many."""
    assert all(sentence.text.strip() for sentence in read(*pieces))
