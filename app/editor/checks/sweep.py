"""Sweep: all live articles checked once, on a thread of its own, and after a publish only what it touched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Condition, Thread
from time import perf_counter, sleep

import structlog

from app.editor.checks.corpus import Corpus
from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding
from ingest.article import Article
from ingest.revisions import Key

log = structlog.get_logger()
REST = 1.0
"""It rests as long as it works, so that whoever asks a question meanwhile finds half the interpreter free."""
Check = Callable[[Draft, Corpus], list[Finding]]


@dataclass(frozen=True)
class Swept:
    """Findings by article; an article that is not among them has not been checked yet."""

    findings: Mapping[Key, list[Finding]]
    articles: list[Article]


class Sweep:
    """One publication's. ``before`` is the last publication's, whose findings stay where nothing near has changed."""

    def __init__(self, corpus: Corpus, check: Check, before: "Sweep | None" = None) -> None:
        self.corpus, self._check = corpus, check
        self._changed = Condition()
        self._stopped = False
        self._found: dict[Key, list[Finding]] = before.kept_for(corpus) if before else {}
        self._todo = [article for article in corpus.articles if article.key not in self._found]
        self._thread = Thread(target=self._run, name="checks", daemon=True)
        self._thread.start()

    def state(self, seconds: float) -> Swept:
        """What is known after at most ``seconds`` of waiting for the rest."""
        total = len(self.corpus.articles)
        with self._changed:
            self._changed.wait_for(lambda: len(self._found) == total or self._stopped, timeout=seconds)
            return Swept(dict(self._found), self.corpus.articles)

    def stop(self) -> None:
        """Give up what is left, and wait for the article in hand."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._thread.join()

    def kept_for(self, corpus: Corpus) -> dict[Key, list[Finding]]:
        """The findings that still hold: those of articles that stayed, and are near none that came, changed or went."""
        before = {one.revision_id for one in self.corpus.live}
        after = {one.revision_id for one in corpus.live}
        touched = {one.article.key for one in self.corpus.live if one.revision_id not in after}
        touched |= {one.article.key for one in corpus.live if one.revision_id not in before}
        ids = {article_id for article_id, _ in touched}
        for number, one in enumerate(corpus.live):
            if one.revision_id not in before:
                touched |= {corpus.articles[near].key for near in corpus.near(one.article, corpus.live[number].bodies)}
        with self._changed:
            return {
                article.key: self._found[article.key]
                for article in corpus.articles
                if article.key in self._found
                and article.key not in touched
                and not any(f"article:{article_id})" in article.body for article_id in ids)
                and not any(found.other and found.other.article_id in ids for found in self._found[article.key])
            }

    def _run(self) -> None:
        for article in self._todo:
            began = perf_counter()
            try:
                found = self._check(Draft.of(article), self.corpus)
            except Exception as error:  # one article must not keep the others from being checked
                log.error("checks.failed", article=article.id, error=type(error).__name__, exc_info=error)
                found = []
            with self._changed:
                if self._stopped:
                    return
                self._found[article.key] = found
                self._changed.notify_all()
            sleep(REST * (perf_counter() - began))
