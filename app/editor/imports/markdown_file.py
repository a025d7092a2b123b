"""Markdown file: an article already, or one that lacks some of what ours say of themselves."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from app.editor.imports.compose import Found, Options, compose, from_text, joined
from app.editor.imports.naming import Names, locale_in
from ingest.article import SLUG, Article
from ingest.article_text import ORDER

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_OURS = ("id", "kind", "audience")
"""Fields that only articles of ours have: a file that says one of them is held to all the rules."""
_TAKEN_OVER = tuple(name for name in ORDER if name not in _OURS)
_ALSO = {"lang": "locale", "language": "locale", "category": "topic"}
MAX_FRONT = 20_000


def read_markdown(name: str, text: str, names: Names, options: Options, note: str = "") -> Found:
    """The article in a file. Raises Refused with the faults of one that means to be ours and is not right."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    fields = _fields(front[1]) if front else {}
    if front and (fields is None or any(field in fields for field in _OURS)):
        return from_text(name, text, note)
    body = text[front.end() :] if front else text
    given = {_ALSO.get(field, field): value for field, value in (fields or {}).items()}
    left_out = sorted(field for field in given if field not in Article.model_fields)
    if left_out:
        note = joined(note, f"left out of the front matter: {', '.join(left_out)[:200]}")
    kept: dict[str, Any] = {field: given[field] for field in _TAKEN_OVER if given.get(field)}
    title = str(kept.pop("title", ""))
    if heading := _HEADING.match(body):
        title = title or heading[1]
        body = body[heading.end() :]
    if "topic" in kept and not SLUG.fullmatch(str(kept["topic"])):
        kept.pop("topic")
    if isinstance(kept.get("questions"), str):
        kept["questions"] = [kept["questions"]]
    kept["locale"] = str(kept.get("locale", "")) or options.locale or locale_in(name)
    article_id = names.id_of(name)
    return compose(name, article_id, title or _title_of(article_id), _shifted(body), options, note, **kept)


def _fields(source: str) -> Mapping[str, Any] | None:
    """Of a front matter; None when it is none, whose faults the parser of articles names better."""
    if len(source) > MAX_FRONT or "&" in source or "*" in source:
        return None
    try:
        loaded = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict) or len(set(map(str, loaded))) != len(loaded):
        return None
    names = re.findall(r"^([A-Za-z_]\w*)[ \t]*:", source, re.MULTILINE)
    return {str(key): value for key, value in loaded.items()} if len(set(names)) == len(names) else None


def _shifted(body: str) -> str:
    """Headings one level lower when the text has a ``#`` of its own beside the title."""
    fenced = False
    lines = body.split("\n")
    if not any(re.match(r"#[ \t]", line) for line in lines):
        return body
    for number, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if not fenced and re.match(r"#{1,5}[ \t]", line):
            lines[number] = f"#{line}"
    return "\n".join(lines)


def _title_of(article_id: str) -> str:
    return re.sub(r"^\d+[-_.]?", "", article_id).replace("-", " ").replace("_", " ").strip().capitalize() or article_id
