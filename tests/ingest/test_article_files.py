"""Article files as they come from editors' machines, alone and as a folder."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.article import MAX_BYTES, parse, read_files, read_folder
from ingest.errors import InvalidArticles
from tests.ingest.article_factory import HEAD, faq, source


@pytest.mark.parametrize("make", [str, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_byte_order_marks_do_not_matter(make: "type[str]") -> None:
    """A file saved on Windows is the same article, and the same revision."""
    text = source(f"{HEAD}\nquestions:\n  - how\n", "One.\n\nTwo.")
    read = read_files([("f.md", make(text).encode())])[0]
    assert read.body == "One.\n\nTwo."
    assert read.content_hash == parse(text, "f.md").content_hash


def test_faults_keep_their_lines_with_windows_line_ends() -> None:
    """CRLF does not move the line that a fault is reported on."""
    with pytest.raises(InvalidArticles) as caught:
        parse("\ufeff" + source(f"{HEAD}\nfoo: 1").replace("\n", "\r\n"), "f.md")
    assert caught.value.problems[0].line == 6


def test_defaults_and_plain_values() -> None:
    """Optional fields have the documented defaults; numbers are taken as the text they stand for."""
    article = parse(source(HEAD.replace("title: T", "title: 404")), "f.md")
    assert (article.title, article.locale, article.topic, article.questions) == ("404", "en", "general", ())
    assert article.key == ("a", "en")


def test_white_space_in_a_title_is_one_space() -> None:
    """A folded title is one line, because it is shown in one."""
    assert parse(source(HEAD.replace("title: T", "title: >\n  Two\n  lines ")), "f.md").title == "Two lines"


def test_a_rule_in_the_body_does_not_end_it() -> None:
    """Only the first closing fence belongs to the front matter."""
    assert parse(source(body="One.\n\n---\n\nTwo."), "f.md").body == "One.\n\n---\n\nTwo."


@pytest.mark.parametrize(
    ("fields", "day", "shown"),
    [
        ({}, date(2026, 1, 1), True),
        ({"valid_from": date(2026, 1, 2)}, date(2026, 1, 1), False),
        ({"valid_from": date(2026, 1, 2)}, date(2026, 1, 2), True),
        ({"valid_until": date(2026, 1, 2)}, date(2026, 1, 2), True),
        ({"valid_until": date(2026, 1, 2)}, date(2026, 1, 3), False),
    ],
)
def test_valid_on(fields: dict[str, Any], day: date, shown: bool) -> None:
    """Both ends of the period are included."""
    assert faq(**fields).valid_on(day) is shown


def test_the_content_hash_notices_every_field() -> None:
    """Whatever a reader or the index could notice makes another revision."""
    variants = [
        faq(),
        faq(body="Another body."),
        faq(title="Another"),
        faq(audience=("buyer", "seller")),
        faq(topic="returns"),
        faq(questions=("how",)),
        faq(valid_until=date(2026, 1, 1)),
        faq(locale="es"),
    ]
    assert len({article.content_hash for article in variants}) == len(variants)
    assert faq().content_hash == faq().content_hash


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252"])
def test_another_encoding_is_named(encoding: str) -> None:
    """A file that is not UTF-8 is refused, with the line and the cure."""
    with pytest.raises(InvalidArticles) as caught:
        read_files([("f.md", source(body="One.\n\nDevolución").encode(encoding))])
    (problem,) = caught.value.problems
    assert "save it as UTF-8" in problem.message
    assert problem.line == (1 if encoding == "utf-16" else 10)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    """A file over the limit is refused without being read; one just under it is not."""
    (tmp_path / "huge.md").write_text(source(body="x " * (MAX_BYTES // 2)))
    with pytest.raises(InvalidArticles, match=r"huge\.md: is larger than 1,000,000 bytes; split"):
        read_folder(tmp_path)
    fitting = source(body="x" * (MAX_BYTES - len(source(body=""))))
    assert len(read_files([("f.md", fitting.encode())])) == 1


def test_a_folder_is_read_wholly_and_in_order(tmp_path: Path) -> None:
    """Subfolders count; README.md, hidden folders and other files do not."""
    for name in ("b.md", "es/a.md", "README.md", "es/README.md", ".git/c.md", "notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source(HEAD.replace("id: a", f"id: {Path(name).stem}")))
    assert [article.id for article in read_folder(tmp_path)] == ["b", "a"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A wrong path is an error, not an empty knowledge base that removes everything."""
    with pytest.raises(FileNotFoundError, match="is not a folder"):
        read_folder(tmp_path / "nowhere")


def test_two_files_with_one_id() -> None:
    """A duplicate names both files; the same id in another language is a translation."""
    second = ("two.md", source().encode())
    with pytest.raises(InvalidArticles, match=r"two\.md: id: `a` \(en\) is also in one\.md"):
        read_files([("one.md", source().encode()), second])
    assert len(read_files([("es.md", source(f"{HEAD}\nlocale: es").encode()), second])) == 2


def test_faults_of_all_files_come_together() -> None:
    """One broken file does not hide the next one's faults."""
    files = [("1.md", b"no"), ("2.md", source().encode()), ("3.md", source(f"{HEAD}\nfoo: 1").encode())]
    with pytest.raises(InvalidArticles) as caught:
        read_files(files)
    assert [(problem.file, problem.line, problem.field) for problem in caught.value.problems] == [
        ("1.md", 1, ""),
        ("3.md", 6, "foo"),
    ]
