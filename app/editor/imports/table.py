"""Table: a CSV of questions and answers."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.editor.imports.compose import Found, Options, compose, refused
from app.editor.imports.limits import MAX_ITEMS, Refused
from app.editor.imports.naming import Names, slug
from app.editor.imports.pages import parse_fragment, to_markdown
from ingest.article import SLUG

_NAMES = {
    "question": "question questions q title pregunta preguntas pergunta perguntas titulo título".split(),
    "answer": "answer answers a response reply text body respuesta respuestas resposta respostas".split(),
    "topic": "topic category tema categoría categoria tópico topico".split(),
    "audience": "audience público publico".split(),
    "locale": "locale language lang idioma".split(),
    "id": "id slug".split(),
}
_COLUMNS = {said: field for field, words in _NAMES.items() for said in words}
_HTML = re.compile(r"</?(?:p|br|a|b|i|ul|ol|li|div|span|strong|em|h\d|table)\b[^>]*>", re.IGNORECASE)
MAX_CELL = 1_000_000
SAMPLE = 20_000


@dataclass
class _Answer:
    """One article: an answer, and all questions that lead to it. ``row`` counts as a spreadsheet does."""

    row: int
    text: str
    fields: dict[str, str]
    questions: list[str] = field(default_factory=list)


def read_table(name: str, text: str, names: Names, options: Options, note: str = "") -> Iterator[Found]:
    """An article for each answer; rows with the same answer are further ways to ask for it.

    Raises Refused for a file without a header.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True)
    answers: dict[tuple[str, ...], _Answer] = {}
    asked: dict[tuple[str, str], int] = {}
    columns: list[str] = []
    try:
        for number, cells in enumerate(reader, 1):
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _header(cells)
                continue
            reason = _add(number, dict(zip(columns, (cell.strip() for cell in cells), strict=False)), answers, asked)
            if reason:
                yield refused(f"{name}#row-{number}", reason)
            if number > MAX_ITEMS:
                raise Refused(f"has more than {MAX_ITEMS:,} rows; split it")
    except csv.Error as error:
        raise Refused(f"line {reader.line_num}: {error}; check its quotes") from None
    if not columns:
        raise Refused("is empty")
    for answer in answers.values():
        yield _article(name, answer, names, options, note)


def _dialect(text: str) -> type[csv.Dialect] | csv.Dialect:
    class Plain(csv.excel):
        delimiter = max(",;\t|", key=text[:SAMPLE].partition("\n")[0].count)

    return Plain


def _header(cells: list[str]) -> list[str]:
    columns = [_COLUMNS.get(cell.strip().lower(), f"?{number}") for number, cell in enumerate(cells)]
    if "question" not in columns or "answer" not in columns:
        raise Refused("has no header; name its columns `question` and `answer` in the first line")
    return columns


def _add(
    number: int, row: dict[str, str], answers: dict[tuple[str, ...], _Answer], asked: dict[tuple[str, str], int]
) -> str:
    """Take a row in; or why not."""
    question, answer = " ".join(row.get("question", "").split()), row.get("answer", "")
    if not question or not answer:
        return f"row {number} has no {'answer' if question else 'question'}"
    fields = {name: row.get(name, "") for name in ("topic", "audience", "locale", "id")}
    again = (question.casefold(), fields["locale"])
    key = (" ".join(answer.split()), *fields.values())
    if first := asked.get(again):
        same = key in answers and any(question.casefold() == one.casefold() for one in answers[key].questions)
        return (
            f"row {number} says the same as row {first}"
            if same
            else (f"row {number} gives another answer to the question of row {first}; keep one")
        )
    asked[again] = number
    answers.setdefault(key, _Answer(number, answer, fields)).questions.append(question)
    return ""


def _article(name: str, answer: _Answer, names: Names, options: Options, note: str) -> Found:
    title, *others = answer.questions
    place = f"{name}#{slug(title)}"
    try:
        fields: dict[str, object] = {"questions": others, "locale": answer.fields["locale"]}
        if topic := answer.fields["topic"]:
            fields["topic"] = topic if SLUG.fullmatch(topic) else re.sub(r"\W+", "-", topic.lower()).strip("-")
        if audience := answer.fields["audience"]:
            fields["audience"] = re.findall(r"[a-z]+", audience.lower())
        body = answer.text
        if _HTML.search(body):
            body = to_markdown(parse_fragment(body), lambda href: href)
        article_id = answer.fields["id"] or names.id_of(name, title)
        found = compose(place, article_id, title, body, options, note, **fields)
    except Refused as why:
        return refused(place, why.reason, title)
    return found
