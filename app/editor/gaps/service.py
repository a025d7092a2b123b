"""Gaps, top to bottom: the log is read on, its missed questions are grouped and named, and articles close them."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import audit_log
from app.answer.answerer import Answerer
from app.answer.retriever import DEFAULT_LOCALE, Retriever
from app.auth import Staff
from app.db import Database
from app.editor.drafts import repository as draft_repository
from app.editor.drafts.schemas import Draft
from app.editor.drafts.service import DraftService
from app.editor.gaps import repository
from app.editor.gaps.closing import answered, state_after
from app.editor.gaps.drafting import Wording, draft_of, extended, slug_of
from app.editor.gaps.grouping import Group, group, meant
from app.editor.gaps.naming import in_plain_words, keywords, name_of
from app.editor.gaps.reading import AGAIN, LogReader
from app.editor.gaps.schemas import Gap, GapArticle
from app.editor.gaps.titling import title_of
from app.errors import Conflict, NotFound
from app.event_log import now
from app.llm import LaterModel
from ingest.article import Article

WINDOW = timedelta(days=90)
"""Older questions are not grouped any more."""
MAX_QUESTIONS = 2_000
"""The latest that are grouped: likeness is of every two."""
BATCH = 200
OVERLAP = timedelta(seconds=90)
"""Read again each time: a transaction that was under way at the last look committed after it."""
SHOWN, SHOWN_QUESTIONS, SHOWN_ANSWERS = 200, 40, 12
TITLED = 10
"""Groups that the model names in one look, the costliest."""


class GapService:
    """What editors see of gaps, and what they begin from them."""

    def __init__(
        self, db: Database, retriever: Retriever, answerer: Answerer, model: LaterModel, drafts: DraftService
    ) -> None:
        self._db, self._retriever, self._answerer, self._model = db, retriever, answerer, model
        self._drafts = drafts
        self._log = LogReader(retriever)
        self._lock = asyncio.Lock()

    async def every(self, days: int) -> list[Gap]:
        """Groups with questions of the last ``days``, the costliest first."""
        await self.refresh()
        since = now() - timedelta(days=days)
        async with self._db.read() as connection:
            rows = await repository.questions(connection, since, MAX_QUESTIONS)
            stored = {row.id: row for row in await repository.gaps(connection)}
            articles = {row.article_id for row in stored.values()} | {row.covered_by for row in rows}
            titles = await repository.titles(connection, sorted(name for name in articles if name))
            live = await repository.live(connection, titles)
        members: dict[int, list[Row[Any]]] = {}
        for row in rows:
            if row.gap_id in stored:
                members.setdefault(row.gap_id, []).append(row)
        about = await asyncio.to_thread(_about, list(members.values()))
        shown = [
            _view(stored[number], members[number], words, titles, live)
            for number, words in zip(members, about, strict=True)
        ]
        shown.sort(key=lambda one: (-one.visitors - one.handoffs, -one.last_at.timestamp(), one.id))
        return shown[:SHOWN]

    async def draft(self, who: Staff, gap_id: int) -> Draft:
        """The draft of the article that a group needs: a new one, the one that was begun, or once that is live its text
        with the wordings that came since. Raises NotFound, and Conflict when another live article says it already."""
        async with self._lock:
            async with self._db.read() as connection:
                stored = await repository.one(connection, gap_id)
                rows = await repository.of_gap(connection, gap_id)
            if stored is None or not rows:
                raise NotFound("there is no such group any more; look at the list again")
            if stored.article_id is not None:
                try:
                    return await self._drafts.find((stored.article_id, stored.locale))
                except NotFound:  # published or discarded: it is begun again below
                    pass
            async with self._db.read() as connection:
                live = await repository.live(connection, {row.covered_by for row in rows if row.covered_by})
                article_id = stored.article_id or await _free_id(connection, stored)
                own = await draft_repository.live(connection, (article_id, stored.locale or DEFAULT_LOCALE))
            known = _known(rows, live)
            if known not in (None, article_id):
                raise Conflict(f"`{known}` says this already; open it and add these wordings to its questions")
            locale, text = await asyncio.to_thread(self._text, article_id, own, stored, rows)
            made = await self._drafts.save_new(text, who, "gap")
            async with self._db.write() as connection:
                values = {"article_id": article_id, "locale": locale, "drafted_at": now(), "checked": None}
                state = "drafted" if stored.state == "open" else stored.state
                await repository.change(connection, gap_id, state=state, **values)
                await audit_log.record(connection, who, "gap.drafted", gap=gap_id, article=article_id)
            return made

    def _text(
        self, article_id: str, live: Row[Any] | None, stored: Row[Any], rows: Sequence[Row[Any]]
    ) -> tuple[str, str]:
        wordings = [Wording(row.text, row.locale, row.audience, tuple(row.answers)) for row in rows]
        if live is not None:
            article = Article.model_validate(live.article)
            return article.locale, extended(article, wordings)
        topic = Counter(row.topic for row in rows).most_common(1)[0][0]
        with self._retriever.reading("faq", "buyer") as reader:
            is_known = topic in reader.topics.topics and not reader.topics.topic(topic).always_human
        topic = topic if is_known else "general"
        return draft_of(article_id, stored.name, topic, wordings, self._retriever.embeddings)

    async def refresh(self) -> None:
        """Read the log on, group what is new, and ask again what articles were written for. Costs as much as changed
        since the last time."""
        async with self._lock:
            while await self._read_on():
                pass
            await self._regroup()
            await self._check()

    async def _read_on(self) -> bool:
        """One batch of conversations; whether there are more."""
        async with self._db.read() as connection:
            at = await repository.cursor(connection)
            moment = now()
            since = at.read_to if at else moment - WINDOW
            batch = await repository.changed(connection, since, BATCH)
            more = len(batch) == BATCH and batch[-1].updated_at > since
            near = await repository.of_visitors(connection, sorted({row.visitor_id for row in batch}), moment - AGAIN)
            rows = list({row.id: row for row in [*batch, *near]}.values())
            logs = await repository.logs(connection, [row.id for row in rows])
        missed = await asyncio.to_thread(self._log.missed, rows, logs)
        # Never back: a batch that ends within the overlap would be read for ever.
        read_to = batch[-1].updated_at if more else max(since, moment - OVERLAP)
        async with self._db.write() as connection:
            if not await repository.move(connection, at.version if at else None, read_to):
                return True
            if await repository.replace(connection, [row.id for row in rows], missed):
                await repository.mark(connection, True)
        return more

    async def _regroup(self) -> None:
        """Group what changed. Computed outside of any transaction; thrown away when somebody else read on meanwhile."""
        async with self._db.read() as connection:
            at = await repository.cursor(connection)
            if at is None or not at.stale:
                return
            rows = await repository.questions(connection, now() - WINDOW, MAX_QUESTIONS)
            stored = {row.id: row for row in await repository.gaps(connection)}
        fixed = {number: one.article_id for number, one in stored.items() if one.drafted_at is not None}
        formed, names = await asyncio.to_thread(self._form, rows, fixed)
        async with self._db.write() as connection:
            latest = await repository.cursor(connection, lock=True)
            if latest is None or latest.version != at.version:
                return
            for one, name in zip(formed, names, strict=True):
                if one.changed:
                    await self._store(connection, one, name, rows, stored)
            await repository.drop_empty(connection)
            await repository.mark(connection, False)
        await self._title()

    @staticmethod
    async def _store(
        connection: AsyncConnection, one: Group, name: str, rows: Sequence[Row[Any]], stored: dict[int, Row[Any]]
    ) -> None:
        known = stored.get(one.id) if one.id is not None else None
        if one.id is None:
            one.id = await repository.add(connection, name)
        elif known is not None and known.drafted_at is None and known.named_by == "words":
            await repository.change(connection, one.id, name=name)
        new = [place for place in one.members if place not in one.before]
        await repository.assign(connection, one.id, [(rows[i].conversation_id, rows[i].seq) for i in new])
        if known is not None and known.closed_at is not None and any(rows[i].at > known.closed_at for i in new):
            await repository.change(connection, one.id, state="reopened")

    def _form(self, rows: Sequence[Row[Any]], fixed: dict[int, str]) -> tuple[list[Group], list[str]]:
        found = meant(rows, self._retriever.embeddings)
        formed = [one for one in group(rows, fixed, found) if one.members]
        about = _about([[rows[i] for i in one.members] for one in formed])
        names = [
            name_of(
                [rows[i].text for i in one.members],
                [rows[i].locale for i in one.members],
                found.centre(one.members),
                words,
                self._retriever.embeddings,
            )
            if one.changed
            else ""
            for one, words in zip(formed, about, strict=True)
        ]
        return formed, names

    async def _title(self) -> None:
        """The costliest groups that the model has not named yet get a name of its."""
        if not self._model.configured:
            return
        async with self._db.read() as connection:
            rows = await repository.questions(connection, now() - WINDOW, MAX_QUESTIONS)
            named = {one.id for one in await repository.gaps(connection) if one.named_by == "model" or one.drafted_at}
        texts: dict[int, list[str]] = {}
        for row in rows:
            if row.gap_id is not None and row.gap_id not in named:
                texts.setdefault(row.gap_id, []).append(row.text)
        several = [number for number in texts if len(texts[number]) > 1]
        costly = sorted(several, key=lambda number: (-len(texts[number]), number))[:TITLED]
        titles = await asyncio.gather(*(title_of(self._model, texts[number]) for number in costly))
        async with self._db.write() as connection:
            for number, title in zip(costly, titles, strict=True):
                if title:
                    await repository.change(connection, number, name=title, named_by="model")

    async def _check(self) -> None:
        """Ask what articles were begun for, once for each live version and threshold."""
        with self._retriever.reading("faq", "buyer") as reader:
            version = reader.kb_version
        checked = f"{version}/{self._answerer.certificate(version).threshold:.4f}"
        async with self._db.read() as connection:
            due = [
                (one, await repository.of_gap(connection, one.id))
                for one in await repository.gaps(connection)
                if one.drafted_at is not None and one.checked != checked
            ]
        answerer = self._answerer.aside()
        for stored, rows in due:
            good, asked = await answered(answerer, stored.article_id, rows)
            state = state_after(stored.state, good, asked)
            closed_at = now() if state == "closed" and stored.state != "closed" else stored.closed_at
            values = {"answered": good, "asked": asked, "state": state, "closed_at": closed_at, "checked": checked}
            async with self._db.write() as connection:
                await repository.change(connection, stored.id, **values)


async def _free_id(connection: AsyncConnection, stored: Row[Any]) -> str:
    """An article's id of the group's name that no other article has."""
    slug = slug_of(stored.name)
    for found in (slug, f"{slug}-{stored.id}"):
        if not await repository.is_taken(connection, found):
            return found
    return f"{slug}-{stored.id}-{token_hex(3)}"


def _known(rows: Sequence[Row[Any]], live: set[str]) -> str | None:
    """The live article that agents answered most of the questions from."""
    said = Counter(row.covered_by if row.covered_by in live else None for row in rows if row.answers)
    article, count = said.most_common(1)[0] if said else (None, 0)
    return article if 2 * count > said.total() else None


def _about(groups: Sequence[Sequence[Row[Any]]]) -> list[list[str]]:
    return keywords(
        [
            in_plain_words(
                [" ".join([row.text, *row.answers]) for row in rows],
                [row.locale for row in rows],
            )
            for rows in groups
        ]
    )


def _view(stored: Row[Any], rows: Sequence[Row[Any]], about: list[str], titles: dict[str, str], live: set[str]) -> Gap:
    known = _known(rows, live)
    draft = stored.article_id
    last: datetime = max(row.at for row in rows)
    return Gap(
        id=stored.id,
        name=stored.name,
        about=about,
        visitors=len({row.visitor_id for row in rows}),
        handoffs=len({row.conversation_id for row in rows if row.handed_off}),
        questions=list(dict.fromkeys(row.text for row in reversed(rows)))[:SHOWN_QUESTIONS],
        answers=list(dict.fromkeys(answer for row in reversed(rows) for answer in row.answers))[:SHOWN_ANSWERS],
        causes=dict(Counter(row.cause for row in rows)),
        locales=sorted({row.locale for row in rows}),
        audiences=sorted({row.audience for row in rows}),
        state=stored.state,
        draft=GapArticle(article_id=draft, locale=stored.locale, title=titles.get(draft)) if draft else None,
        known_article=GapArticle(article_id=known, locale=None, title=titles.get(known)) if known else None,
        answered=stored.answered,
        asked=stored.asked,
        last_at=last,
    )
