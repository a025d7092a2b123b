"""Article text: the Markdown file of an article written, and one field of it changed with the rest as it was."""

import json
import re
from typing import Any

import yaml

from ingest.article import SLUG, Article

ORDER = (
    "id",
    "title",
    "kind",
    "audience",
    "locale",
    "topic",
    "questions",
    "owner",
    "reviewed",
    "review_every",
    "valid_from",
    "valid_until",
)
"""Of fields in the front matter."""
BARE = ("reviewed", "review_every", "valid_from", "valid_until")
"""Dates and numbers."""
_FRONT = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^(?P<name>[A-Za-z_]\w*)[ \t]*:", re.MULTILINE)
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def render(article: Article) -> str:
    """A file that parses to ``article``, laid out as ours are."""
    fields = article.model_dump(mode="json")
    lines = ["---"]
    for name in ORDER:
        value = fields[name]
        if name == "questions" and value:
            lines += ["questions:", *(f"  - {_scalar(question)}" for question in value)]
        elif value not in (None, [], ()):
            lines.append(f"{name}: {_value(name, value)}")
    return "\n".join([*lines, "---", "", article.body, ""])


def with_field(text: str, name: str, value: Any) -> str:
    """``text`` with the field ``name`` set to a plain value, or left out with None; nothing else changes.

    Raises ValueError when there is no front matter to change.
    """
    found = _FRONT.match(text)
    if not found:
        raise ValueError("has no front matter; begin with `---`, fields, `---`")
    front = found[2]
    line = "" if value is None else f"{name}: {_value(name, value)}\n"
    starts = list(_FIELD.finditer(front))
    for number, match in enumerate(starts):
        if match["name"] == name:
            end = starts[number + 1].start() if number + 1 < len(starts) else len(front)
            return text[: found.start(2)] + front[: match.start()] + line + front[end:] + text[found.end(2) :]
    return text[: found.end(2)] + line + text[found.end(2) :]


def key_in(text: str) -> tuple[str | None, str]:
    """The id and locale that a text names, also when it is no article yet."""
    found = _FRONT.match(text)
    values = dict(re.findall(r"^(id|locale)[ \t]*:[ \t]*[\"']?([^\s\"'#]+)", found[2] if found else "", re.MULTILINE))
    article_id, locale = values.get("id", ""), values.get("locale", "")
    return (
        article_id if SLUG.fullmatch(article_id) else None,
        locale if _LOCALE.fullmatch(locale) else "en",
    )


def _value(name: str, value: Any) -> str:
    if name in BARE:
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Plain where YAML reads it back as the same text, also within a list; else quoted."""
    try:
        if yaml.safe_load(f"a: {text}") == {"a": text} and yaml.safe_load(f"[{text}]") == [text]:
            return text
    except yaml.YAMLError:
        pass
    return json.dumps(text, ensure_ascii=False)
