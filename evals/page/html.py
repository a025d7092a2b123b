"""HTML: the report as one page that needs nothing else, readable on a phone, light or dark as the reader's device."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from evals.page.chapter import Chapter


def html(title: str, said: str, chapters: Sequence[Chapter]) -> str:
    """The whole page. Cells and text are escaped; drawings were when they were made."""
    here = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=here, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)
    environment.filters["drawing"] = Markup
    claims = [claim for chapter in chapters for claim in chapter.claims]
    return environment.get_template("page.html").render(title=title, said=said, chapters=chapters, claims=claims)
