"""Thinking: what signals, confidence and policy add to the search for a question, in this process."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.answer.answerer import Answerer
from app.answer.hints import hint_model
from app.answer.intent import Intent, SensitiveCases, is_angry
from app.answer.person import asks_for_person
from app.answer.policy import before_answer
from app.answer.retriever import Retriever
from app.answer.signals import measure
from app.answer.smalltalk import smalltalk
from app.answer.types import Question, Work, silent
from app.knowledge import open_publisher
from app.llm import LaterModel
from app.owner import OwnerLock
from app.settings import Settings
from evals.bench.articles import Asked

WARM_UP = 50
LOCALE = "en"


@dataclass
class Thought:
    """Seconds, one entry a question: embedding and search; signals, confidence and policy; and, apart from those, what
    a message is besides a question: small talk, a wish for a person, anger, a sensitive case."""

    search: list[float] = field(default_factory=list)
    judging: list[float] = field(default_factory=list)
    intent: list[float] = field(default_factory=list)


def think(data: Path, questions: Iterator[Asked], samples: int) -> Thought:
    """Over a data folder that nobody else holds."""
    settings = Settings(data_dir=data, openai_api_key=None, openai_base_url=None, database_url="", chroma_url="")
    lock = OwnerLock(data)
    lock.acquire()
    publisher = open_publisher(settings)
    try:
        retriever = Retriever(publisher)
        standing = Answerer(settings, retriever, LaterModel(settings)).standing
        sensitive = SensitiveCases(retriever.embeddings)
        thought = Thought()
        for _ in range(WARM_UP + samples):
            asked = next(questions)
            with retriever.reading("faq", asked.audience) as reader:
                sensitive.prepare(reader.topics)
                begun = time.perf_counter()
                wordings = reader.wordings(asked.text, LOCALE, publisher.embedder.vector)
                found = reader.search(wordings, LOCALE)
                searched = time.perf_counter()
                top = found.ranking[0] if found.ranking else None
                collections = {one.locale: one for one in reader.collections(LOCALE)}
                signals = measure(asked.text, found.ranking, collections.get(top.locale) if top else None)
                work = Work(Question(text=asked.text, audience=asked.audience), silent, 0.0, asked.text, LOCALE)
                work.ranking, work.passages, work.signals = found.ranking, found.passages, signals
                work.confidence = standing.model.predict(signals)
                before_answer(work, Intent(), standing.certificate)
                judged = time.perf_counter()
                vectors = [wording.vector for wording in wordings.values()]
                topic, likeness = sensitive.topic_of(reader.topics, asked.text, vectors)
                hint_model().hear([asked.text] * len(vectors), vectors, publisher.embedder.name)
                talk, wish, anger = smalltalk(asked.text), asks_for_person(asked.text), is_angry(asked.text)
                Intent(talk, wish, topic, likeness, anger=anger)
                done = time.perf_counter()
            thought.search.append(searched - begun)
            thought.judging.append(judged - searched)
            thought.intent.append(done - judged)
    finally:
        publisher.close()
        lock.release()
    return Thought(*(values[WARM_UP:] for values in (thought.search, thought.judging, thought.intent)))
