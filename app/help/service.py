"""Help centre: search, topics and articles for one audience and language."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Row

from app.answer.retriever import Retriever
from app.answer.types import VisitorAudience
from app.db import Database
from app.errors import NotFound
from app.help import repository
from app.help.schemas import ArticleLink, ArticleView, SearchResult, TopicArticles, TopicName
from app.markdown import to_html
from app.today import Today
from ingest.chunk import plain
from ingest.topics import Topics

SNIPPET_CHARACTERS = 180
SEARCH_FLOOR = 0.2


class HelpService:
    """Reads what is live; in each list an article stands once, in the reader's language where there is one."""

    def __init__(self, db: Database, retriever: Retriever, today: Today) -> None:
        self._db, self._retriever, self._today = db, retriever, today

    def topics_file(self) -> Topics:
        """The topics of the live version."""
        with self._retriever.reading("faq", "buyer") as reader:
            return reader.topics

    async def search(self, query: str, audience: VisitorAudience, locale: str, limit: int) -> list[SearchResult]:
        """Articles for a few words, best first."""
        return await asyncio.to_thread(self._search, query, audience, locale, limit) if query.strip() else []

    def _search(self, query: str, audience: VisitorAudience, locale: str, limit: int) -> list[SearchResult]:
        results: list[SearchResult] = []
        with self._retriever.reading("faq", audience) as reader:
            for match in reader.find(query, locale, self._retriever.embedder.vector).ranking[:limit]:
                bodies = reader.bodies(match.article_id, match.locale)
                if match.score < SEARCH_FLOOR or not bodies:
                    continue
                near = next((b for b in bodies if b.chunk_id == match.chunk_ids[0]), bodies[0])
                results.append(
                    SearchResult(
                        article_id=match.article_id,
                        title=near.title,
                        snippet=_snippet(near.text),
                        topic=reader.topics.topic(near.topic).name_in(locale),
                        locale=match.locale,
                    )
                )
        return results

    async def topics(self, audience: VisitorAudience, locale: str) -> list[TopicArticles]:
        """Topics that have articles for an audience, in the order of ``topics.toml``, with their articles."""
        async with self._db.read() as connection:
            rows = await repository.live_articles(connection, audience, self._today())
        versions: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in rows:
            versions[row.article_id].append(row)
        by_topic: dict[str, list[ArticleLink]] = defaultdict(list)
        known = self.topics_file()
        for article_id, locales in versions.items():
            row = _in_language(locales, locale)
            slug = row.topic if row.topic in known.topics else "general"
            by_topic[slug].append(ArticleLink(article_id=article_id, title=row.title, locale=row.locale))
        return [
            TopicArticles(id=slug, name=topic.name_in(locale), description=topic.description, articles=by_topic[slug])
            for slug, topic in known.topics.items()
            if by_topic[slug]
        ]

    async def article_revision(self, article_id: str, audience: VisitorAudience, locale: str) -> int | None:
        """The number of the live revision in a language; None when there is none any more."""
        async with self._db.read() as connection:
            rows = await repository.live_article(connection, audience, article_id, self._today())
        return next((int(row.number) for row in rows if row.locale == locale), None)

    async def article(
        self, article_id: str, audience: VisitorAudience, locale: str, revision: int | None = None
    ) -> ArticleView:
        """One article, or one of its earlier revisions. Raises NotFound for whatever the audience may not read."""
        async with self._db.read() as connection:
            live = await repository.live_article(connection, audience, article_id, self._today())
            rows = live
            if revision is not None:
                rows = await repository.past_article(connection, audience, article_id, revision, self._today())
        if not rows:
            raise NotFound("there is no such article; search for it, or begin with the topics")
        row = _in_language(rows, locale)
        topic = self.topics_file().topic(row.topic)
        query = urlencode({"lang": locale, "audience": audience})
        return ArticleView(
            article_id=row.article_id,
            revision=row.number,
            title=row.title,
            html=to_html(row.article["body"], f"?{query}"),
            markdown=row.article["body"],
            topic=TopicName(id=row.topic, name=topic.name_in(locale)),
            audience=list(row.article["audience"]),
            locale=row.locale,
            locales=sorted(version.locale for version in live) or [row.locale],
            updated_at=row.created_at,
        )


def _in_language(rows: Sequence[Row[Any]], locale: str) -> Row[Any]:
    """The version in the reader's language, else the English one, else any."""
    language = locale.split("-", maxsplit=1)[0]
    return min(rows, key=lambda row: (row.locale.split("-")[0] != language, row.locale != "en", row.locale))


def _snippet(markdown: str) -> str:
    text = plain(markdown)
    return text if len(text) <= SNIPPET_CHARACTERS else text[:SNIPPET_CHARACTERS].rsplit(" ", 1)[0] + "…"
