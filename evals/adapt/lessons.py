"""Lessons: what the adapter is fitted on, a help centre each, as texts that are embedded and questions about them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer.retriever import DEFAULT_LOCALE, text_for
from evals.datasets.bases import FITTED, base_articles, base_questions
from evals.rows import KNOWLEDGE
from ingest.article import read_folder
from ingest.chunk import chunk
from ingest.lexical import fold

TYPO = 0.25
"""Share of questions that get one more typo than their author made."""
UNACCENTED = 0.3


@dataclass(frozen=True)
class Lesson:
    """A help centre. ``titles``, ``phrasings`` and ``bodies`` have an entry an article; ``relevant`` holds the numbers
    of the articles that answer a question."""

    name: str
    titles: Sequence[str]
    phrasings: Sequence[Sequence[str]]
    bodies: Sequence[Sequence[str]]
    questions: Sequence[str]
    relevant: Sequence[frozenset[int]]


def lessons(names: Sequence[str] = FITTED) -> list[Lesson]:
    """The fictional companies, each question as its English articles are asked it: glossed, if it is not English."""
    return [_lesson(name) for name in names]


def plain_texts(names: Sequence[str] = FITTED) -> list[str]:
    """Texts that no lesson asks about, by which the space stays what it was: bodies of ``knowledge/`` in three
    languages, and questions as they are before they are glossed."""
    bodies = [piece.indexed for article in read_folder(KNOWLEDGE) for piece in chunk(article) if piece.part == "body"]
    asked = [question.text for name in names for question in base_questions(name) if question.locale != DEFAULT_LOCALE]
    return bodies + asked


def disturbed(text: str, dice: random.Random) -> str:
    """A question as it might also have been typed: fewer accents, or one letter lost, doubled or swapped."""
    if dice.random() < UNACCENTED:
        text = fold(text)
    if dice.random() >= TYPO or len(text) < 6:
        return text
    place = dice.randrange(1, len(text) - 1)
    match dice.randrange(3):
        case 0:
            return text[:place] + text[place + 1 :]
        case 1:
            return text[:place] + text[place] + text[place:]
        case _:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _lesson(name: str) -> Lesson:
    articles = base_articles(name)
    numbers = {article.id: number for number, article in enumerate(articles)}
    pieces = [chunk(article) for article in articles]
    asked = [question for question in base_questions(name) if question.relevant]
    return Lesson(
        name=name,
        titles=[article.title for article in articles],
        phrasings=[article.questions for article in articles],
        bodies=[[piece.indexed for piece in of if piece.part == "body"] for of in pieces],
        questions=[text_for(DEFAULT_LOCALE, question.text, question.locale) for question in asked],
        relevant=[frozenset(numbers[one] for one in question.relevant) for question in asked],
    )
