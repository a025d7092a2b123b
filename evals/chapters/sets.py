"""The chapter of sets: every set of questions, graded, with intervals."""

from collections.abc import Sequence

from app.answer.confidence import base_model
from evals.datasets.bases import FRESH
from evals.figures import figures
from evals.page.chapter import Chapter, Chart, Claim, Table
from evals.page.charts import reliability_diagram, risk_coverage_curve
from evals.scorers.figure import Figure
from evals.scorers.reliability import reliability
from evals.scorers.risk_coverage import risk_coverage
from evals.seen import Seen
from evals.sites import GUMROAD, OWN, SHOP, TALKS

TARGETS: dict[str, dict[str, tuple[str, float]]] = {
    SHOP: {"Hit@1": (">=", 0.87), "AUROC": (">=", 0.895), "AURC": ("<=", 0.285), "ECE": ("<=", 0.05)},
    TALKS: {"nDCG@10": (">=", 0.735)},
    GUMROAD: {"Hit@1": (">=", 0.76), "nDCG@10": (">=", 0.88)},
}


def sets(seen: Seen) -> Chapter:
    """Every site but our own."""
    alpha, careful = seen.settings.max_risk, base_model().careful
    rows_of = {name: visited.rows for name, visited in seen.visits.items() if name != OWN}
    graded = {name: figures(rows, seen.confidences(name), careful) for name, rows in rows_of.items()}
    charts: list[Chart] = []
    for name in TARGETS:
        if name in rows_of:
            charts += drawn(name, seen.confidences(name), [row.right for row in rows_of[name]], alpha)
    tried = [name for name in FRESH if name in rows_of]
    if tried:
        confidences = [confidence for name in tried for confidence in seen.confidences(name)]
        right = [row.right for name in tried for row in rows_of[name]]
        charts += drawn("companies that nothing is fitted on", confidences, right, alpha)
    names = list(next(iter(graded.values()), {}))
    cells = [
        [
            name,
            str(len(rows_of[name])),
            *map(str, found.values()),
            seen.fit.how(name),
        ]
        for name, found in graded.items()
    ]
    return Chapter(
        "Sets of questions",
        text=(
            "Answered without a model provider under the careful threshold. Hit@1, R@5, MRR and nDCG are over "
            "questions that an article answers; the rest over all. In brackets 95 % intervals: exact for shares, else "
            "bootstrapped over questions. The last column says whose confidences they are: of models that were "
            "fitted without the set, or of the one that ships, which saw nothing of it.",
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
