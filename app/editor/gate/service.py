"""Gate service: what publishing asks of an edit, and what an editor asks of a draft."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock

from app.answer.answerer import Answerer
from app.answer.standing import binding_of
from app.answer.threads import Threads
from app.answer.types import Decision, Question
from app.answer.watch import Watch
from app.editor.gate.gate import Gate, Progress, Sides, sides_of
from app.editor.gate.questions import Known, distinct, golden_known, helped_known, own_known, stated_known
from app.editor.gate.repository import GateRepository
from app.editor.gate.schemas import Ask, Asked, GateReport
from app.editor.gate.standpoint import Remembering
from app.errors import InvalidInput, NotFound, Unavailable
from app.llm import LaterModel
from app.settings import Settings
from app.today import today_in
from ingest.article import Article, read_files
from ingest.candidate import Candidate, candidate
from ingest.errors import IngestError, InvalidArticles
from ingest.pipeline import Publisher
from ingest.revisions import Key

DraftTexts = Callable[[Sequence[Key]], Awaitable[Sequence[str]]]
"""The texts of saved drafts, in the order of their keys. Raises NotFound for one that is not there."""


async def _none_saved(keys: Sequence[Key]) -> Sequence[str]:
    raise NotFound(f"no draft of `{keys[0][0]}` ({keys[0][1]}) is saved; send its text instead")


class GateService:
    """Of one process. Checks run one at a time; questions to drafts beside them."""

    def __init__(
        self,
        settings: Settings,
        publisher: Publisher,
        answerer: Answerer,
        model: LaterModel,
        texts_of: DraftTexts = _none_saved,
    ) -> None:
        self._settings, self._publisher, self._answerer, self._model = settings, publisher, answerer, model
        self._texts_of = texts_of
        self._repository = GateRepository(publisher.store.engine)
        self._embedder = Remembering(publisher.embedder)
        self._gate = Gate(settings, self._embedder)
        self._threads = Threads(2, "draft")
        self._one = Lock()

    @contextmanager
    def checked(
        self, changed: Sequence[Article], removed: Collection[Key] = (), progress: Progress = lambda *_: None
    ) -> Iterator[tuple[Candidate, GateReport]]:
        """An edit and what the gate says of it; publish the candidate before the block ends, or drop it by leaving.
        Blocking. Raises NothingLive before the first publish, when there is nothing to lose."""
        with candidate(self._publisher, changed, removed, progress) as edit, self._one:
            yield edit, self._check(edit, progress)

    def _check(self, edit: Candidate, progress: Progress) -> GateReport:
        sides = self._sides(edit)
        standing = self._answerer.standing_of(edit.base.kb_version)
        return self._gate.check(
            sides.before,
            sides.after,
            edit.keys,
            self.questions(edit),
            self._publisher.embeddings,
            standing,
            progress,
        )

    def questions(self, edit: Candidate) -> list[Known]:
        """Every question that is known to have an answer, or none."""
        return distinct(
            [
                *golden_known(self._repository.golden()),
                *helped_known(self._repository.helped()),
                *stated_known(edit.before, edit.changed),
                *own_known(edit.base, self._repository.phrasings(edit.base.publication.id)),
            ]
        )

    async def ask(self, asked: Ask) -> Asked:
        """What visitors are told now, and would be told with these drafts. Raises InvalidInput naming what is wrong
        with a draft, NotFound, and Unavailable before the first publish."""
        keys = [(draft.article_id, draft.locale) for draft in asked.drafts]
        saved = await self._texts_of(keys) if keys else []
        names = [f"{article} ({locale})" for article, locale in keys] + ["draft" for _ in asked.texts]
        texts = [text.encode("utf-8", "replace") for text in (*saved, *asked.texts)]
        try:
            articles = await asyncio.to_thread(read_files, list(zip(names, texts, strict=True)))
        except InvalidArticles as error:
            raise InvalidInput(str(error), problems=[str(problem) for problem in error.problems]) from None
        question = Question(text=asked.question, audience=asked.audience, locale=asked.locale)
        opened = candidate(self._publisher, articles, keeps=False)
        try:
            edit = await asyncio.to_thread(opened.__enter__)
        except IngestError as error:
            raise Unavailable(str(error)) from error
        try:
            sides = self._sides(edit)
            before, after = await asyncio.gather(self._decide(sides, 0, question), self._decide(sides, 1, question))
        finally:
            await asyncio.to_thread(opened.__exit__, None, None, None)
        return Asked(before=before, after=after)

    async def _decide(self, sides: Sides, which: int, question: Question) -> Decision:
        side = (sides.before, sides.after)[which]
        answerer = Answerer(self._settings, side, self._model, self._threads)
        standing = self._answerer.standing_of(sides.before.version.kb_version)
        binds = binding_of(self._settings, side.version.kb_version)
        answerer.adopt(replace(standing, binds=binds, watch=Watch(())))
        return await answerer.decide(question)

    def _sides(self, edit: Candidate) -> Sides:
        is_sqlite = self._publisher.store.engine.dialect.name == "sqlite"
        return sides_of(edit, self._embedder, is_sqlite, today_in(self._settings.timezone))
