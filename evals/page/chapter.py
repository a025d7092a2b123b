"""Chapter: a part of the report, whatever it is written as."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Claim:
    """Something that must hold, what was found, and whether it does."""

    what: str
    target: str
    found: str
    holds: bool


@dataclass(frozen=True)
class Table:
    """Cells as text; the first column names the row."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing as inline SVG, and in words what it shows."""

    svg: str
    caption: str


@dataclass(frozen=True)
class Chapter:
    """``text`` are paragraphs."""

    title: str
    text: Sequence[str] = ()
    tables: Sequence[Table] = ()
    charts: Sequence[Chart] = ()
    claims: Sequence[Claim] = field(default=())
