"""Compose: what a converter found, as an article's file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import yaml

from app.answer.language import SUPPORTED, detect
from app.editor.imports.limits import Refused
from ingest.article import MAX_BYTES, Article, parse
from ingest.errors import InvalidArticles

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_TITLE = 300
MAX_QUESTION = 2_000


@dataclass(frozen=True)
class Options:
    """What the editor chose for the articles that do not say it themselves. No ``locale``: it is detected."""

    audience: tuple[str, ...] = ("buyer", "seller")
    locale: str = ""
    topic: str = "general"


@dataclass(frozen=True)
class Found:
    """One article, or what was refused and why. ``name`` is its source: a file, an address, a heading or row in it.

    ``reason`` of one that is not refused says what was done to it. ``stated`` are the fields that the source itself
    says, the others were chosen for it; none when the whole file is an article. ``source_hash`` is of what it says.
    """

    name: str
    title: str = ""
    article_id: str = ""
    locale: str = ""
    text: str = ""
    content_hash: str = ""
    source_hash: str = ""
    reason: str = ""
    stated: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        return not self.text

    def as_json(self) -> dict[str, Any]:
        """For the pipe."""
        return asdict(self)


def refused(name: str, reason: str, title: str = "") -> Found:
    """What could not be read."""
    return Found(name, title=title, reason=reason)


def compose(
    name: str, article_id: str, title: str, body: str, options: Options, note: str = "", **fields: Any
) -> Found:
    """The article of these parts; ``fields`` override the options. Raises Refused when it is none."""
    title = " ".join(title.split()) or article_id
    if not body.strip():
        raise Refused("holds no text")
    if len(title) > MAX_TITLE:
        title, note = title[: MAX_TITLE - 1] + "…", joined(note, "its title was too long and is cut")
    locale = fields.pop("locale", "") or options.locale or detect(f"{title}\n{body}"[:4_000], "en")
    front = {
        "id": article_id,
        "title": title,
        "kind": "faq",
        "audience": list(options.audience),
        "locale": locale_of(locale),
        "topic": options.topic,
        **fields,
    }
    found = from_text(name, render(front, body), note)
    said = {field: value for field, value in fields.items() if value}
    source = json.dumps([title, body, locale_of(locale), said], sort_keys=True, default=str)
    return replace(found, source_hash=_hash(source), stated=("title", "body", *said))


def merged(found: Found, current: Article) -> Found:
    """An update of ``current``: what the source does not say stays as editors have it, and so do their phrasings."""
    if not found.stated:
        return found
    new = parse(found.text, found.name)
    changes: dict[str, Any] = {field: getattr(new, field) for field in found.stated}
    changes["questions"] = tuple(dict.fromkeys((*new.questions, *current.questions)))
    fields = current.model_copy(update=changes).model_dump(mode="json")
    try:
        whole = from_text(found.name, render(fields, fields.pop("body")), found.reason)
    except Refused as why:
        return refused(found.name, why.reason, found.title)
    return replace(whole, source_hash=found.source_hash, stated=found.stated)


def locale_of(said: str) -> str:
    """A language tag as articles have it: ``pt`` and ``pt_br`` are ``pt-BR``; unknown ones stay, for the check."""
    language, _, region = said.replace("_", "-").partition("-")
    ours = {known.partition("-")[0]: known for known in SUPPORTED}
    if language.lower() in ours:
        return ours[language.lower()]
    return f"{language.lower()}-{region.upper()}" if len(region) == 2 else language.lower()


def from_text(name: str, text: str, note: str = "") -> Found:
    """The article that a whole file is. Raises Refused with its first faults."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise Refused(f"is larger than {MAX_BYTES:,} bytes; split it into articles")
    try:
        article: Article = parse(text, name)
    except InvalidArticles as error:
        faults = [f"line {one.line}: {one.field} {one.message}".replace("  ", " ") for one in error.problems]
        raise Refused("; ".join(faults[:3])) from None
    digest = article.content_hash
    return Found(name, article.title, article.id, article.locale, text, digest, digest, note)


def render(front: Mapping[str, Any], body: str) -> str:
    """The file of an article with these fields, those without a value left out."""
    lines = ["---"]
    for field, value in front.items():
        if field == "questions" and value:
            lines += ["questions:", *(f"  - {_scalar(question[:MAX_QUESTION])}" for question in value)]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            if value:
                lines.append(f"{field}: [{', '.join(_scalar(one) for one in value)}]")
        elif value not in (None, ""):
            lines.append(f"{field}: {_scalar(str(value))}")
    return "\n".join([*lines, "---", "", body.strip(), ""])


def joined(*notes: str) -> str:
    """Several notes as one."""
    return "; ".join(note for note in notes if note)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _scalar(text: str) -> str:
    """Plain where YAML reads it back as the same text, also within brackets; else in quotes."""
    try:
        if _load(f"a: {text}") == {"a": text} and _load(f"[{text}]") == [text]:
            return text
    except yaml.YAMLError:
        pass
    return json.dumps(text, ensure_ascii=False)


def _load(text: str) -> Any:
    return yaml.load(text, _Loader)  # noqa: S506  a safe loader, by libyaml
