"""Answerer: one question on its way from words to a Decision. No web, no conversations, no SQL of its own.

The steps are LangChain runnables, so that they can be traced and taken apart:
rewrite -> retrieve -> assess -> generate -> decide. Whatever goes wrong in them, the outcome is a person.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import structlog
from langchain_core.globals import get_debug
from langchain_core.runnables import Runnable, RunnableConfig, RunnableSequence, ensure_config
from langsmith.utils import tracing_is_enabled
from numpy.typing import NDArray

from app.answer import language
from app.answer.generate import Generator
from app.answer.hints import LEANS, hint_model, texts_to_hear
from app.answer.injection import is_injection
from app.answer.intent import SENSITIVE_FLOOR, Intent, SensitiveCases, is_angry
from app.answer.person import asks_for_person
from app.answer.policy import CANDIDATES, Verdict, after_answer, before_answer, counts
from app.answer.quote import Quoter
from app.answer.replies import say
from app.answer.retriever import Found, Near, Reader, Readers, Wordings
from app.answer.rewrite import WEAK_SCORE, Rewriter, blend, join, leans
from app.answer.signals import measure
from app.answer.smalltalk import smalltalk
from app.answer.standing import Standing, binding_of, careful
from app.answer.threads import Threads
from app.answer.types import MAX_QUESTION, Candidate, Certificate, Decision, Emit, Question, Ranked, Work, silent
from app.llm import Budget, LaterModel
from app.settings import Settings
from ingest.collection import Words

log = structlog.get_logger()
SEARCH_THREADS = 2


@dataclass
class Turn:
    """A Work with what belongs to its run alone."""

    work: Work
    reader: Reader
    intent: Intent
    looking: "Looking"
    verdict: Verdict | None = None
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A text as the collections are asked it, and what is to be heard of it (``texts_to_hear``) with vectors."""

    text: str
    asked: Wordings
    texts: list[str]
    vectors: list[NDArray[np.float32]]

    @property
    def question(self) -> list[NDArray[np.float32]]:
        """Vectors of what it asks, and of the sentences of that."""
        return self.vectors[1:] or self.vectors


@dataclass(frozen=True, slots=True)
class Look:
    """What was said, what is near it, and its words."""

    said: Said
    near: Near
    words: dict[str, Words] | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """A look that was begun before it was known to be needed: what it is at costs nobody anything meanwhile. What was
    ``said`` is known before what is near it."""

    text: str
    begun: "asyncio.Future[None]"
    said: "asyncio.Future[Said]"
    look: "asyncio.Future[Look]"


class Answerer:
    """Turns questions into Decisions. One for the whole process; and one for each version that an editor looks at,
    which share ``threads``."""

    def __init__(
        self, settings: Settings, retriever: Readers, model: LaterModel, threads: Threads | None = None
    ) -> None:
        self._settings, self._seconds = settings, settings.answer_seconds
        self._retriever, self._model = retriever, model
        self._threads = threads or Threads(SEARCH_THREADS, "search")
        self._rewriter = Rewriter(model)
        self._generator = Generator(model, Quoter(retriever.embedder), Budget(settings.max_answers_per_minute))
        self._sensitive = SensitiveCases(retriever.embeddings)
        self._careful = careful(settings)
        self._standing = self._careful
        first, *middle, last = [Step(run) for run in (self._rewrite, self._retrieve, self._assess, self._generate)]
        self._chain: Runnable[Turn, Turn] = Chain(first=first, middle=middle, last=last)

    @property
    def mode(self) -> str:
        """How answers come about when all is well."""
        return "generated" if self._generator.has_model else "verbatim"

    @property
    def standing(self) -> Standing:
        """What was adopted last."""
        return self._standing

    def aside(self) -> "Answerer":
        """Another that answers as this one does by now. What it is asked is no traffic: neither does it tell how
        visitors ask, nor does it use up the answers that they may have of the model."""
        other = Answerer(self._settings, self._retriever, self._model, self._threads)
        other.adopt(replace(self._standing, watch=deepcopy(self._standing.watch)))
        return other

    def adopt(self, standing: Standing | None) -> None:
        """Answer by this calibration from now on, where it fits the version asked; None: by the careful threshold."""
        self._standing = standing or self._careful

    def standing_of(self, kb_version: str) -> Standing:
        """What holds for answers from a version: what was adopted if it was made for it, else the careful one."""
        fits = self._standing.binds == binding_of(self._settings, kb_version)
        return self._standing if fits else self._careful

    def certificate(self, kb_version: str) -> Certificate:
        """What is promised of answers from a version now."""
        return self.standing_of(kb_version).certificate

    async def decide(self, question: Question, emit: Emit = silent) -> Decision:
        """The Decision, within the deadline. Never raises but for cancellation."""
        begun = time.perf_counter()
        loop = asyncio.get_running_loop()
        locale = language.detect(question.text, question.locale)
        work = Work(
            question, emit, deadline=loop.time() + self._seconds, asked=question.text[:MAX_QUESTION], locale=locale
        )
        with self._retriever.reading("faq", question.audience) as reader:
            looking = self._looking(work, reader)
            turn = Turn(work, reader, Intent(), looking)
            try:
                async with asyncio.timeout_at(work.deadline):
                    # Soon the thread needs the interpreter no more: until then it is left to it.
                    await looking.begun
                    turn.intent = _intent(work.asked)
                    turn = await self._chain.ainvoke(turn)
            except Exception as error:
                log.error("answer.failed", error=type(error).__name__, exc_info=error)
                turn.verdict = Verdict("handoff", "provider_failure", None, "provider_failure")
            decision = self._decision(turn)
        decision.timings_ms = {name: round(1000 * seconds, 2) for name, seconds in work.timings.items()}
        decision.timings_ms["total"] = round(1000 * (time.perf_counter() - begun), 2)
        return decision

    async def _rewrite(self, turn: Turn) -> None:
        if not turn.intent.smalltalk and not turn.intent.asks_for_person:
            await self._rewriter(turn.work)

    async def _retrieve(self, turn: Turn) -> None:
        work, history = turn.work, turn.work.question.history
        if turn.intent.smalltalk:
            # The reader may be closed once the turn is over, and not before the look at it is.
            await asyncio.wait([turn.looking.look])
            return
        await work.emit("bot.status", {"state": "searching"})
        if turn.looking.text != work.asked:
            await asyncio.wait([turn.looking.look])
            turn.looking = self._looking(work, turn.reader)
        words = turn.reader.words(work.asked, work.locale, work.question.exclude_articles)
        work.hostile = is_injection(work.question.text)
        try:
            said = await turn.looking.said
            self._hear(turn, said)
        except Exception:
            await asyncio.wait([turn.looking.look])
            raise
        alone = replace(await turn.looking.look, words=words)
        look, found = alone, await self._rank(turn, alone)
        if history and _best_score(found) < WEAK_SCORE:
            joined = await self._looking(work, turn.reader, join(work.asked, history)).look
            with_context = await self._rank(turn, joined)
            if leans(work.asked) and _best_score(with_context) > _best_score(found):
                look, work.asked, found = joined, joined.said.text, blend(with_context, found)
            else:
                # The last question's own article would lend its confidence to a question that it does not answer.
                found = blend(found, with_context)
        self._note(turn, found, look, said)

    def _looking(self, work: Work, reader: Reader, text: str = "") -> Looking:
        """What takes time and leaves the interpreter to others, embedding and Chroma, is begun on a thread."""
        asked = text or work.asked
        exclude = work.question.exclude_articles
        begun, said, look = self._threads.start_both(
            partial(self._say, work, reader, asked), lambda said: Look(said, reader.near(said.asked, exclude))
        )
        return Looking(asked, begun, said, look)

    def _say(self, work: Work, reader: Reader, text: str) -> Said:
        embedder = self._retriever.embedder
        known: dict[str, NDArray[np.float32]] = {}

        def embed(one: str) -> NDArray[np.float32]:
            if one not in known:
                known[one] = embedder.vector(one)
            return known[one]

        asked = reader.wordings(text, work.locale, embed)
        texts = texts_to_hear(text)
        parts = embedder.matrix(texts[2:]) if len(texts) > 2 else ()
        vectors = [*map(embed, texts[:2]), *parts]
        self._sensitive.prepare(reader.topics)
        return Said(text, asked, texts, vectors)

    async def _rank(self, turn: Turn, look: Look) -> Found:
        """A millisecond of computing and one short query: handing it to a thread would take longer."""
        exclude = turn.work.question.exclude_articles
        search = partial(turn.reader.search, look.said.asked, turn.work.locale, exclude, look.near, look.words)
        return search() if self._retriever.reads_at_once else await self._threads.start(search)

    def _note(self, turn: Turn, found: Found, look: Look, said: Said) -> None:
        """Everything that later steps want to know of what was found; ``said`` is what was really said."""
        work, reader = turn.work, turn.reader
        work.ranking, work.passages = found.ranking, found.passages
        collections = {collection.locale: collection for collection in reader.collections(work.locale)}
        top = found.ranking[0] if found.ranking else None
        work.wording = look.said.asked.get(top.locale) if top else None
        text = work.wording.text if work.wording else work.asked
        work.signals |= measure(text, found.ranking, collections.get(top.locale) if top else None)
        if found.passages:
            work.topic = found.passages[0].topic
        if not turn.intent.sensitive and not turn.intent.leaning:
            phrasings = [match.phrasing for match in work.ranking]
            leaning = self._sensitive.leaning_of(reader.topics, said.question, phrasings)
            turn.intent = replace(turn.intent, leaning=leaning)

    def _hear(self, turn: Turn, said: Said) -> None:
        """What the message is besides a question, by rules, by phrases and by hints."""
        work, topics = turn.work, turn.reader.topics
        hints = hint_model().hear(said.texts, said.vectors, self._retriever.embedder.name)
        work.hostile = work.hostile or hints.order > 0
        intent = replace(turn.intent, asks_for_person=turn.intent.asks_for_person or hints.person > 0)
        topic, similarity = self._sensitive.topic_of(topics, work.question.text, said.question)
        if not topic and hints.case > LEANS:
            named = self._sensitive.topic_named(topics, hints.topic, said.question)
            topic, intent = (named, intent) if hints.case > 0 else ("", replace(intent, leaning=named))
        if topic:
            intent = replace(intent, sensitive=topic, sensitive_similarity=max(similarity, SENSITIVE_FLOOR))
        turn.intent = intent

    async def _assess(self, turn: Turn) -> None:
        standing = self.standing_of(turn.reader.kb_version)
        turn.certificate = standing.certificate
        turn.work.confidence = standing.model.predict(turn.work.signals) if turn.work.ranking else 0.0
        turn.verdict = before_answer(turn.work, turn.intent, turn.certificate)
        if counts(turn.verdict.outcome, turn.verdict.reason) and not turn.work.question.exclude_articles:
            standing.watch.observe(turn.work.confidence)

    async def _generate(self, turn: Turn) -> None:
        if turn.verdict is not None and turn.verdict.outcome == "answer":
            await self._generator(turn.work, turn.reader)
            turn.verdict = after_answer(turn.work)

    def _decision(self, turn: Turn) -> Decision:
        work, verdict = turn.work, turn.verdict
        assert verdict is not None
        answered = verdict.outcome == "answer"
        topic = verdict.topic or work.topic
        return Decision(
            outcome=verdict.outcome,
            text=work.text if answered else say(verdict.say or verdict.reason or "low_confidence", work.locale),
            citations=work.citations if answered else [],
            candidates=_candidates(work) if verdict.outcome == "clarify" else [],
            confidence=round(work.confidence, 4),
            signals=work.signals,
            reason=verdict.reason,
            topic=topic,
            queue=turn.reader.topics.queue_of(topic),
            mode=work.mode if answered else "verbatim",
            locale=work.locale,
            notice=work.notice if answered else None,
            kb_version=turn.reader.kb_version,
            certificate=turn.certificate or self.certificate(turn.reader.kb_version),
            ranking=[Ranked(article_id=m.article_id, score=round(m.score, 5)) for m in work.ranking],
        )


def _best_score(found: Found) -> float:
    return found.ranking[0].score if found.ranking else 0.0


def _intent(text: str) -> Intent:
    return Intent(smalltalk=smalltalk(text), asks_for_person=asks_for_person(text), anger=is_angry(text))


def _candidates(work: Work) -> list[Candidate]:
    titles: dict[str, str] = {}
    for passage in work.passages:
        titles.setdefault(passage.article_id, passage.title)
    ordered = [m.article_id for m in work.ranking if m.article_id in titles]
    return [Candidate(article_id=article, title=titles[article]) for article in ordered[:CANDIDATES]]


class Chain(RunnableSequence[Turn, Turn]):
    """The steps in order. Nobody listening, they run without what LangChain does for listeners, which costs as much as
    a step."""

    async def ainvoke(self, input: Turn, config: RunnableConfig | None = None, **kwargs: object) -> Turn:  # noqa: A002
        """Run every step."""
        if ensure_config(config).get("callbacks") or tracing_is_enabled() or get_debug():
            return await super().ainvoke(input, config, **kwargs)
        for step in self.steps:
            input = await step.ainvoke(input)  # noqa: A001
        return input


class Step(Runnable[Turn, Turn]):
    """A step of the chain. Lighter than RunnableLambda, which costs a quarter of a millisecond a step; a tracer on
    the chain sees the chain, and ``timings_ms`` has the steps."""

    def __init__(self, run: Callable[[Turn], Awaitable[None]]) -> None:
        self._run = run
        self.name = run.__name__.lstrip("_")

    def invoke(self, input: Turn, config: RunnableConfig | None = None, **kwargs: object) -> Turn:  # noqa: A002
        """For callers without an event loop."""
        return asyncio.run(self.ainvoke(input, config))

    async def ainvoke(self, input: Turn, config: RunnableConfig | None = None, **kwargs: object) -> Turn:  # noqa: A002
        """Run the step and note how long it took."""
        begun = time.perf_counter()
        try:
            await self._run(input)
        finally:
            input.work.timings[self.name or "step"] = time.perf_counter() - begun
        return input
