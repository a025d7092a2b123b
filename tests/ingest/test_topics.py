"""``topics.toml``: what it means, and that each fault in it is named."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import InvalidArticles, Problem
from ingest.topics import Topics, parse_topics, read_topics

FILE = """\
[queues.money]
name = "Money"
timezone = "America/New_York"

[topics.refunds]
name = "Refunds"
name_es = "Reembolsos"
name_pt = "Reembolsos (pt)"
queue = "money"
priority = 2

[topics.fraud]
name = "Fraud"
always_human = true
phrases = ["somebody used my card"]
phrases_es = ["usaron mi tarjeta"]
phrases_pt = ["usaram meu cartão"]
"""


def fault(text: str) -> Problem:
    """The only fault of a file called ``topics.toml``."""
    with pytest.raises(InvalidArticles) as caught:
        parse_topics(text, "topics.toml")
    (problem,) = caught.value.problems
    assert problem.file == "topics.toml"
    return problem


def test_a_file_is_read() -> None:
    """Queues, names in three languages and the phrases of cases for people."""
    topics = parse_topics(FILE, "topics.toml")
    assert topics.queue_of("refunds") == "money"
    assert [topics.topic("refunds").name_in(locale) for locale in ("en", "es-MX", "pt-BR", "fr")] == [
        "Refunds",
        "Reembolsos",
        "Reembolsos (pt)",
        "Refunds",
    ]
    assert topics.sensitive_phrases() == [
        ("fraud", "somebody used my card"),
        ("fraud", "usaron mi tarjeta"),
        ("fraud", "usaram meu cartão"),
    ]


def test_what_the_file_does_not_know_is_general() -> None:
    """An unknown topic goes to the general queue, which exists also when nobody wrote it."""
    topics = parse_topics(FILE, "topics.toml")
    assert topics.queue_of("nonsense") == "general"
    assert topics.queues["general"].hours == {}
    assert Topics().queue_of("refunds") == "general"


def test_a_dump_reads_back_equal() -> None:
    """Topics are kept in SQL as JSON and lose nothing there."""
    topics = parse_topics(FILE, "topics.toml")
    assert Topics.model_validate(topics.model_dump(mode="json")) == topics


def test_our_own_file_is_valid(knowledge_source: Path) -> None:
    """The file that ships has queues, topics and phrases in three languages for every case for people."""
    topics = read_topics(knowledge_source)
    cases = [topic for topic in topics.topics.values() if topic.always_human]
    assert cases
    assert all(topic.phrases and topic.phrases_es and topic.phrases_pt for topic in cases)


def test_a_folder_without_the_file_has_the_defaults(tmp_path: Path) -> None:
    """``topics.toml`` is optional."""
    assert read_topics(tmp_path) == Topics()


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ('[queues.x]\nname = "X"\ntimezone = "Mars/Base"\n', 3, "queues.x.timezone", "such as `America/New_York`"),
        ('[queues.x]\nname = "X"\ntimezone = "../etc/passwd"\n', 3, "queues.x.timezone", "is no time zone"),
        ('[queues.x]\nname = "X"\nhours = {mon = ["9-17"]}\n', 3, "queues.x.hours", "such as `08:00-22:00`"),
        ('[queues.x]\nname = "X"\nhours = {mon = ["22:00-08:00"]}\n', 3, "queues.x.hours", "begin before it ends"),
        ('[queues.x]\nname = "X"\nhours = {mon = ["08:00-08:00"]}\n', 3, "queues.x.hours", "begin before it ends"),
        ('[queues.x]\nname = "X"\nhours = {mon = ["08:00-24:30"]}\n', 3, "queues.x.hours", "within one day"),
        ('[queues.x]\nname = "X"\nfoo = 1\n', 3, "queues.x.foo", "not permitted"),
        ('[queues.x]\ntimezone = "UTC"\n', 1, "queues.x.name", "required"),
        ('[topics.x]\nname = "X"\npriority = 6\n', 3, "topics.x.priority", "less than or equal to 5"),
        ('# why\n[topics.x]\nname = "X"\nqueue = "y"\n', 4, "topics.x.queue", "add [queues.y]"),
        ("[topics.x\n", 1, "", "not valid TOML"),
        ('[topics.x]\nname = "X"\nname = "Y"\n', 3, "", "not valid TOML"),
    ],
)
def test_faults(text: str, line: int, field: str, says: str) -> None:
    """Each fault has its line, its field and what would be right."""
    problem = fault(text)
    assert (problem.line, problem.field) == (line, field)
    assert says in problem.message


def test_a_day_that_does_not_exist() -> None:
    """Days are mon to sun; another word is refused instead of never being open."""
    problem = fault('[queues.x]\nname = "X"\nhours = { monday = ["08:00-22:00"] }\n')
    assert problem.field.startswith("queues.x.hours.monday")
    assert problem.line == 3


def test_another_encoding_is_named(tmp_path: Path) -> None:
    """A file that is not UTF-8 is named in the error."""
    (tmp_path / "topics.toml").write_bytes('[topics.x]\nname = "Envío"\n'.encode("latin-1"))
    with pytest.raises(InvalidArticles, match=r"topics\.toml.*UTF-8"):
        read_topics(tmp_path)


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    """A file saved on Windows is the same file."""
    (tmp_path / "topics.toml").write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert read_topics(tmp_path) == parse_topics(FILE, "topics.toml")


def test_deep_nesting_is_refused() -> None:
    """A file that nests without end is a fault like any other."""
    assert fault("a = " + "[" * 5_000).message


@given(st.text() | st.lists(st.sampled_from(["[", "]", "a", ".", "=", '"', "{", "}", "1", "\n", ","])).map("".join))
def test_any_text(text: str) -> None:
    """No text makes parsing fail in another way than InvalidArticles."""
    with suppress(InvalidArticles):
        assert "general" in parse_topics(text, "topics.toml").queues
