"""Checks: everything that can be said about a draft while it is being written, and about all that is live."""

from collections.abc import Iterator, Sequence
from datetime import date
from threading import Lock
from urllib.parse import urlencode, urlsplit

import numpy as np
from numpy.typing import NDArray

from app.answer.quote import Quoter
from app.editor.checks.contradictions import contradictions
from app.editor.checks.corpus import Corpus, read_corpus
from app.editor.checks.draft import Draft, body_start
from app.editor.checks.duplicates import duplicates
from app.editor.checks.finding import ORDER, Finding
from app.editor.checks.images import images
from app.editor.checks.internal import internal
from app.editor.checks.length import length
from app.editor.checks.links import links
from app.editor.checks.personal import personal
from app.editor.checks.phrasings import phrasings
from app.editor.checks.questions import questions
from app.editor.checks.reading import reading
from app.editor.checks.review import review
from app.editor.checks.schemas import Preview, Problem
from app.editor.checks.sweep import Sweep, Swept
from app.errors import Unavailable
from app.markdown import to_html
from app.settings import Settings
from ingest.errors import InvalidArticles
from ingest.meaning import sayer
from ingest.pipeline import Publisher


def link_hosts(settings: Settings) -> list[str]:
    """Our own host and those of LINK_HOSTS."""
    own = urlsplit(settings.public_url).hostname or ""
    return [host for host in (own, *(one.strip().lower() for one in settings.link_hosts.split(","))) if host]


class ChecksService:
    """Reads what is live once a publication and keeps it. Methods block; call them on a worker thread.

    ``hosts`` are those that articles may link to, and where our own mail is received.
    """

    def __init__(self, publisher: Publisher, hosts: Sequence[str]) -> None:
        self._publisher, self._hosts = publisher, list(hosts)
        self._corpus: Corpus | None = None
        self._lock = Lock()
        self._sweep: Sweep | None = None
        self._quoter = Quoter(publisher.embedder)

    def corpus(self) -> Corpus:
        """What is live now. Raises Unavailable before the first publish."""
        publication = self._publisher.store.live()
        if publication is None:
            raise Unavailable("no knowledge is published yet; run `baton ingest knowledge`")
        with self._lock:
            if self._corpus is None or self._corpus.kb_version != publication.kb_version:
                self._corpus = read_corpus(self._publisher, publication, self._corpus)
            return self._corpus

    def check(self, text: str) -> list[Finding]:
        """Findings about a draft's text; one that is no article yet has its faults as findings."""
        try:
            draft = Draft.read(text)
        except InvalidArticles as error:
            return [
                Finding(
                    check="format",
                    severity="error",
                    message=f"{problem.field}: {problem.message}" if problem.field else problem.message,
                    cure="Correct this line; the other checks follow.",
                    line=problem.line or None,
                )
                for problem in error.problems
            ]
        return self._findings(draft, self.corpus())

    def check_live(self, seconds: float) -> Swept:
        """Findings about all that is live, as far as they are known after ``seconds``."""
        corpus = self.corpus()
        with self._lock:
            if self._sweep is None or self._sweep.corpus is not corpus:
                if self._sweep:
                    self._sweep.stop()
                self._sweep = Sweep(corpus, self._findings, self._sweep)
            sweep = self._sweep
        return sweep.state(seconds)

    def preview(self, text: str, question: str | None) -> Preview:
        """A draft as visitors would see it, and what the assistant would quote from it alone."""
        problems: list[Problem] = []
        draft: Draft | None = None
        try:
            draft = Draft.read(text)
        except InvalidArticles as error:
            problems = [
                Problem(line=one.line or None, field=one.field or None, message=one.message) for one in error.problems
            ]
        body = draft.article.body if draft else text[body_start(text) :].strip()
        locale, audience = (draft.article.locale, draft.article.audience[0]) if draft else ("en", "buyer")
        html = to_html(body, "?" + urlencode({"lang": locale, "audience": audience}))
        answer = None
        if question and draft and draft.passages:
            vector = self._publisher.embedder.vector(question)
            answer = self._quoter.quote(question, vector, draft.passages).text
        return Preview(title=draft.article.title if draft else None, html=html, answer=answer, problems=problems)

    def stop(self) -> None:
        """End the sweep."""
        with self._lock:
            if self._sweep:
                self._sweep.stop()

    def _findings(self, draft: Draft, corpus: Corpus) -> list[Finding]:
        bodies = self._vectors(draft, corpus)
        found = [
            *self._alone(draft, corpus),
            *duplicates(draft, bodies, corpus),
            *contradictions(draft, bodies, corpus),
        ]
        return sorted(found, key=lambda finding: (ORDER[finding.severity], finding.line or 0))

    def _alone(self, draft: Draft, corpus: Corpus) -> Iterator[Finding]:
        today = date.today()
        yield from links(draft, lambda article_id: corpus.by_id.get(article_id, []), self._hosts)
        yield from images(draft)
        yield from review(draft, today)
        if draft.article.kind == "faq":
            yield from phrasings(draft, corpus.phrasings)
            yield from questions(draft)
        yield from length(draft)
        yield from reading(draft)
        yield from personal(draft, self._hosts)
        yield from internal(draft, corpus.vocabulary, corpus.find(draft.article.key))

    def _vectors(self, draft: Draft, corpus: Corpus) -> NDArray[np.float32]:
        """Vectors of the body's chunks. While one types, all but the last touched are known from the check before."""
        say = sayer(self._publisher.glosses)
        texts = [say(piece.indexed, piece.locale) for piece in draft.chunks if piece.part == "body"]
        known = corpus.vectors(texts)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)
