"""``baton eval``: sites answered by the real answerer without a model, graded, and the proofs; Markdown and a page."""

import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table as Grid

from app.errors import InvalidInput
from evals.base import eval_publisher
from evals.chapters.detecting import detecting
from evals.chapters.golden import own
from evals.chapters.proving import certificates, newcomers, shifts, silence
from evals.chapters.sets import sets
from evals.datasets.bases import UNSEEN
from evals.page.chapter import Chapter, Table
from evals.page.html import html
from evals.page.markdown import claims_table, markdown
from evals.seen import SHIFTS, Seen
from evals.sites import BASES, FILES, GUMROAD, OWN, SHOP, is_there, site, visit

SUITES: dict[str, tuple[str, ...]] = {
    "all": (*FILES, OWN, *UNSEEN),
    **{name: (name,) for name in FILES},
    OWN: (OWN,),
    "bases": BASES,
    "proofs": (SHOP, GUMROAD, OWN, *UNSEEN),
}
REPORT = Path(".reports") / "eval.md"
PAGE = REPORT.with_suffix(".html")


def run(suite: str) -> None:
    """Grade one suite or all, print what must hold, and write REPORT and PAGE."""
    if suite not in SUITES:
        raise InvalidInput(f"there is no suite `{suite}`; choose one of {', '.join(SUITES)}")
    begun = time.monotonic()
    skipped = [name for name in SUITES[suite] if not is_there(name)]
    for name in skipped:
        print(f"{name}: skipped, its questions are not there (set EVAL_DATA)")
    with eval_publisher() as (settings, publisher):
        wanted = [name for name in SUITES[suite] if name not in skipped]
        visits = {name: visit(settings, publisher, site(name)) for name in track(wanted, description="sites")}
        chapters = chapters_of(Seen(settings, visits), suite)
    title = f"Baton's evals: {suite}"
    missing = f" Not there, and left out: {', '.join(skipped)}." if skipped else ""
    said = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {time.monotonic() - begun:.0f} s.{missing}"
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(markdown(title, said, chapters), encoding="utf-8")
    PAGE.write_text(html(title, said, chapters), encoding="utf-8")
    show(chapters)
    print(f"{REPORT} and {PAGE}, {time.monotonic() - begun:.0f} s")


def chapters_of(seen: Seen, suite: str) -> list[Chapter]:
    """What a suite reports."""
    found: list[Chapter] = []
    if seen.visits.keys() - {OWN} and suite != "proofs":
        found.append(sets(seen))
    if OWN in seen.visits and suite != "proofs":
        found.append(own(seen))
    if suite in ("all", "proofs"):
        newcomer = {name: seen.unseen(name) for name in (GUMROAD, SHOP, *UNSEEN) if name in seen.visits}
        sizes = {name: len(seen.visits[name].site.articles) for name in newcomer}
        found += [
            certificates(seen.splits(), seen.settings.max_doubt, SHIFTS),
            shifts(seen.shifts()),
            newcomers(newcomer, sizes),
            silence(seen.left_out()),
        ]
    if suite == "all":
        found += [chapter for chapter in [detecting()] if chapter]
    return found


def show(chapters: list[Chapter]) -> None:
    """Claims and tables on the screen."""
    console = Console(width=200)
    claims = [claim for chapter in chapters for claim in chapter.claims]
    tables = [Table(claims_table(claims).head, claims_table(claims).rows, "What must hold")] if claims else []
    for table in (*tables, *(table for chapter in chapters for table in chapter.tables)):
        grid = Grid(*table.head, title=table.caption or None, title_justify="left")
        for row in table.rows:
            grid.add_row(*(cell.replace(" (", "\n(") if len(table.head) > 8 else cell for cell in row))
        console.print(grid)
