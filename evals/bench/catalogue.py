"""Catalogue: what the generated help centre is about, read from ``catalogue.txt``.

A paragraph is a subject: ``slug | topic | title``, the opening sentence, then facts (``-``), phrasings that stand in
the article (``?``) and phrasings kept for visitors (``=``). ``{p}`` is the kind of product (``{P}`` with a capital),
``{d}`` days, ``{w}`` a longer period in days, ``{m}`` an amount of money, ``{c}`` a percentage.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Audience

FILE = Path(__file__).with_name("catalogue.txt")
_SECTION = re.compile(r"^\[([a-z ]+)\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about."""

    slug: str
    audience: tuple[Audience, ...]
    topic: str
    title: str
    lead: str
    facts: tuple[str, ...]
    known: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every subject meets every product."""

    products: tuple[str, ...]
    subjects: tuple[Subject, ...]


def read_catalogue() -> Catalogue:
    """The catalogue that ships."""
    _, *pieces = _SECTION.split(FILE.read_text(encoding="utf-8"))
    sections = dict(zip(pieces[::2], pieces[1::2], strict=True))
    products = tuple(" ".join(sections.pop("products").split()).split(", "))
    subjects: list[Subject] = []
    for audiences, text in sections.items():
        readers: tuple[Audience, ...] = tuple(a for a in ("buyer", "seller") if a in audiences.split())
        subjects += [_subject(readers, paragraph) for paragraph in text.strip().split("\n\n")]
    return Catalogue(products, tuple(subjects))


def _subject(audience: tuple[Audience, ...], paragraph: str) -> Subject:
    head, lead, *rest = paragraph.split("\n")
    slug, topic, title = head.split(" | ")
    facts, known, asked = (tuple(line[2:] for line in rest if line.startswith(f"{mark} ")) for mark in "-?=")
    return Subject(slug, audience, topic, title, lead, facts, known, asked)
