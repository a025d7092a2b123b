"""The golden questions: whole, distinct, about articles that exist; and their loader."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from app.answer.types import HistoryTurn
from evals.datasets import golden as dataset
from evals.datasets.golden import GoldenQuestion, Kind, golden, split_of
from ingest.article import Article, read_folder
from ingest.lexical import fold
from ingest.topics import Topics, read_topics

ANSWERED = {"answerable", "follow_up"}
ROW: dict[str, Any] = {
    "id": "one",
    "kind": "answerable",
    "text": "where is it",
    "relevant": ["order-track"],
    "audience": "buyer",
    "locale": "en",
}


@cache
def questions() -> tuple[GoldenQuestion, ...]:
    """All of them, read once."""
    return tuple(golden())


@pytest.fixture(scope="module")
def articles(knowledge_source: Path) -> list[Article]:
    """Every article of ours, in every language."""
    return read_folder(knowledge_source)


@pytest.fixture(scope="module")
def topics(knowledge_source: Path) -> Topics:
    """Our topics."""
    return read_topics(knowledge_source)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the loader reads from."""
    monkeypatch.setattr(dataset, "FOLDER", tmp_path)
    monkeypatch.setattr(dataset, "KNOWLEDGE", tmp_path / "knowledge")
    return tmp_path


def write(path: Path, *rows: dict[str, Any]) -> None:
    """A file of rows, one a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def folded(text: str) -> str:
    """What is equal to a reader: case, accents, punctuation and spaces left out."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def test_there_are_enough_of_each() -> None:
    """At least 600, every kind and every language among them."""
    assert len(questions()) >= 600
    assert Counter(question.kind for question in questions()).keys() == set(get_args(Kind))
    assert Counter(question.locale for question in questions()).keys() == {"en", "es", "pt-BR"}


def test_no_two_are_the_same() -> None:
    """Neither by id nor by text."""
    for values in ([q.id for q in questions()], [folded(q.text) for q in questions()]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_relevant_articles_can_be_read(articles: list[Article]) -> None:
    """Each exists and is written for those who ask."""
    readers = {article.id: article.audience for article in articles if article.kind == "faq"}
    wrong = [
        (question.id, article)
        for question in questions()
        for article in sorted(question.relevant)
        if question.audience not in readers.get(article, ())
    ]
    assert wrong == []


def test_questions_in_other_languages_have_an_answer_in_them(articles: list[Article]) -> None:
    """Something that answers a Spanish question is written in Spanish, and so for Portuguese."""
    written = {article.key for article in articles}
    wrong = [
        question.id
        for question in questions()
        if question.relevant and not any((article, question.locale) in written for article in question.relevant)
    ]
    assert wrong == []


def test_every_article_is_asked_for(articles: list[Article]) -> None:
    """By each audience that may read it."""
    asked = {(article, question.audience) for question in questions() for article in question.relevant}
    readable = {(article.id, reader) for article in articles if article.kind == "faq" for reader in article.audience}
    assert sorted(readable - asked) == []


def test_what_belongs_to_a_kind() -> None:
    """Articles where there is an answer and nowhere else, history before a follow-up, a topic for a sensitive case."""
    for question in questions():
        assert bool(question.relevant) == (question.kind in ANSWERED), question.id
        assert bool(question.topic) == (question.kind == "sensitive"), question.id
        if question.kind == "follow_up":
            assert question.history, question.id
        if question.history:
            assert [turn.role for turn in question.history] == ["user", "assistant"] * (len(question.history) // 2)


def test_sensitive_cases_cover_the_topics_of_people(topics: Topics) -> None:
    """Each names a topic that always goes to a person, and every such topic is named."""
    always = {slug for slug, topic in topics.topics.items() if topic.always_human}
    assert {question.topic for question in questions() if question.kind == "sensitive"} == always


def test_both_splits_are_large() -> None:
    """Either has at least 40 % of all, and together they are all."""
    dev, test = golden("dev"), golden("test")
    assert {question.id for question in (*dev, *test)} == {question.id for question in questions()}
    assert len(dev) + len(test) == len(questions())
    assert min(len(dev), len(test)) >= 0.4 * len(questions())


def test_what_is_tuned_sees_no_article_of_the_test_side() -> None:
    """Every article of a dev question lies on the dev side; a test question has one at least on its own."""
    dev = {article for question in golden("dev") for article in question.relevant}
    assert dev
    assert all(split_of("", frozenset({article})) == "dev" for article in dev)
    assert all(question.relevant - dev for question in golden("test") if question.relevant)


def test_nobody_asks_in_words_that_are_known(articles: list[Article], topics: Topics) -> None:
    """No text equals a question or title of an article, or a phrase of a sensitive topic."""
    known = {folded(phrase) for article in articles for phrase in (article.title, *article.questions)}
    known |= {folded(phrase) for _, phrase in topics.sensitive_phrases()}
    assert [question.id for question in questions() if folded(question.text) in known] == []


def test_a_row_becomes_a_question(folder: Path) -> None:
    """Every field is read; files are taken in the order of their names."""
    history = [{"role": "user", "text": "hi"}, {"role": "assistant", "text": "Hello!"}]
    write(folder / "b.jsonl", ROW)
    write(
        folder / "a.jsonl",
        {**ROW, "id": "two", "kind": "follow_up", "text": " ¿y\u2028eso? ", "locale": "es", "history": history},
        {**ROW, "id": "three", "kind": "sensitive", "relevant": [], "topic": "fraud", "audience": "seller"},
    )
    (folder / "notes.txt").write_text("not read")
    two, three, one = golden()
    assert (one.id, two.id, three.id) == ("one", "two", "three")
    assert two == GoldenQuestion(
        id="two",
        kind="follow_up",
        text="¿y\u2028eso?",
        relevant=frozenset({"order-track"}),
        audience="buyer",
        locale="es",
        history=(HistoryTurn(role="user", text="hi"), HistoryTurn(role="assistant", text="Hello!")),
        split=one.split,
    )
    assert (three.topic, three.audience, three.relevant, one.history) == ("fraud", "seller", frozenset(), ())


def test_the_split_hangs_on_every_article() -> None:
    """sha256 of a is ca…, of b 3e… and of c 2e…: a lies in test, b and c in dev; without articles the id counts."""
    assert split_of("b", frozenset({"a", "b"})) == split_of("a", frozenset()) == "test"
    assert split_of("a", frozenset({"b", "c"})) == split_of("b", frozenset()) == "dev"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "Invalid JSON"),
        ("[]", "object"),
        (json.dumps({**ROW, "kind": "riddle"}), "kind: "),
        (json.dumps({**ROW, "relevent": []}), "relevent: "),
        (json.dumps({**ROW, "text": " \t"}), "text: "),
        (json.dumps({**ROW, "locale": "portuguese"}), "locale: "),
        (json.dumps({**ROW, "audience": "agent"}), "audience: "),
        (json.dumps({**ROW, "history": [{"role": "bot", "text": "hi"}]}), r"history\.0\.role: "),
        (json.dumps({key: value for key, value in ROW.items() if key != "relevant"}), "relevant: "),
        (json.dumps(ROW), "id: `one` stands twice"),
    ],
)
def test_a_faulty_line_is_named(folder: Path, line: str, fault: str) -> None:
    """With its file, its number and the field at fault."""
    (folder / "a.jsonl").write_text(json.dumps(ROW) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"a\.jsonl:2: .*{fault}"):
        golden()


def test_a_line_that_is_no_utf8_is_named(folder: Path) -> None:
    """Bytes of another encoding are a faulty line like any other."""
    (folder / "a.jsonl").write_bytes(json.dumps(ROW).encode() + b"\n" + '{"text": "¿qué?"}'.encode("latin-1"))
    with pytest.raises(ValueError, match=r"a\.jsonl:2: "):
        golden()
