"""Gate: answers what an edit can change before and after it, and says what got worse.

Both sides are answered by the real answerer in the articles' own words, under the calibration that is live, so that
two runs agree and nothing is asked of a model's provider.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from app.answer.answerer import Answerer
from app.answer.retriever import Found
from app.answer.standing import Standing, binding_of
from app.answer.threads import Threads
from app.answer.types import Citation, Decision
from app.answer.watch import Watch
from app.editor.gate.kept import Keeper
from app.editor.gate.questions import Known, chunk_ids
from app.editor.gate.reach import Reach, glossed_in, wordings_of
from app.editor.gate.schemas import Change, GateReport, Regression
from app.editor.gate.standpoint import Remembering, Standpoint
from app.editor.gate.verdict import Edited, verdict
from app.llm import LaterModel
from app.settings import Settings
from app.today import Today
from ingest.candidate import Candidate, key_of
from ingest.chunk import plain
from ingest.revisions import Key
from ingest.units import readable, units_of

Progress = Callable[[str, int, int], None]
"""Called with a stage's name (``reach``, ``rank``, ``answer``), what is done and what there is to do."""
MAX_RANKED = 600
"""Questions that are ranked both ways, the most threatened first: at 2,000 articles 4 s on one core."""
MAX_ANSWERED = 300
"""Questions that are answered both ways."""
MOVED = 0.004
"""How far the score of one of the best articles must move for its question to be answered again."""
TOP = 3
EVERY = 10
REGRESSIONS = frozenset(get_args(Regression))


@dataclass(frozen=True)
class Sides:
    """The live version and the one that an edit would make of it."""

    before: Standpoint
    after: Standpoint


class Gate:
    """For one process; :meth:`check` is blocking and not for two threads at once."""

    def __init__(self, settings: Settings, embedder: Remembering) -> None:
        self._settings = settings.model_copy(update={"openai_api_key": None, "openai_base_url": None})
        self._embedder, self._threads = embedder, Threads(2, "gate")

    def check(
        self,
        before: Standpoint,
        after: Standpoint,
        keys: frozenset[Key],
        questions: Sequence[Known],
        vectors: Callable[[list[str]], NDArray[np.float32]],
        standing: Standing,
        progress: Progress = lambda *_: None,
    ) -> GateReport:
        """What becomes of ``questions`` by an edit of the articles ``keys``. ``vectors`` embeds texts, or knows
        them."""
        begun = time.perf_counter()
        glossed = glossed_in(after.version)
        texts = list(wordings_of(questions, keys, glossed))
        progress("reach", 0, len(questions))
        known = dict(zip(texts, vectors(texts), strict=True))
        threatened = Reach(before.version, after.version, keys, known).threatened(questions)
        progress("reach", len(questions), len(questions))
        run = Run(self._settings, Sides(before, after), keys, self._embedder, self._threads, standing)
        ranked = threatened[:MAX_RANKED]
        self._embedder.learn({text: known[text] for text in wordings_of(ranked, keys, glossed)})
        moved: list[Known] = []
        for number, one in enumerate(ranked, 1):
            moved += [way for way in run.ways(one) if run.moves(way)]
            if number % EVERY == 0 or number == len(ranked):
                progress("rank", number, len(ranked))
        asked = moved[:MAX_ANSWERED]
        changes = asyncio.run(run.changes(asked, progress))
        regressions = [change for change in changes if change.kind in REGRESSIONS]
        return GateReport(
            considered=len(questions),
            checked=len({one.key for one in asked}),
            unchecked=len(threatened) - len(ranked) + len({one.key for one in moved[MAX_ANSWERED:]}),
            seconds=round(time.perf_counter() - begun, 3),
            regressions=regressions,
            improvements=[change for change in changes if change.kind not in REGRESSIONS],
            blocked=bool(regressions),
        )


class Run:
    """One edit under check."""

    def __init__(
        self,
        settings: Settings,
        sides: Sides,
        keys: frozenset[Key],
        embedder: Remembering,
        threads: Threads,
        standing: Standing,
    ) -> None:
        self._sides, self._keys, self._embedder = sides, keys, embedder
        edited = frozenset(article for article, _ in keys)
        self._edit = Edited(edited, lambda asked: bool(asked.own) and self._given_away(asked), self._says)
        self._keeper = Keeper(embedder)
        self._answerers = {}
        for side in (sides.before, sides.after):
            answerer = Answerer(settings, side, LaterModel(settings), threads)
            binds = binding_of(settings, side.version.kb_version)
            answerer.adopt(replace(standing, binds=binds, watch=Watch(())))
            self._answerers[id(side)] = answerer

    def moves(self, asked: Known) -> bool:
        """Whether the edit changes what is found for a question."""
        self._hide(asked)
        before, after = (self._found(side, asked) for side in (self._sides.before, self._sides.after))
        if before.passages != after.passages:
            return True
        if before.ranking and before.ranking[0].article_id in self._edit.articles:
            return True
        pairs = zip(before.ranking[:TOP], after.ranking[:TOP], strict=False)
        return any(a.article_id != b.article_id or abs(a.score - b.score) > MOVED for a, b in pairs)

    async def changes(self, asked: Sequence[Known], progress: Progress) -> list[Change]:
        """The changes of answers that somebody minds, each question once."""
        found: dict[tuple[str, str, str], Change] = {}
        for number, one in enumerate(asked, 1):
            self._hide(one)
            before = await self._answer(self._sides.before, one)
            after = await self._answer(self._sides.after, one)
            if change := verdict(one, before, after, self._edit, self._keeper):
                found.setdefault(one.key, change)
            if number % EVERY == 0 or number == len(asked):
                progress("answer", number, len(asked))
        return list(found.values())

    def _found(self, side: Standpoint, asked: Known) -> Found:
        with side.reading("faq", asked.audience) as reader:
            return reader.find(asked.alone, asked.locale, self._embedder.vector)

    async def _answer(self, side: Standpoint, asked: Known) -> Decision:
        return await self._answerers[id(side)].decide(asked.asked)

    def ways(self, asked: Known) -> tuple[Known, ...]:
        """How to ask it. One that the edit gives to another article is only asked as it stands: that article is found
        by it from then on."""
        return (asked,) if asked.own and self._given_away(asked) else asked.ways

    def _says(self, asked: Known, cited: Citation, sentences: tuple[str, ...]) -> bool:
        with self._sides.after.reading("faq", asked.audience) as reader:
            said = {
                text
                for passage in reader.bodies(cited.article_id, cited.locale)
                for unit in units_of(passage.text)
                for text in (readable(unit), plain(unit.text))  # a row of a table with its head, and without
            }
        return said.issuperset(sentences)

    def _hide(self, asked: Known) -> None:
        hidden = (asked.own, asked.text) if asked.hides else None
        self._sides.before.hidden = self._sides.after.hidden = hidden

    def _given_away(self, asked: Known) -> bool:
        own = key_of(asked.own)
        for key in self._keys - {own}:
            collection = self._sides.after.version.collection("faq", asked.audience, key[1])
            ids = chunk_ids(*key, asked.text)
            if collection is not None and any(collection.row_of(chunk_id) is not None for chunk_id in ids):
                return True
        return False


def sides_of(candidate: Candidate, embedder: Remembering, sql: bool, today: Today) -> Sides:
    """Both standpoints of an open candidate."""
    publisher = candidate.publisher
    rest = (candidate.topics, embedder, publisher.embeddings, sql, today)
    return Sides(
        Standpoint(candidate.base, publisher.store, *rest), Standpoint(candidate.version, candidate.passages, *rest)
    )
