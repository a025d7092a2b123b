"""Markdown: the report for terminals, reviews and diffs."""

from collections.abc import Iterator, Sequence

from evals.page.chapter import Chapter, Claim, Table


def markdown(title: str, said: str, chapters: Sequence[Chapter]) -> str:
    """The whole report; drawings are in the page only, and their captions say what they show."""
    claims = [claim for chapter in chapters for claim in chapter.claims]
    lines = [f"# {title}", "", said, ""]
    if claims:
        lines += ["## What must hold", "", *_table(claims_table(claims)), ""]
    for chapter in chapters:
        lines += [f"## {chapter.title}", ""]
        lines += [line for paragraph in chapter.text for line in (paragraph, "")]
        for table in chapter.tables:
            lines += ([table.caption, ""] if table.caption else []) + [*_table(table), ""]
        lines += [line for chart in chapter.charts for line in (f"- (drawn in the page) {chart.caption}",)]
        lines += [""] if chapter.charts else []
    return "\n".join(lines).rstrip() + "\n"


def claims_table(claims: Sequence[Claim]) -> Table:
    """Claims as rows."""
    rows = [[claim.what, claim.target, claim.found, "yes" if claim.holds else "**no**"] for claim in claims]
    return Table(["what", "target", "found", "holds"], rows)


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(table.head)} |"
    yield f"|{'---|' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
