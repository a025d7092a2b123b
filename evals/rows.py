"""Rows: questions with the signals of their Decision and whether its first article was right."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from app.answer.answerer import Answerer
from app.answer.types import Decision, Question
from app.calibration.probes import off_topic_probes
from app.settings import Settings
from evals.base import answerer_over
from evals.datasets.bases import base_articles, base_questions
from evals.datasets.golden import golden
from evals.datasets.public import EvalQuestion, articles, questions
from ingest.article import read_folder
from ingest.pipeline import Publisher
from ingest.topics import Topics

KNOWLEDGE = Path("knowledge")
WINDOW = 4


@dataclass(frozen=True)
class Row:
    """One question answered. ``right``: answerable, and the first article is relevant."""

    group: str
    question: EvalQuestion
    decision: Decision

    @property
    def answerable(self) -> bool:
        return bool(self.question.relevant)

    @property
    def right(self) -> bool:
        ranking = self.decision.ranking
        return bool(ranking) and ranking[0].article_id in self.question.relevant


def decide_all(answerer: Answerer, asked: Iterable[EvalQuestion]) -> list[Row]:
    """Rows in the order of the questions."""

    async def run() -> list[Row]:
        gate = asyncio.Semaphore(WINDOW)

        async def one(question: EvalQuestion) -> Row:
            async with gate:
                decision = await answerer.decide(
                    Question(
                        text=question.text,
                        audience=question.audience,
                        locale=question.locale,
                        history=question.history,
                        exclude_articles=question.exclude,
                    )
                )
            return Row(question.group, question, decision)

        return await asyncio.gather(*map(one, asked))

    return asyncio.run(run())


def without_article(question: EvalQuestion) -> EvalQuestion:
    """The same question when the articles that answer it are not there."""
    return replace(question, exclude=question.exclude | question.relevant, relevant=frozenset())


def set_rows(settings: Settings, publisher: Publisher, folder: str, file: str, with_absent: bool) -> list[Row]:
    """Rows of a public set; ``with_absent`` asks each answerable question again without its articles."""
    asked = list(questions(f"{folder}/{file}"))
    if with_absent:
        asked += [without_article(question) for question in asked if question.relevant]
    answerer = answerer_over(settings, publisher, articles(folder, ("buyer",)), Topics())
    return decide_all(answerer, asked)


def golden_rows(settings: Settings, publisher: Publisher) -> list[Row]:
    """Rows of the golden questions' dev side, answerable or not; cases and small talk are not the confidence's."""
    asked = [
        question.asked("golden")
        for question in golden("dev")
        if question.kind in ("answerable", "follow_up", "unanswered", "off_topic", "other_side")
    ]
    asked += [without_article(question) for question in asked if question.relevant]
    return decide_all(answerer_over(settings, publisher, read_folder(KNOWLEDGE), Topics()), asked)


def base_rows(settings: Settings, publisher: Publisher, name: str, bare: bool = False) -> list[Row]:
    """Rows of a fictional company; each answerable question is asked again without its articles, and so are messages
    that are no help centre's business. ``bare`` takes the known phrasings away, as many help centres have none."""
    kept = base_articles(name)
    if bare:
        kept = [article.model_copy(update={"questions": ()}) for article in kept]
    asked = base_questions(name)
    asked += [without_article(question) for question in asked if question.relevant]
    asked += [
        EvalQuestion(f"{name}.off.{number}", probe.text, frozenset(), locale=probe.locale, group=name)
        for number, probe in enumerate(off_topic_probes())
    ]
    return decide_all(answerer_over(settings, publisher, kept, Topics()), asked)
