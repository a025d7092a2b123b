"""Generate: the answer's sentences, from the model when there is one, else in the article's own words."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

from app.answer.citations import cite_quote, cite_sentences, supported
from app.answer.prompt import SCHEMA, answer_messages
from app.answer.quote import Quoter
from app.answer.replies import other_language
from app.answer.retriever import Reader
from app.answer.stream import ReplyReader
from app.answer.types import Sentence, Work
from app.llm import (
    BETWEEN_TOKENS_SECONDS,
    CALL_SECONDS,
    FIRST_TOKEN_SECONDS,
    Breaker,
    Budget,
    LaterModel,
    Trouble,
    trouble_of,
)

ATTEMPTS = 2
BACKOFF_SECONDS = 0.4
SPARE_SECONDS = 1.5
"""Kept back of the deadline for falling back to the article's own words."""


class ProviderFailed(Exception):
    """The model gave no usable reply; ``str`` is for the log, never for a visitor."""


class Generator:
    """Fills ``text``, ``citations`` and ``mode`` of a Work."""

    def __init__(self, model: LaterModel, quoter: Quoter, budget: Budget) -> None:
        self._model, self._quoter, self._budget = model, quoter, budget
        self._breaker = Breaker()
        self._structured = True

    @property
    def has_model(self) -> bool:
        """Whether answers can be generated."""
        return self._model.configured

    async def __call__(self, work: Work, reader: Reader) -> None:
        """Answer in words. On any trouble with the model, and to a message that gives it orders, the article's own
        words stand in."""
        wanted = self._model.configured and not work.hostile
        if wanted and self._breaker.allows() and self._budget.take():
            try:
                ok = await self._generate(work)
            except ProviderFailed:
                self._breaker.record(ok=False)
                work.trouble = "provider_failure"
            else:
                self._breaker.record(ok=True)
                if ok:
                    return
        await self._quote(work, reader)

    async def _quote(self, work: Work, reader: Reader) -> None:
        top = work.ranking[0]
        wording = work.wording
        assert wording is not None

        def choose() -> None:
            bodies = reader.bodies(top.article_id, top.locale)
            near = [b for chunk_id in top.chunk_ids[:2] for b in bodies if b.chunk_id == chunk_id]
            passages = near + [b for b in bodies[:1] if b not in near]
            if not passages:
                return
            quote = self._quoter.quote(wording.text, wording.vector, passages, reader.unit_vectors)
            work.text = quote.text
            work.citations = [cite_quote(quote, passages)]

        await asyncio.to_thread(choose)
        work.mode = "verbatim"
        work.notice = other_language(work.locale, top.locale)
        for index, text in enumerate(work.text.split("\n\n")):
            await work.emit("bot.delta", {"index": index, "text": text})

    async def _generate(self, work: Work) -> bool:
        """Whether the model answered and every sentence kept is grounded. Raises ProviderFailed."""
        same = work.locale.split("-")[0] == work.ranking[0].locale.split("-")[0]
        kept: list[Sentence] = []
        reader = ReplyReader()
        await work.emit("bot.status", {"state": "writing"})

        async def take(sentence: Sentence) -> None:
            grounded = supported(sentence, work.passages, same)
            if grounded is not None and grounded.text not in (one.text for one in kept):
                kept.append(grounded)
                await work.emit("bot.delta", {"index": len(kept) - 1, "text": grounded.text})

        async for piece in self._reply(work):
            for sentence in reader.feed(piece):
                await take(sentence)
        for sentence in reader.close():
            await take(sentence)
        if reader.declined and not kept:
            work.signals["declined"] = 1.0
            return False
        if not kept:
            work.trouble = "ungrounded"
            return False
        work.sentences, work.mode = kept, "generated"
        work.text, work.citations = cite_sentences(kept, work.passages)
        return True

    async def _reply(self, work: Work) -> AsyncIterator[str]:
        """Pieces of the model's reply; tried again only while nothing has arrived."""
        loop = asyncio.get_running_loop()
        end = min(work.deadline - SPARE_SECONDS, loop.time() + CALL_SECONDS)
        messages = answer_messages(work.asked, work.passages, work.question.audience, work.locale)
        for attempt in range(ATTEMPTS):
            begun = False
            try:
                async for piece in self._stream(messages, end):
                    begun = True
                    yield piece
                return
            except Exception as error:
                trouble = trouble_of(error)
                if trouble is None:
                    raise
                plainer = trouble is Trouble.PLAINER and self._structured and not begun
                wait = 0.0 if plainer else BACKOFF_SECONDS * (1 + random.random())
                last = attempt + 1 == ATTEMPTS or loop.time() + wait >= end
                if begun or last or (trouble is not Trouble.AGAIN and not plainer):
                    raise ProviderFailed(type(error).__name__) from error
                self._structured = self._structured and not plainer
                await asyncio.sleep(wait)
        raise ProviderFailed("no attempt left")

    def _options(self) -> dict[str, Any]:
        return {"response_format": SCHEMA} if self._structured else {}

    async def _stream(self, messages: list[Any], end: float) -> AsyncIterator[str]:
        model = await self._model.get()
        assert model is not None
        loop = asyncio.get_running_loop()
        pieces = model.pieces(messages, **self._options())
        patience, finished = FIRST_TOKEN_SECONDS, False
        try:
            while True:
                limit = min(end, loop.time() + patience)
                async with asyncio.timeout_at(limit):
                    piece = await anext(pieces, None)
                if piece is None:
                    break
                patience = BETWEEN_TOKENS_SECONDS
                text, last = piece
                finished = finished or last
                if text:
                    yield text
        finally:
            await pieces.aclose()  # type: ignore[attr-defined]
        if not finished:
            raise ValueError("the stream ended without a finish reason")
