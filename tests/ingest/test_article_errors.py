"""Every fault of an article file is named with file, line, field and what to do about it."""

import pytest

from ingest.article import MAX_FRONT_MATTER, parse
from ingest.errors import InvalidArticles, Problem
from tests.ingest.article_factory import HEAD, source


def fault(text: str) -> Problem:
    """The only fault of a file called ``f.md``."""
    with pytest.raises(InvalidArticles) as caught:
        parse(text, "f.md")
    (problem,) = caught.value.problems
    assert problem.file == "f.md"
    assert str(problem) in str(caught.value)
    return problem


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        ("foo: 1", "foo", "not a known field; known are id, title"),
        ("body: text", "body", "below the `---`"),
        ("title: again", "title", "stands twice"),
        ("locale: EN", "locale", "such as `en`, `es` or `pt-BR`"),
        ("locale: portuguese", "locale", "such as `en`, `es` or `pt-BR`"),
        ("questions: how", "questions", "tuple"),
        ("questions: [a, '']", "questions.1", "at least 1"),
        ("owner: yes", "owner", "string"),
        ("owner: a: b", "owner", "quote values"),
        ('owner: "open', "owner", "not valid YAML"),
        ("owner: !!python/object:os.system x", "owner", "tag"),
        ("owner: &a [*a]", "owner", "aliases"),
        ("reviewed: tomorrow", "reviewed", "valid date"),
        ("reviewed: 2026-10-12 10:00:00", "reviewed", "zero time"),
        ("reviewed: 2026-02-30", "reviewed", "day is out of range"),
        ("review_every: 0", "review_every", "greater than or equal to 1"),
        ("review_every: often", "review_every", "integer"),
        ("review_every: " + "9" * 5_000, "review_every", "digit"),
        ("valid_until: never", "valid_until", "valid date"),
        ("topic: two words", "topic", "pattern"),
        ("topic: !!int ''", "topic", "not valid YAML"),
        ("topic: !!bool maybe", "topic", "not valid YAML"),
        ("reviewed: !!timestamp soon", "reviewed", "not valid YAML"),
    ],
)
def test_an_optional_field_that_is_wrong(line: str, field: str, says: str) -> None:
    """The fault is placed on the line of the field and says what would be right."""
    problem = fault(source(f"{HEAD}\n{line}\nreview_every: 30" if "review_every" not in line else f"{HEAD}\n{line}"))
    assert (problem.line, problem.field) == (6, field)
    assert says in problem.message


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("id: a", "id: two words", 2, "id", "must be a slug"),
        ("id: a", f"id: {'x' * 121}", 2, "id", "at most 120"),
        ("id: a", "id: ../up", 2, "id", "must be a slug"),
        ("title: T", "title: '   '", 3, "title", "at least 1"),
        ("title: T", f"title: {'x' * 301}", 3, "title", "at most 300"),
        ("kind: faq", "kind: blog", 4, "kind", "'faq' or 'sop'"),
        ("[buyer]", "[]", 5, "audience", "at least 1"),
        ("[buyer]", "[buyer, everybody]", 5, "audience.1", "'buyer', 'seller' or 'agent'"),
        ("[buyer]", "[buyer, buyer]", 5, "audience", "keep each once"),
        ("[buyer]", "[buyer, agent]", 5, "audience", "for buyers or sellers"),
        ("[buyer]", "buyer", 5, "audience", "tuple"),
        ("kind: faq", "kind: sop", 5, "audience", "write `audience: [agent]`"),
    ],
)
def test_a_required_field_that_is_wrong(old: str, new: str, line: int, field: str, says: str) -> None:
    """Ids are slugs, kinds and audiences are known ones, and an SOP is for agents only."""
    problem = fault(source(HEAD.replace(old, new)))
    assert (problem.line, problem.field) == (line, field)
    assert says in problem.message


@pytest.mark.parametrize("field", ["id", "title", "kind", "audience"])
def test_a_required_field_that_is_missing(field: str) -> None:
    """What is missing is named with the line to add."""
    rest = "\n".join(line for line in HEAD.split("\n") if not line.startswith(f"{field}:"))
    problem = fault(source(rest))
    assert problem.field == field
    assert f"add a line `{field}: ...`" in problem.message


def test_dates_in_the_wrong_order() -> None:
    """An article cannot end before it begins; the same day is allowed."""
    problem = fault(source(f"{HEAD}\nvalid_from: 2026-05-02\nvalid_until: 2026-05-01"))
    assert (problem.line, problem.field) == (7, "valid_until")
    assert "swap" in problem.message
    one_day = parse(source(f"{HEAD}\nvalid_from: 2026-05-01\nvalid_until: 2026-05-01"), "f.md")
    assert one_day.valid_from == one_day.valid_until


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "begin with `---`"),
        ("Just text.", "begin with `---`"),
        ("---\nid: a\n", "begin with `---`"),
        ("\n---\nid: a\n---\nx", "begin with `---`"),
        ("---\n---\nx", "`field: value`"),
        ("---\n- a\n- b\n---\nx", "`field: value`"),
        ("---\njust words\n---\nx", "`field: value`"),
        ("---\n? [a, b]\n: c\n---\nx", "`field: value`"),
        (source("x" * (MAX_FRONT_MATTER + 1)), "longer than 200,000"),
        (source(f"{HEAD}\nowner: {'[' * 3_000}{']' * 3_000}"), "nested too deep"),
    ],
)
def test_front_matter_that_is_none(text: str, says: str) -> None:
    """A file without readable front matter is told what to begin with."""
    assert says in fault(text).message


@pytest.mark.parametrize("body", ["", "   \n\t\n"])
def test_an_empty_body(body: str) -> None:
    """An article without text is refused at the line where the text belongs."""
    problem = fault(source(body=body))
    assert (problem.line, problem.field) == (7, "body")
    assert "write the answer below" in problem.message


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\ud800"])
def test_control_characters(character: str) -> None:
    """A character that no database stores is refused at its line, wherever it stands."""
    assert fault(source(body=f"One\n\ntwo {character}")).line == 10
    assert fault(source(HEAD.replace("T", f"T{character}"))).line == 3


def test_every_fault_of_a_file_is_named_at_once() -> None:
    """An editor mends a file in one go: faults come together, in the order of their lines."""
    with pytest.raises(InvalidArticles) as caught:
        parse(source("id: a b\ntitle: T\nkind: blog\naudience: [buyer]\nfoo: 1"), "f.md")
    assert [(problem.line, problem.field) for problem in caught.value.problems] == [(2, "id"), (4, "kind"), (6, "foo")]
