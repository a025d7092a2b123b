"""``python -m evals.carriers.measure``: what it does to an answer that something is said around its question.

Questions of companies that nothing was fitted on are asked alone, and in a form that nothing was fitted on either.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from evals.base import answerer_over, eval_publisher
from evals.carriers.lessons import forms
from evals.datasets.bases import UNSEEN
from evals.datasets.public import EvalQuestion
from evals.rows import Row, decide_all
from evals.sites import site


def around(asked: Sequence[EvalQuestion]) -> Iterator[EvalQuestion]:
    """Each question in a form of its language, drawn by its id."""
    given = forms("test")
    for question in asked:
        fit = [form for form in given if form.locale == question.locale]
        form = random.Random(question.id).choice(fit)
        yield replace(question, text=form.around(question.text).text)


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """Shares: the right article first; answered, handed to a person because one was asked for, offered a choice."""
    ended = Counter(str(row.decision.reason or row.decision.outcome) for row in rows)
    shares = {name: ended[name] / len(rows) for name in ("answer", "asked_for_person", "low_confidence", "clarify")}
    found = {"right": float(np.mean([row.right for row in rows])), **shares}
    return {name: round(share, 3) for name, share in found.items()}


def main() -> None:
    """Print both for all companies together."""
    alone: list[Row] = []
    wrapped: list[Row] = []
    with eval_publisher() as (settings, publisher):
        for name in UNSEEN:
            there = site(name)
            asked = [question for question in there.questions if question.relevant and not question.exclude]
            answerer = answerer_over(settings, publisher, there.articles, there.topics)
            alone += decide_all(answerer, asked)
            wrapped += decide_all(answerer, around(asked))
    print(f"{len(alone)} questions of {len(UNSEEN)} companies")
    print(f"alone:  {figures(alone)}")
    print(f"around: {figures(wrapped)}")


if __name__ == "__main__":
    main()
