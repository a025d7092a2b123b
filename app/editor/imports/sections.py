"""Sections: a long document as several articles, one for each of its chapters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.editor.imports.compose import Found, Options, compose, refused
from app.editor.imports.limits import Refused
from app.editor.imports.naming import Names, slug

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*$")
_TRIVIAL = re.compile(r"(?:table of )?contents?|índice|indice|sumário|sumario|contenido|conteúdo", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """A chapter. ``heading`` is empty for what stands before the first."""

    heading: str
    body: str


def split(markdown: str) -> list[Section]:
    """The chapters below the highest headings, when there are two of them at least; else all of it as one."""
    lines = markdown.split("\n")
    marks = [(number, _HEADING.match(line)) for number, line in enumerate(lines)]
    headings = [(number, len(found[1]), found[2]) for number, found in marks if found]
    top = min((level for _, level, _ in headings), default=0)
    tops = [(number, text) for number, level, text in headings if level == top]
    if len(tops) < 2:
        return [Section("", markdown)]
    sections = [Section("", "\n".join(lines[: tops[0][0]]).strip())]
    ends = [number for number, _ in tops[1:]] + [len(lines)]
    for (number, text), end in zip(tops, ends, strict=True):
        below = [_raised(line, top) for line in lines[number + 1 : end]]
        sections.append(Section(text, "\n".join(below).strip()))
    return [section for section in sections if section.heading or section.body]


def articles(
    name: str, title: str, markdown: str, whole: bool, names: Names, options: Options, note: str = "", locale: str = ""
) -> Iterator[Found]:
    """A document's articles, by chapter, or ``whole``."""
    sections = [Section("", markdown)] if whole else split(markdown)
    title = title or PurePosixPath(name).stem.replace("_", " ").replace("-", " ").strip()
    seen: dict[str, int] = {}
    for section in sections:
        heading = section.heading
        if _TRIVIAL.fullmatch(heading):
            continue
        place = f"{name}#{slug(heading)}" if heading else name
        times = seen[place] = seen.get(place, 0) + 1
        if times > 1:
            heading, place = f"{heading} {times}", f"{place}-{times}"
        try:
            article_id = names.id_of(name, heading)
            yield compose(place, article_id, section.heading or title, section.body, options, note, locale=locale)
        except Refused as why:
            yield refused(place, why.reason, section.heading or title)


def _raised(line: str, top: int) -> str:
    """A heading one below the chapter's becomes ``##``, where an article's headings begin."""
    found = _HEADING.match(line)
    return f"{'#' * max(2, len(found[1]) - top + 1)} {found[2]}" if found else line
