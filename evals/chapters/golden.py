"""The chapter of our own help centre: its certificate, its golden questions by kind and by topic."""

from collections.abc import Sequence

from app.answer.types import Certificate
from evals.chapters.sets import drawn
from evals.cross_fit import given
from evals.datasets.golden import GoldenQuestion, golden
from evals.grades import Graded, by_kind, grade
from evals.page.chapter import Chapter, Claim, Table
from evals.rows import Row
from evals.scorers.rate import rate_of
from evals.scorers.risk_coverage import selected
from evals.seen import ASKED, Seen
from evals.sites import OWN, Visit


def own(seen: Seen) -> Chapter:
    """Of a run that has seen it."""
    visited, calibrated, rows = seen.visits[OWN], seen.unseen(OWN), seen.unknown(OWN)
    questions = {question.id: question for question in golden()}
    asked = [(questions[row.question.id], row) for row in visited.rows]
    graded = [Graded(question, grade(question, row.decision), row.right) for question, row in asked]
    cases = rate_of(one.grade == "good" for one in graded if one.question.kind == "sensitive")
    persons = rate_of(one.grade == "good" for one in graded if one.question.kind == "person")
    certificate, shown = calibrated.certificate, calibrated.held_back
    right = [row.right for row in rows]
    answered = given(rows, calibrated.confidences, certificate.threshold)
    plain = selected(answered, right)
    name = "certified" if certificate.certified else "careful"
    kinds = by_kind(graded)
    head = list(next(iter(kinds.values()), {}))
    return Chapter(
        "Our own help centre",
        text=(
            _promise(certificate),
            f"On the {len(rows)} golden questions of the test side, which nothing was tuned, fitted or certified on, "
            f"it answers {plain.coverage}, and {plain.risk} of those answers are wrong; weighted as traffic is, "
            f"{shown.coverage} and {shown.risk}.",
        ),
        charts=drawn(
            "golden questions, test side",
            calibrated.confidences,
            right,
            certificate.alpha,
            [(name, plain.coverage.value, plain.risk.value)] if plain.answered else [],
        ),
        tables=[
            Table(
                ["kind, side", *head],
                [[k, *found.values()] for k, found in kinds.items()],
                "By kind, careful threshold",
            ),
            _topics(visited, questions, rows, answered),
        ],
        claims=[
            Claim("golden: sensitive questions reach a person", "all", str(cases), cases.value == 1.0),
            Claim("golden: wishes for a person reach one", ">= 0.95", str(persons), persons.value >= 0.95),
        ],
    )


def _promise(certificate: Certificate) -> str:
    if certificate.certified:
        return (
            f"Certified on {certificate.n} questions of people: at a threshold of {certificate.threshold:.3f}, which "
            f"answers {certificate.coverage or 0.0:.1%} of them, at most {certificate.alpha:.0%} of answers are wrong, "
            f"with {1 - certificate.delta:.0%} confidence."
        )
    needed = f", about {certificate.missing} more are needed" if certificate.missing else ""
    return (
        f"Not certified ({certificate.reason}: {certificate.n} questions{needed}); the careful threshold of "
        f"{certificate.threshold:.3f} holds."
    )


def _topics(
    visited: Visit, questions: dict[str, GoldenQuestion], rows: Sequence[Row], answered: Sequence[bool]
) -> Table:
    """Hit@1 over all golden questions, the rest over those held back. A question that no article answers stands under
    the topic of the nearest one."""

    def topic(row: Row) -> str:
        relevant = questions[row.question.id].relevant
        return visited.topic_of.get(min(relevant), "general") if relevant else row.decision.topic

    lines: list[list[str]] = []
    asked = [row for row in visited.rows if questions[row.question.id].kind in ASKED]
    for name in sorted({topic(row) for row in asked}):
        there = [row for row in asked if topic(row) == name]
        mine = [number for number, row in enumerate(rows) if topic(row) == name]
        got = selected([answered[number] for number in mine], [rows[number].right for number in mine])
        lines.append(
            [
                name,
                str(len(there)),
                str(rate_of(row.right for row in there if row.answerable)),
                str(len(mine)),
                str(got.coverage),
                str(got.risk),
            ]
        )
    head = ["topic", "questions", "Hit@1", "of these held back", "answered", "wrong of answered"]
    return Table(head, lines, "By topic, at the threshold in force; 95 % intervals are exact")
