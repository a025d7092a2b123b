"""The chapter of sets: every set of questions, graded, with intervals."""

from collections.abc import Mapping, Sequence

from app.answer.confidence import ConfidenceModel
from evals.cross_fit import Models, chances
from evals.datasets.bases import HELD_OUT
from evals.figures import figures
from evals.page.chapter import Chapter, Chart, Claim, Table
from evals.page.charts import reliability_diagram, risk_coverage_curve
from evals.rows import Row
from evals.scorers.figure import Figure
from evals.scorers.reliability import reliability
from evals.scorers.risk_coverage import risk_coverage
from evals.sites import GUMROAD, SHOP, TALKS

TARGETS: dict[str, dict[str, tuple[str, float]]] = {
    SHOP: {"Hit@1": (">=", 0.87), "AUROC": (">=", 0.895), "AURC": ("<=", 0.285), "ECE": ("<=", 0.05)},
    TALKS: {"nDCG@10": (">=", 0.735)},
    GUMROAD: {"Hit@1": (">=", 0.76), "nDCG@10": (">=", 0.88)},
}


def sets(rows_of: Mapping[str, Sequence[Row]], models: Models, shipped: ConfidenceModel, alpha: float) -> Chapter:
    """Of rows by the name of their set."""
    graded: dict[str, dict[str, Figure]] = {}
    charts: list[Chart] = []
    for name, rows in rows_of.items():
        confidences = chances(rows, models)
        graded[name] = figures(rows, confidences, models.get(name, shipped).careful)
        if name in TARGETS:
            charts += drawn(name, confidences, [row.right for row in rows], alpha)
    tried = [row for name in HELD_OUT for row in rows_of.get(name, ())]
    if tried:
        charts += drawn("companies that nothing is fitted on", chances(tried, models), [r.right for r in tried], alpha)
    names = list(next(iter(graded.values()), {}))
    cells = [
        [name, str(len(rows_of[name])), *map(str, found.values()), "cross-fitted" if name in models else "shipped"]
        for name, found in graded.items()
    ]
    return Chapter(
        "Sets of questions",
        text=(
            "Answered without a model provider under the careful threshold. Hit@1, R@5, MRR and nDCG are over "
            "questions that an article answers; the rest over all. In brackets 95 % intervals: exact for shares, else "
            "bootstrapped over questions. The last column says whose confidences they are: `cross-fitted` is a model "
            "that did not see the set; `shipped` is the one that ships, which may have been fitted on it.",
        ),
        tables=[Table(["set", "questions", *names, "confidence"], cells)] if cells else [],
        charts=charts,
        claims=[
            _claim(f"{name}: {measure}", graded[name][measure], sign, wanted)
            for name, wants in TARGETS.items()
            for measure, (sign, wanted) in wants.items()
            if name in graded
        ],
    )


def drawn(
    name: str,
    confidences: Sequence[float],
    right: Sequence[bool],
    alpha: float,
    marked: Sequence[tuple[str, float, float]] = (),
) -> list[Chart]:
    """Both charts of some questions."""
    title = f"{name}, {len(right)} questions"
    return [
        Chart(reliability_diagram(reliability(confidences, right), f"Reliability: {title}"), f"Reliability: {title}"),
        Chart(
            risk_coverage_curve(risk_coverage(confidences, right), f"Risk over coverage: {title}", alpha, marked),
            f"Risk over coverage: {title}"
            + "".join(f"; {n}: {c:.1%} answered, {r:.1%} of them wrong" for n, c, r in marked),
        ),
    ]


def _claim(what: str, figure: Figure, sign: str, wanted: float) -> Claim:
    holds = figure.value >= wanted if sign == ">=" else figure.value <= wanted
    return Claim(what, f"{sign} {wanted}", str(figure), holds)
