"""Articles written as files, and the public help centre turned into them."""

from datetime import date
from pathlib import Path

import pytest

from evals.article_file import to_markdown, write_folder
from evals.datasets.public import EVAL_DATA, rows
from evals.gumroad import main
from ingest.article import Article, parse, read_folder

needs_gumroad = pytest.mark.skipif(not (EVAL_DATA / "gumroad_help").is_dir(), reason="EVAL_DATA has no gumroad_help")


def test_a_written_article_reads_back_equal(tmp_path: Path) -> None:
    """Every field survives the file, those that YAML could take for something else among them."""
    article = Article(
        id="no",
        title="yes: 007 # & 'more'",
        kind="faq",
        audience=("buyer", "seller"),
        locale="pt-BR",
        topic="1e3",
        questions=("- is it on?", "2026-01-01", "null", "não: sim"),
        owner="null",
        reviewed=date(2026, 2, 28),
        review_every=30,
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
        body="Words.\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    )
    assert parse(to_markdown(article), "f.md") == article
    assert write_folder([article], tmp_path / "new") == 1
    assert read_folder(tmp_path / "new") == [article]


@needs_gumroad
def test_gumroad_becomes_a_folder_of_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All 123 documents become valid articles for the audience that the set names, and for no other."""
    assert main([str(tmp_path / "out")]) == 0
    assert "123 articles" in capsys.readouterr().out
    written = {article.id: article for article in read_folder(tmp_path / "out")}
    documents = rows("gumroad_help/documents.jsonl")
    assert {name: article.audience for name, article in written.items()} == {
        row["id"]: (row["audience"],) for row in documents
    }
    assert all(written[row["id"]].body.split() == row["text"].split() for row in documents)


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--help"]])
def test_wrong_use_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Anything but one folder is answered with the usage and exit code 2."""
    assert main(arguments) == 2
    assert "usage: python -m evals.gumroad FOLDER" in capsys.readouterr().err
