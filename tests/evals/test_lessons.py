"""What the embedder's adapter learns from: fitted companies alone, asked as their articles are asked."""

import random

from evals.adapt.lessons import disturbed, lessons, plain_texts
from evals.datasets.bases import FITTED, UNSEEN, base_questions


def test_lessons_are_of_fitted_companies() -> None:
    """No article or question of a held-out company is among them, but for search phrases that everybody types, and each
    question has an article that answers it."""
    taught = lessons()
    assert [lesson.name for lesson in taught] == list(FITTED)
    held_out = {question.text for name in UNSEEN for question in base_questions(name)}
    for lesson in taught:
        assert len(lesson.questions) == len(lesson.relevant) > 200
        assert all(len(text.split()) <= 3 for text in held_out & {*lesson.questions, *lesson.titles})
        assert all(right and max(right) < len(lesson.titles) for right in lesson.relevant)


def test_questions_are_glossed_and_kept_as_they_were() -> None:
    """A Spanish question is asked in English words, as English articles are asked it; the original is to stay put."""
    name = FITTED[0]
    foreign = next(question.text for question in base_questions(name) if question.locale == "es")
    (lesson,) = lessons([name])
    assert foreign not in lesson.questions
    assert foreign in plain_texts([name])


def test_disturbed_questions_are_nearly_the_same() -> None:
    """At most one letter and accents change, and the same dice change the same."""
    text = "¿cuándo llegará mi reembolso?"
    made = {disturbed(text, random.Random(seed)) for seed in range(200)}
    assert text in made
    assert len(made) > 10
    assert all(abs(len(other) - len(text)) <= 1 for other in made)
    assert disturbed(text, random.Random(3)) == disturbed(text, random.Random(3))
