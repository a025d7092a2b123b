"""Retriever: the passages for a question, by meaning and by word, read from one knowledge version."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from app.answer.carrier import without_carrier
from app.answer.opened import Opened, Passages
from app.answer.types import VisitorAudience, Wording
from app.today import Today, today_in_utc
from ingest.article import Audience, Kind
from ingest.collection import Collection, Words
from ingest.embed import Embedder
from ingest.gloss import glossary, plain_english
from ingest.pipeline import Publisher
from ingest.ranking import Match, place
from ingest.store import Passage
from ingest.topics import Topics
from ingest.version import Version

PASSAGES = 5
PASSAGES_PER_ARTICLE = 3
RANKED = 10
SHOWN = 4
"""Articles whose passages are read; more only when one of them may not be shown."""
DEFAULT_LOCALE = "en"


Near = dict[str, list[int]]
"""Rows of each collection, by locale."""
Embed = Callable[[str], NDArray[np.float32]]


Wordings = Mapping[str, Wording]
"""By the locale of the collection."""


@dataclass(frozen=True, slots=True)
class Found:
    """Articles, best first, and the passages of the best of them that may be shown."""

    ranking: list[Match]
    passages: list[Passage]


class Reader:
    """One audience's view of one knowledge version. It holds that audience's collections and no handle on others."""

    def __init__(
        self,
        version: Opened | None,
        topics: Topics,
        store: Passages,
        kind: Kind,
        audience: Audience,
        today: Today = today_in_utc,
    ) -> None:
        self._store, self._kind, self._audience, self._today = store, kind, audience, today
        self._collections: dict[str, Collection] = {}
        self.topics = topics
        self.kb_version = ""
        self._publication = 0
        if version is not None:
            self.kb_version, self._publication = version.kb_version, version.publication.id
            for locale in version.locales(kind, audience):
                collection = version.collection(kind, audience, locale)
                if collection is not None:
                    self._collections[locale] = collection

    def collections(self, locale: str) -> list[Collection]:
        """Those to search for a visitor of ``locale``."""
        return readable_in(self._collections, locale)

    def near(self, wordings: Wordings, exclude: frozenset[str] = frozenset()) -> Near:
        """What :meth:`search` will ask Chroma for: blocking, and best done on a thread."""
        return {name: self._collections[name].near(wording.vector, exclude) for name, wording in wordings.items()}

    def words(self, question: str, locale: str, exclude: frozenset[str] = frozenset()) -> dict[str, Words]:
        """What :meth:`search` needs beside vectors, by locale."""
        there = [collection for collection in self.collections(locale) if collection.rows.ids]
        return {c.locale: c.words(text_for(c.locale, question, locale), exclude) for c in there}

    def wordings(self, question: str, locale: str, embed: Embed) -> Wordings:
        """The question as each collection is to be asked."""
        return wordings(self.collections(locale), question, locale, embed)

    def find(self, question: str, locale: str, embed: Embed) -> Found:
        """What :meth:`search` finds for a question that nothing is known of yet."""
        return self.search(self.wordings(question, locale, embed), locale)

    def search(
        self,
        asked: Wordings,
        locale: str,
        exclude: frozenset[str] = frozenset(),
        near: Near | None = None,
        words: dict[str, Words] | None = None,
    ) -> Found:
        """Rank articles and read their passages, one query of SQL; ``near`` and ``words`` are what the methods of these
        names found for the same."""
        day = self._today()
        ranking = rank_articles(self.collections(locale), asked, locale, exclude, near, words)
        read = self._read(ranking[:SHOWN], day)
        shown = {passage.article_id for passage in read.values()}
        if len(shown) < len(ranking[:SHOWN]):
            read |= self._read(ranking[SHOWN:], day)
            shown = {passage.article_id for passage in read.values()}
            ranking = [match for match in ranking if match.article_id in shown]
        ordered = [read[chunk_id] for chunk_id in shown_chunks(ranking) if chunk_id in read]
        return Found(ranking, ordered[:PASSAGES])

    def _read(self, ranking: list[Match], day: date) -> dict[str, Passage]:
        """The chunks that may reach a prompt, checked against SQL: published, for this audience, valid today."""
        wanted = [chunk_id for match in ranking for chunk_id in match.chunk_ids[:PASSAGES_PER_ARTICLE]]
        return self._store.passages(self._publication, wanted, self._kind, self._audience, day)

    def unit_vectors(self, passage: Passage) -> NDArray[np.float32] | None:
        """Those of what can be quoted of a passage, in order; None when the index has them not."""
        collection = self._collections.get(passage.locale)
        return collection.unit_vectors(passage.chunk_id) if collection else None

    def bodies(self, article_id: str, locale: str) -> list[Passage]:
        """The whole article in reading order, as its audience may see it."""
        day = self._today()
        return self._store.bodies(self._publication, article_id, locale, self._kind, self._audience, day)


def readable_in(collections: Mapping[str, Collection], locale: str) -> list[Collection]:
    """Of an audience's collections those in the language of ``locale`` and in English; all when there are neither."""
    language = locale.split("-", maxsplit=1)[0]
    chosen = [c for name, c in collections.items() if name.split("-")[0] in (language, DEFAULT_LOCALE)]
    return chosen or list(collections.values())


@lru_cache(maxsize=1_024)
def text_for(language: str, question: str, locale: str) -> str:
    """The question, asked in ``locale``, as a collection in ``language`` is to be asked: without what is said around
    it, and in plain English words if the collection is in English."""
    gloss = glossary(locale.split("-", maxsplit=1)[0]) if language == DEFAULT_LOCALE else None
    asked = without_carrier(question)
    return gloss(asked) if gloss else asked


def text_of_meaning(language: str, glossed: bool, question: str, locale: str) -> str:
    """The question as it is embedded for a collection: in plain English if that is how its articles were."""
    return text_for(DEFAULT_LOCALE if glossed else language, question, locale)


def wordings(collections: Iterable[Collection], question: str, locale: str, embed: Embed) -> Wordings:
    """The question as each of the collections is to be asked, by locale; equal texts are embedded once.

    An English question means what its own words and the plain ones mean between them: a gloss that misses then only
    adds some noise. What editors noted is known by the visitor's very words too.
    """
    asked = without_carrier(question)
    english = locale.startswith(DEFAULT_LOCALE)
    texts: dict[str, str] = {}
    meant: dict[str, str] = {}
    for one in collections:
        texts[one.locale] = text_for(one.locale, question, locale)
        meant[one.locale] = text_of_meaning(one.locale, one.glossed, question, locale)
    vectors = {text: embed(text) for text in dict.fromkeys(meant.values())}
    said: dict[str, list[NDArray[np.float32]]] = {text: [] for text in vectors}
    if asked != question:
        said = {t: [embed(question if english or t == asked else plain_english(question, locale))] for t in vectors}
    if english and (plain := text_for(DEFAULT_LOCALE, question, locale)) in vectors and plain != asked:
        ours = vectors[asked] if asked in vectors else embed(asked)
        said[plain] = [ours, *said[plain]]
        both = vectors[plain] + ours
        vectors[plain] = both / max(float(np.linalg.norm(both)), 1e-9)
    own = {text: np.stack(many) if many else None for text, many in said.items()}
    return {name: Wording(text, vectors[meant[name]], own[meant[name]]) for name, text in texts.items()}


def rank_articles(
    collections: Iterable[Collection],
    asked: Wordings,
    locale: str,
    exclude: frozenset[str] = frozenset(),
    near: Near | None = None,
    words: dict[str, Words] | None = None,
) -> list[Match]:
    """The RANKED best articles of all collections, each once."""
    best: dict[str, Match] = {}
    for collection in collections:
        ours, read = (near or {}).get(collection.locale), (words or {}).get(collection.locale)
        wording = asked[collection.locale]
        for match in collection.search(wording.text, wording.vector, RANKED, exclude, ours, read, wording.own):
            other = best.get(match.article_id)
            best[match.article_id] = _prefer(match, other, locale) if other else match
    return sorted(best.values(), key=place)[:RANKED]


def _prefer(match: Match, other: Match, locale: str) -> Match:
    """Of one article in two languages, the visitor's, with the better score of both."""
    language = locale.split("-", maxsplit=1)[0]
    ours, theirs = (match, other) if match.locale.split("-")[0] == language else (other, match)
    if theirs.score <= ours.score:
        return ours
    fields = {name: getattr(theirs, name) for name in Match.__slots__}
    return Match(**{**fields, "locale": ours.locale, "chunk_ids": ours.chunk_ids})


def shown_chunks(ranking: list[Match]) -> Iterator[str]:
    """Two chunks of the best article, one of each of the next, then the rest of the best."""
    if not ranking:
        return
    yield from ranking[0].chunk_ids[:2]
    for match in ranking[1:3]:
        yield from match.chunk_ids[:1]
    yield from ranking[0].chunk_ids[2:PASSAGES_PER_ARTICLE]
    for match in ranking[1:3]:
        yield from match.chunk_ids[1:PASSAGES_PER_ARTICLE]


class Readers(Protocol):
    """Opens readers on one version: the live one, or one that an editor looks at."""

    @property
    def embedder(self) -> Embedder:
        """The embedder of the version."""
        ...

    @property
    def reads_at_once(self) -> bool:
        """Whether passages are read so fast that a thread would cost more."""
        ...

    def embeddings(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of texts that recur."""
        ...

    def reading(self, kind: Kind, audience: Audience) -> AbstractContextManager[Reader]:
        """A reader that stays on one version."""
        ...


class Retriever:
    """Opens readers on the live version."""

    def __init__(self, publisher: Publisher, today: Today = today_in_utc) -> None:
        self._publisher, self._today = publisher, today
        self._topics: tuple[int, Topics] | None = None

    @property
    def embedder(self) -> Embedder:
        """The embedder of the live version."""
        return self._publisher.embedder

    @property
    def reads_at_once(self) -> bool:
        """Whether passages are read from a file of this machine, so fast that a thread would cost more."""
        return self._publisher.store.engine.dialect.name == "sqlite"

    def embeddings(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of texts that recur, kept in SQL."""
        return self._publisher.embeddings(texts)

    @contextmanager
    def reading(self, kind: Kind, audience: Audience) -> Iterator[Reader]:
        """A reader that stays on the version that was live at the start, whatever is published meanwhile."""
        with self._publisher.shelf.reading() as version:
            yield Reader(version, self._topics_of(version), self._publisher.store, kind, audience, self._today)

    def _topics_of(self, version: Version | None) -> Topics:
        if version is None:
            return Topics()
        known = self._topics
        if known is None or known[0] != version.publication.id:
            topics = Topics.model_validate(self._publisher.store.topics(version.publication.id))
            self._topics = known = (version.publication.id, topics)
        return known[1]


class HybridRetriever(BaseRetriever):
    """Baton's index as a LangChain retriever: articles of one audience, as Documents with their citations."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    audience: VisitorAudience = "buyer"
    locale: str = DEFAULT_LOCALE

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        with self.retriever.reading("faq", self.audience) as reader:
            found = reader.find(query, self.locale, self.retriever.embedder.vector)
        score = {match.article_id: match.score for match in found.ranking}
        return [
            Document(
                page_content=passage.text,
                metadata={
                    "article_id": passage.article_id,
                    "revision": passage.revision,
                    "title": passage.title,
                    "section": passage.section,
                    "score": score[passage.article_id],
                },
            )
            for passage in found.passages
        ]

    async def _aget_relevant_documents(self, query: str, *, run_manager: object) -> list[Document]:
        return await asyncio.to_thread(self.invoke, query)
