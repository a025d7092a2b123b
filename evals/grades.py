"""Grades: what became of each golden question, and whether that was right.

``good``: what its author wanted. ``safe``: not answered, or asked back, where an answer was there. ``bad``: a wrong
answer, an answer where there is none, or a case for a person that reached no person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scipy.stats import binomtest

from app.answer.types import Decision
from evals.base import answerer_over, eval_publisher
from evals.datasets.golden import GoldenQuestion, golden
from evals.rows import KNOWLEDGE, decide_all
from ingest.article import read_folder
from ingest.golden import read_golden
from ingest.topics import read_topics

Grade = Literal["good", "safe", "bad"]


@dataclass(frozen=True)
class Graded:
    """A golden question, its grade, and whether an article that answers it came first."""

    question: GoldenQuestion
    grade: Grade
    right: bool


def grade(question: GoldenQuestion, decision: Decision) -> Grade:
    """How a Decision serves a question of this kind."""
    match question.kind:
        case "answerable" | "follow_up":
            if decision.outcome != "answer":
                return "safe"
            cited = decision.citations[0].article_id if decision.citations else ""
            return "good" if cited in question.relevant else "bad"
        case "sensitive" | "person":
            return "good" if decision.outcome == "handoff" else "bad"
        case "smalltalk":
            return "good" if decision.outcome == "smalltalk" else "safe" if decision.outcome != "answer" else "bad"
        case _:
            return "bad" if decision.outcome == "answer" else "good"


def run_golden(knowledge: Path = KNOWLEDGE) -> list[Graded]:
    """Every golden question, answered without a model over ``knowledge``."""
    questions = golden()
    with eval_publisher() as (settings, publisher):
        answerer = answerer_over(
            settings, publisher, read_folder(knowledge), read_topics(knowledge), read_golden(knowledge)
        )
        rows = decide_all(answerer, [question.asked(question.kind) for question in questions])
    return [
        Graded(question, grade(question, row.decision), row.right)
        for question, row in zip(questions, rows, strict=True)
    ]


def tally(graded: Sequence[Graded]) -> dict[str, str]:
    """Figures of some questions: how many, shares with 95 % intervals (Clopper-Pearson), Hit@1 where there is a right
    article."""
    grades = Counter(one.grade for one in graded)
    figures = {"questions": str(len(graded))}
    figures |= {name: interval(grades[name], len(graded)) for name in ("good", "safe", "bad")}
    ranked = [one for one in graded if one.question.relevant]
    figures["Hit@1"] = interval(sum(one.right for one in ranked), len(ranked)) if ranked else ""
    return figures


def interval(count: int, total: int) -> str:
    """``count`` of ``total`` as a share with its exact 95 % interval."""
    bounds = binomtest(count, total).proportion_ci(0.95, "exact")
    return f"{count / total:.3f} ({bounds.low:.2f} to {bounds.high:.2f})"


def by_kind(graded: Iterable[Graded]) -> dict[str, dict[str, str]]:
    """Figures by kind and split: ``{"answerable, test": {...}}``, in the order of kinds."""
    groups: dict[str, list[Graded]] = {}
    for one in graded:
        groups.setdefault(f"{one.question.kind}, {one.question.split}", []).append(one)
    return {name: tally(groups[name]) for name in sorted(groups)}
