"""``python -m evals.carriers.fit``: fit what tells carrier phrases from questions; write ``app/answer/carrier.npz``.

Fitted on forms written by hand (``datasets/carriers``) around questions of the companies that the embedder's adapter is
fitted on, and on those questions alone. Graded on forms that nothing is fitted on, around questions of companies that
are new as well.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.answer.carrier import BUCKETS, CARRIER, OFTEN, CarrierModel, Features, best_cuts, features_of, tokens_of
from evals.carriers.lessons import FITTED, GREETED, LOCALES, Form, Lesson, Pool, forms, often, phrases
from evals.datasets import bases
from ingest.lexical import fold

TIMES = 8
"""Questions that a form is put around."""
EPOCHS = 4
ALONE = 2
"""Times that a question without anything around it is learnt from."""
RUNS = 4
"""Fits that the coefficients are the mean of."""
LOST, LEFT = 3.0, 1.0
"""What it costs to take off a word of the question, and to leave one that is said around it."""
TRIES = 3
GREETINGS = 40
"""Questions that a greeting is put before."""


@dataclass(frozen=True)
class Example:
    """A lesson's features, and where its question begins and ends in tokens."""

    features: Features
    begin: int
    end: int

    @classmethod
    def of(cls, lesson: Lesson, counted: Mapping[str, int]) -> "Example":
        """With its words as ``counted``."""
        tokens = tokens_of(lesson.text)
        inside = [at for at, (start, stop) in enumerate(tokens.spans) if lesson.begin <= start and stop <= lesson.end]
        # Its own form does not count: a form that is learnt from must look as new as others will.
        features = features_of(tokens, lambda word: min(counted.get(word, 0) - (word in lesson.form), OFTEN))
        return cls(features, inside[0], inside[-1] + 1)

    def chosen(self, begin: int, end: int) -> NDArray[np.uint32]:
        """Features of what is taken off, and of the cuts."""
        there = self.features
        parts = (there.around[:begin], there.around[end:], there.begins[begin], there.ends[end])
        return np.concatenate([part.ravel() for part in parts])


def fit(examples: Sequence[Example], seed: int) -> NDArray[np.float32]:
    """Coefficients, shape (BUCKETS,): an averaged structured perceptron (Collins 2002) that must tell the right cuts
    from all others by what those cost (Tsochantaridis et al. 2005)."""
    weights, sums, step = np.zeros(BUCKETS), np.zeros(BUCKETS), 1
    draws = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        for at in draws.permutation(len(examples)):
            one = examples[at]
            there = one.features
            worth, begins, ends = (weights[part].sum(axis=1) for part in (there.around, there.begins, there.ends))
            costs = np.full(len(worth), -LEFT)
            costs[one.begin : one.end] = LOST
            begin, end = best_cuts(worth + costs, begins, ends)
            if (begin, end) != (one.begin, one.end):
                for buckets, sign in ((one.chosen(one.begin, one.end), 1.0), (one.chosen(begin, end), -1.0)):
                    np.add.at(weights, buckets, sign)
                    np.add.at(sums, buckets, sign * step)
            step += 1
    return (weights - sums / step).astype(np.float32)


def fitted(given: Sequence[Form], pool: Pool) -> CarrierModel:
    """The mean of RUNS fits."""
    counted = often(given)
    alone = [Example.of(lesson, counted) for lesson in pool.alone()]
    found = []
    for seed in range(RUNS):
        wrapped = [Example.of(lesson, counted) for lesson in pool.wrapped(given, TIMES, seed)]
        found.append(fit([*wrapped, *alone * ALONE], seed))
    weights = np.mean(found, axis=0).astype(np.float16).astype(np.float32)
    return CarrierModel(weights, {word: min(count, OFTEN) for word, count in counted.items()})


def same(one: str, other: str) -> bool:
    """Whether two texts say the same words."""
    return tokens_of(one).words_only() == tokens_of(other).words_only()


def graded(model: CarrierModel, given: Iterable[Form], pool: Pool) -> dict[str, float]:
    """Share of wrapped questions of which exactly the question is left, that lose a word of it, of questions with
    nothing around them that lose any, and with a greeting alone of which not exactly the question is left."""
    given = list(given)
    lessons = list(pool.wrapped(given, TRIES, 9))
    left = [model.without(lesson.text) for lesson in lessons]
    exact = [same(text, lesson.question) for text, lesson in zip(left, lessons, strict=True)]
    lost = [fold(lesson.question).strip(" ?!.¿") not in fold(text) for text, lesson in zip(left, lessons, strict=True)]
    alone = [not same(model.without(lesson.text), lesson.text) for lesson in pool.alone()]
    greetings = [Form(locale, "any", form) for locale in {one.locale for one in given} for form in GREETED[locale]]
    polite = list(pool.wrapped(greetings, GREETINGS, 3))
    greeted = [not same(model.without(lesson.text), lesson.question) for lesson in polite]
    found = {"exact": np.mean(exact), "lost": np.mean(lost), "alone": np.mean(alone), "greeted": np.mean(greeted)}
    return {name: round(float(share), 4) for name, share in found.items()}


def run() -> None:
    """Fit on everything but the test, write, and say how it does on that, by locale."""
    model = fitted([form for name in FITTED for form in forms(name)], Pool.of(bases.FITTED, phrases()))
    model.save(CARRIER)
    test, new = forms("test"), Pool.of(bases.UNSEEN)
    for locale in LOCALES:
        print(json.dumps({"locale": locale, **graded(model, [form for form in test if form.locale == locale], new)}))


if __name__ == "__main__":
    run()
