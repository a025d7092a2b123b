"""Rewrite: a question that leans on the conversation is made to stand alone.

With a model, by the model. Without one the question is searched as it is; only when that finds nothing good, it is
searched once more behind the visitor's last message, and both rankings are blended (:func:`blend`). On ``mtrag159``
joining always costs a tenth of nDCG, and this rule gains as much as a human's rewrite.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from app.answer.carrier import without_carrier
from app.answer.prompt import rewrite_messages
from app.answer.retriever import PASSAGES, Found
from app.answer.types import HistoryTurn, Work
from app.llm import LaterModel
from ingest.lexical import fold

REWRITE_SECONDS = 2.5
CONTEXT_WEIGHT = 0.5
WEAK_SCORE = 0.38
"""Score of the best article below which the conversation is consulted."""
MAX_WORDS = 9
MAX_REWRITE = 400
HISTORY = 6
_LEANS = re.compile(
    r"^(?:and|but|so|also|then|or|what about|how about|what if|why|y|pero|entonces|tambien|o si|"
    r"e|mas|entao|tambem|ou)\b|"
    r"\b(?:it|its|that|this|those|these|they|them|there|one|ones|same|instead|either|he|she|his|her|their|"
    r"eso|esto|esa|ese|ellos|ellas|ahi|mismo|isso|isto|essa|esse|eles|elas|mesmo|la|lo|dele|dela)\b"
)


def leans(question: str) -> bool:
    """Whether a message points back at what came before it: a few words with "it", "that one", "and ...", with what
    is said around them or without."""
    said = [fold(text) for text in (question, without_carrier(question))]
    return any(len(text.split()) <= MAX_WORDS and _LEANS.search(text) for text in said)


class Rewriter:
    """Fills ``asked`` with what the model makes of a question that leans."""

    def __init__(self, model: LaterModel) -> None:
        self._model = model

    async def __call__(self, work: Work) -> None:
        """A question that stands alone is left alone."""
        question, history = work.question, work.question.history
        if not self._model.configured or not history or question.just_clarified or not leans(work.asked):
            return
        try:
            async with asyncio.timeout(REWRITE_SECONDS):
                model = await self._model.get()
                assert model is not None
                turns = [(turn.role, turn.text) for turn in history[-HISTORY:]]
                reply = await model.ainvoke(rewrite_messages(work.asked, turns))
            text = reply.content if isinstance(reply.content, str) else ""
            if 0 < len(text.strip()) <= MAX_REWRITE and not text.lstrip().startswith("{"):
                work.asked = text.strip()
        except Exception:  # noqa: BLE001  whatever the provider does, the search still consults the conversation
            work.signals["rewrite_failed"] = 1.0


def join(question: str, history: Sequence[HistoryTurn]) -> str:
    """The question behind the visitor's last message; the question alone when there is none."""
    last = next((turn.text for turn in reversed(history) if turn.role == "user" and turn.text != question), "")
    return f"{last.strip()} {question.strip()}".strip()


def blend(alone: Found, joined: Found) -> Found:
    """One ranking of both, the question alone counting twice as much; passages of the best articles first."""
    scores = {match.article_id: match.score for match in alone.ranking}
    context = {match.article_id: match.score for match in joined.ranking}
    known = {match.article_id: match for match in [*joined.ranking, *alone.ranking]}
    # Below the tenth nobody looked: an article that is missing there scores at most what the tenth does.
    least, least_context = min(scores.values(), default=0.0), min(context.values(), default=0.0)
    total = {
        article: (scores.get(article, least) + CONTEXT_WEIGHT * context.get(article, least_context))
        / (1 + CONTEXT_WEIGHT)
        for article in known
    }
    ranking = [replace(known[article], score=total[article]) for article in sorted(known, key=lambda a: -total[a])]
    place = {match.article_id: number for number, match in enumerate(ranking)}
    passages = {passage.chunk_id: passage for passage in [*alone.passages, *joined.passages]}
    shown = {passage.article_id for passage in passages.values()}
    ordered = sorted(passages.values(), key=lambda passage: place.get(passage.article_id, len(place)))
    return Found([match for match in ranking if match.article_id in shown] or ranking, ordered[:PASSAGES])
