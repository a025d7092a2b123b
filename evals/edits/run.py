"""Run: every edit through the gate over our own knowledge, and what that shows."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from app.editor.gate.schemas import GateReport
from app.editor.gate.service import GateService
from app.llm import LaterModel
from evals.base import answerer_over, eval_publisher
from evals.edits.edit import Articles, Edit
from evals.edits.harmless import harmless
from evals.edits.planted import planted
from ingest.article import read_folder
from ingest.golden import read_golden
from ingest.topics import read_topics

KNOWLEDGE = Path("knowledge")
FIGURES = Path(".reports") / "edits.json"


@dataclass(frozen=True)
class Tried:
    """An edit and what the gate made of it."""

    name: str
    split: str
    breaks: bool
    blocked: bool
    checked: int
    seconds: float
    regressions: int
    first: str

    @property
    def right(self) -> bool:
        """Blocked if it breaks an answer, and not otherwise."""
        return self.blocked == self.breaks


def try_edits(gate: GateService, articles: Articles, edits: Iterable[tuple[Edit, bool]]) -> list[Tried]:
    """Each edit by itself against what is live; nothing is published."""
    found: list[Tried] = []
    for edit, breaks in edits:
        with gate.checked(edit.changed(articles), edit.removed) as (_, report):
            found.append(_tried(edit, breaks, report))
    return found


def _tried(edit: Edit, breaks: bool, report: GateReport) -> Tried:
    first = next((f"{one.kind} ({one.source}): {one.question} — {one.why}" for one in report.regressions), "")
    return Tried(
        edit.name,
        edit.split,
        breaks,
        report.blocked,
        report.checked,
        report.seconds,
        len(report.regressions),
        first,
    )


def run(splits: tuple[str, ...] = ("dev", "test")) -> list[Tried]:
    """All edits of these splits, printed and written to FIGURES."""
    listed = read_folder(KNOWLEDGE)
    edits = [(edit, True) for edit in planted()] + [(edit, False) for edit in harmless()]
    with eval_publisher() as (settings, publisher):
        answerer = answerer_over(settings, publisher, listed, read_topics(KNOWLEDGE), read_golden(KNOWLEDGE))
        gate = GateService(settings, publisher, answerer, LaterModel(settings))
        chosen = [pair for pair in edits if pair[0].split in splits]
        tried = try_edits(gate, {article.key: article for article in listed}, chosen)
    for one in tried:
        mark = "ok   " if one.right else "WRONG"
        print(f"{mark} {one.split:4} {one.name:60} {one.checked:4} asked {one.seconds:5.2f} s  {one.first}")
    for split in splits:
        print(summary([one for one in tried if one.split == split], split))
    print(summary(tried, "all"))
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps([asdict(one) for one in tried], indent=1, ensure_ascii=False) + "\n", "utf-8")
    return tried


def summary(tried: list[Tried], name: str) -> str:
    """Caught and blocked, in a line."""
    broken, sound = [one for one in tried if one.breaks], [one for one in tried if not one.breaks]
    caught, blocked = sum(one.blocked for one in broken), sum(one.blocked for one in sound)
    slowest = max((one.seconds for one in tried), default=0.0)
    counts = f"{caught} of {len(broken)} planted caught, {blocked} of {len(sound)} harmless blocked"
    return f"{name}: {counts}, slowest {slowest:.2f} s"
