"""``baton eval``: the public sets answered by the real answerer without a model, graded, as a table."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.errors import InvalidInput
from evals.base import eval_publisher
from evals.datasets.public import EVAL_DATA
from evals.rows import Row, set_rows
from evals.scorers.aurc import aurc
from evals.scorers.auroc import auroc
from evals.scorers.coverage import coverage_at_risk, unanswerable_recall
from evals.scorers.ece import ece
from evals.scorers.hit import hit
from evals.scorers.mrr import reciprocal_rank
from evals.scorers.ndcg import ndcg
from evals.scorers.recall import recall

SUITES = {
    "hint3_curekart": ("queries.jsonl", False),
    "gumroad_help": ("anchor_queries.jsonl", True),
    "mtrag159": ("queries.jsonl", True),
}
REPORT = Path(".reports") / "eval.md"


def run(suite: str) -> None:
    """Grade one suite or all, print the table and write it to REPORT."""
    wanted = SUITES if suite == "all" else {suite: SUITES[suite]} if suite in SUITES else None
    if wanted is None:
        raise InvalidInput(f"there is no suite `{suite}`; choose all or one of {', '.join(SUITES)}")
    lines: dict[str, dict[str, float]] = {}
    with eval_publisher() as (settings, publisher):
        for name, (file, absent) in wanted.items():
            if not (EVAL_DATA / name / file).is_file():
                print(f"{name}: skipped, {EVAL_DATA / name} is not there (set EVAL_DATA)")
                continue
            lines[name] = grade(set_rows(settings, publisher, name, file, absent))
    show(lines)


def grade(rows: list[Row]) -> dict[str, float]:
    """Every figure of a suite: retrieval over answerable questions, hand-off over all."""
    answerable = [row for row in rows if row.answerable]
    ranked = [([entry.article_id for entry in row.decision.ranking], row.question.relevant) for row in answerable]
    confidence = [row.decision.confidence for row in rows]
    right = [row.right for row in rows]
    can = [row.answerable for row in rows]
    answered = [row for row in rows if row.decision.outcome == "answer"]

    def mean(values: list[float]) -> float:
        return sum(values) / len(values) if values else float("nan")

    return {
        "questions": len(rows),
        "Hit@1": mean([hit(ids, relevant) for ids, relevant in ranked]),
        "R@5": mean([recall(ids, relevant) for ids, relevant in ranked]),
        "MRR@10": mean([reciprocal_rank(ids, relevant) for ids, relevant in ranked]),
        "nDCG@10": mean([ndcg(ids, relevant) for ids, relevant in ranked]),
        "AUROC": auroc(confidence, can),
        "AURC": aurc(confidence, right),
        "ECE": ece(confidence, right),
        "coverage@10%": coverage_at_risk(confidence, right, 0.1),
        "unanswerable recall@90": unanswerable_recall(confidence, can),
        "answered": len(answered) / len(rows),
        "risk": mean([float(not row.right) for row in answered]),
    }


def show(lines: dict[str, dict[str, float]]) -> None:
    """The table, on the screen and as Markdown."""
    names = list(next(iter(lines.values()), {}))
    table = Table("set", *names)
    markdown = [f"| set | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for suite, figures in lines.items():
        cells = [f"{value:.0f}" if name == "questions" else f"{value:.3f}" for name, value in figures.items()]
        table.add_row(suite, *cells)
        markdown.append(f"| {suite} | {' | '.join(cells)} |")
    Console(width=200).print(table)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(markdown) + "\n", encoding="utf-8")
