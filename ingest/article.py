"""Article: one Markdown file with front matter, parsed and validated."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from ingest.errors import InvalidArticles, Problem

Kind = Literal["faq", "sop"]
Audience = Literal["buyer", "seller", "agent"]

MAX_BYTES = 1_000_000
MAX_FRONT_MATTER = 200_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
MAX_DEPTH = 20
_DASHES = re.compile(r"\s*(?:[-?:]\s+){20}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _one_line(text: str) -> str:
    return " ".join(text.split())


SLUG = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")
"""An article's id, or the name of a topic."""
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), AfterValidator(_one_line)
]


class Article(BaseModel):
    """What an editor wrote. ``(id, locale)`` names it; a translation has its source's ``id``."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    id: Slug
    title: Annotated[Line, Field(max_length=300)]
    kind: Kind
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)]
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en"
    topic: Slug = "general"
    questions: tuple[Line, ...] = ()
    owner: Line | None = None
    reviewed: date | None = None
    review_every: Annotated[int, Field(ge=1, le=3650)] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> "Article":
        audience = set(self.audience)
        if len(audience) != len(self.audience):
            raise ValueError("audience: names the same readers twice; keep each once")
        if self.kind == "sop" and audience != {"agent"}:
            raise ValueError("audience: an SOP is for agents only; write `audience: [agent]`")
        if self.kind == "faq" and "agent" in audience:
            raise ValueError("audience: a FAQ is for buyers or sellers; write `[buyer]`, `[seller]` or both")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until: lies before valid_from; swap or correct the dates")
        return self

    @property
    def key(self) -> tuple[str, str]:
        """What no two articles share."""
        return self.id, self.locale

    @property
    def content_hash(self) -> str:
        """sha256 over everything that a reader or the index could notice; equal texts are one revision."""
        fields = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(fields.encode()).hexdigest()

    def valid_on(self, day: date) -> bool:
        """Whether the article may be shown on ``day``, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def parse(text: str, file: str) -> Article:
    """The article in ``text``; ``file`` is only named in errors.

    Raises InvalidArticles, with file, line and field of every fault found.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if bad := _CONTROL.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        raise InvalidArticles([Problem(file, line, "", f"holds the control character {bad[0]!r}; delete it")])
    opening = _FENCE.match(text)
    closing = _FENCE.search(text, opening.end()) if opening else None
    if not opening or not closing:
        raise InvalidArticles([Problem(file, 1, "", "has no front matter; begin with `---`, fields, `---`")])
    fields, lines = _front_matter(text[opening.end() : closing.start()], file)
    if "body" in fields:
        raise InvalidArticles([Problem(file, lines["body"], "body", "is no field; write the text below the `---`")])
    body_line = text.count("\n", 0, closing.end()) + 2
    try:
        return Article.model_validate({**fields, "body": text[closing.end() :]})
    except ValidationError as error:
        problems = [_problem(file, lines, body_line, entry) for entry in error.errors()]
        raise InvalidArticles(sorted(problems, key=lambda problem: problem.line)) from None


def read_folder(folder: Path) -> list[Article]:
    """Every article below ``folder`` (all ``*.md`` but README.md), sorted by path.

    Raises InvalidArticles naming every fault in every file, or FileNotFoundError when there is no such folder.
    """
    return read_files(folder_files(folder))


def folder_files(folder: Path) -> list[tuple[str, bytes]]:
    """``(name, content)`` of every article's file, sorted by path; of one that is too large only that it is."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not a folder")
    files: list[tuple[str, bytes]] = []
    for path in sorted(folder.rglob("*.md")):
        if path.name == "README.md" or any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        files.append((str(path), path.read_bytes() if path.stat().st_size <= MAX_BYTES else b"\0" * (MAX_BYTES + 1)))
    return files


def read_files(files: Iterable[tuple[str, bytes]]) -> list[Article]:
    """The articles in ``(name, content)`` pairs. Raises InvalidArticles naming every fault in every file."""
    articles: list[Article] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], str] = {}
    for name, content in files:
        try:
            article = parse(text_of(content, name), name)
        except InvalidArticles as error:
            problems.extend(error.problems)
            continue
        if first := seen.get(article.key):
            message = f"`{article.id}` ({article.locale}) is also in {first}; an id names one article"
            problems.append(Problem(name, 0, "id", message))
        seen[article.key] = name
        articles.append(article)
    if problems:
        raise InvalidArticles(problems)
    return articles


def text_of(content: bytes, file: str) -> str:
    """The text of a file. Raises InvalidArticles when it is too large or no UTF-8."""
    if len(content) > MAX_BYTES:
        raise InvalidArticles([Problem(file, 0, "", f"is larger than {MAX_BYTES:,} bytes; split it into articles")])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidArticles([Problem(file, line, "", "is not UTF-8 text; save it as UTF-8")]) from None


def _front_matter(source: str, file: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Field values, and the line that each field stands on."""
    if len(source) > MAX_FRONT_MATTER:
        raise InvalidArticles([Problem(file, 1, "", f"front matter is longer than {MAX_FRONT_MATTER:,} characters")])
    lines: dict[str, int] = {}
    if deep := _too_deep(source):
        raise InvalidArticles([Problem(file, deep, _field_at(source, deep), "is nested too deep; write a plain value")])
    loader = _Loader(source)
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise InvalidArticles([Problem(file, 1, "", "front matter must be lines of `field: value`")])
        for key, _ in root.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise InvalidArticles([Problem(file, line, "", "front matter must be lines of `field: value`")])
            if key.value in lines:
                raise InvalidArticles([Problem(file, line, str(key.value), "stands twice; keep one")])
            lines[str(key.value)] = line
        _refuse_aliases(root, set())
        loaded = {key.value: _value(loader, key, value) for key, value in root.value}
    except yaml.MarkedYAMLError as error:
        in_quotes = (error.context or "").startswith("while scanning a quoted")
        mark = error.context_mark if in_quotes and error.context_mark else error.problem_mark
        line = mark.line + 1 if mark else 1
        message = f"front matter is not valid YAML: {error.problem}; quote values that hold `: ` or `#`"
        raise InvalidArticles([Problem(file, line, _field_at(source, line), message)]) from None
    except yaml.YAMLError as error:
        message = f"front matter is not valid YAML: {' '.join(str(error).split())}"
        raise InvalidArticles([Problem(file, 1, "", message)]) from None
    return {str(name): value for name, value in loaded.items()}, lines


def _value(loader: Any, key: yaml.Node, value: yaml.Node) -> Any:
    """What a field's value says in Python. Whatever a tag makes of nonsense is a fault at that field."""
    try:
        return loader.construct_object(value, deep=True)
    except yaml.MarkedYAMLError:
        raise
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise yaml.MarkedYAMLError(problem=f"{error}", problem_mark=key.start_mark) from error


def _too_deep(source: str) -> int:
    """The line on which nesting passes MAX_DEPTH, or 0. The YAML parser recurses, and would take the process along."""
    depth = 0
    may_nest = source.count("[") + source.count("{") > MAX_DEPTH
    for number, line in enumerate(source.split("\n"), 1):
        for char in line if may_nest else ():
            depth += (char in "[{") - (char in "]}")
            if depth > MAX_DEPTH:
                return number
        if len(line) - len(line.lstrip()) > 10 * MAX_DEPTH or _DASHES.match(line):
            return number
    return 0


def _refuse_aliases(node: yaml.Node, seen: set[int]) -> None:
    """Aliases let a small file grow without bound; no article needs them."""
    if id(node) in seen:
        raise yaml.MarkedYAMLError(problem="aliases (`*name`) are not allowed", problem_mark=node.start_mark)
    seen.add(id(node))
    if isinstance(node, yaml.CollectionNode):
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                _refuse_aliases(part, seen)


def _field_at(source: str, line: int) -> str:
    for text in reversed(source.split("\n")[:line]):
        if found := re.match(r"([A-Za-z_]\w*)\s*:", text):
            return found[1]
    return ""


def _problem(file: str, lines: dict[str, int], body_line: int, entry: Any) -> Problem:
    location = [str(part) for part in entry["loc"]]
    message = str(entry["msg"]).removeprefix("Value error, ")
    if not location:
        field, _, message = message.partition(": ")
        return Problem(file, lines.get(field, 1), field, message)
    field = location[0]
    if field == "body":
        return Problem(file, body_line, "body", "is empty; write the answer below the front matter")
    if entry["type"] == "extra_forbidden":
        known = ", ".join(name for name in Article.model_fields if name != "body")
        message = f"is not a known field; known are {known}"
    elif entry["type"] == "missing":
        message = f"is missing; add a line `{field}: ...` to the front matter"
    elif field == "id" and entry["type"] == "string_pattern_mismatch":
        message = "must be a slug: letters, digits, `-`, `_` and `.`, at most 120"
    elif field == "locale" and entry["type"] == "string_pattern_mismatch":
        message = "must be a language such as `en`, `es` or `pt-BR`"
    return Problem(file, lines.get(field, 1), ".".join(location), message)
