"""Golden questions: what editors want answered, and what not, in ``golden.jsonl`` of a knowledge folder."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from ingest.errors import InvalidArticles, Problem

FILE = "golden.jsonl"
GoldenKind = Literal[
    "answerable", "unanswered", "off_topic", "sensitive", "person", "follow_up", "other_side", "smalltalk"
]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]


class GoldenTurn(BaseModel):
    """An earlier message of the conversation that the question was asked in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Literal["user", "assistant"]
    text: str


class GoldenRow(BaseModel):
    """One line: a message as a person writes it, and every article that answers it (none: no article does).

    ``topic`` is the case for people that a ``sensitive`` one is; ``facts`` are words that a right answer holds, such as
    ``14 days``: the publish gate stops an edit that loses one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Text
    kind: GoldenKind = "answerable"
    text: _Text
    relevant: frozenset[_Text] = frozenset()
    audience: Literal["buyer", "seller"] = "buyer"
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(?:-[A-Z]{2})?$")] = "en"
    history: tuple[GoldenTurn, ...] = ()
    topic: str = ""
    facts: tuple[_Text, ...] = ()


def parse_golden(content: bytes | str, name: str) -> list[GoldenRow]:
    """The questions of a file. Raises InvalidArticles with file, line and field of every faulty line."""
    rows: list[GoldenRow] = []
    problems: list[Problem] = []
    lines = (content.encode() if isinstance(content, str) else content).splitlines()
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = GoldenRow.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            field = ".".join(map(str, fault["loc"])) or "line"
            problems.append(Problem(name, number, field, f"{fault['msg']}; see knowledge/README.md"))
            continue
        if row.kind in ("answerable", "follow_up") and not row.relevant:
            problems.append(Problem(name, number, "relevant", "is empty; name the articles that answer it"))
        if row.id in seen:
            problems.append(Problem(name, number, "id", f"`{row.id}` stands twice; give each question its own"))
        seen.add(row.id)
        rows.append(row)
    if problems:
        raise InvalidArticles(problems)
    return rows


def read_golden(folder: Path) -> list[GoldenRow]:
    """The questions of a knowledge folder; none when it has no such file."""
    file = folder / FILE
    return parse_golden(file.read_bytes(), str(file)) if file.is_file() else []
