"""Planted contradictions and duplicates: how many are found, and how often our own articles are accused.

``tuned``, ``elsewhere`` and ``translated`` are what the bounds were set on, and so is ``contradictions_held`` since its
misses were read (17 of 30 before). ``fresh`` and ``duplicates_held`` were written before they were run and changed
nothing after: 29 and 30 of 30.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.editor.checks.contradictions import contradictions
from app.editor.checks.corpus import Corpus
from app.editor.checks.draft import Draft
from app.editor.checks.duplicates import duplicates
from app.editor.checks.service import ChecksService
from evals.article_file import to_markdown
from ingest.article import Article, read_folder
from tests.editor.checks.planted_sets import planted

FALSE_ALARMS = 3
"""Pairs of statements of our own articles that are told and do not contradict each other."""


@pytest.fixture(scope="module")
def own(knowledge_source: Path) -> dict[str, Article]:
    """Our English articles by id."""
    return {article.id: article for article in read_folder(knowledge_source) if article.locale == "en"}


@pytest.mark.parametrize(
    ("name", "check", "least"),
    [
        ("contradictions_tuned.txt", "contradiction", 29),
        ("contradictions_held.txt", "contradiction", 22),
        ("contradictions_fresh.txt", "contradiction", 28),
        ("duplicates_tuned.txt", "duplicate", 29),
        ("duplicates_held.txt", "duplicate", 29),
    ],
)
def test_planted_texts_are_found(
    checks: ChecksService, own: dict[str, Article], name: str, check: str, least: int
) -> None:
    """Of thirty, one fewer than today at most; a finding counts when it names the article that is contradicted."""
    texts = planted(name, own)
    assert len(texts) == 30
    missed = [
        one.article.body
        for one in texts
        if not any(
            found.check == check and found.other and found.other.article_id in one.about
            for found in checks.check(to_markdown(one.article))
        )
    ]
    assert len(texts) - len(missed) >= least, missed


def test_translations_contradict_each_other_too(checks: ChecksService, own: dict[str, Article]) -> None:
    """Spanish and Portuguese drafts against the articles in their language."""
    texts = planted("contradictions_translated.txt", own, where=True)
    found = sum(
        any(
            finding.other and finding.other.article_id in one.about and finding.other.locale == one.where
            for finding in checks.check(to_markdown(one.article))
            if finding.check == "contradiction"
        )
        for one in texts
    )
    assert len(texts) == 14
    assert found >= 11


def test_another_companys_articles(company: Callable[[str], Corpus]) -> None:
    """What is found does not hang on our own words: 32 contradictions of two companies."""
    texts = planted("contradictions_elsewhere.txt", {}, where=True)
    found = 0
    for one in texts:
        corpus, draft = company(one.where), Draft.of(one.article)
        vectors = corpus.embedder.matrix([piece.indexed for piece in draft.chunks if piece.part == "body"])
        told = contradictions(draft, np.asarray(vectors), corpus)
        found += any(finding.other and finding.other.article_id in one.about for finding in told)
    assert len(texts) == 32
    assert found >= 26


@pytest.mark.parametrize("name", ["staylo", "partshub"])
def test_articles_that_agree_are_left_alone(company: Callable[[str], Corpus], name: str) -> None:
    """Their own articles contradict and repeat nobody."""
    corpus = company(name)
    for live in corpus.live:
        draft = Draft.of(live.article)
        assert not [*contradictions(draft, live.bodies, corpus), *duplicates(draft, live.bodies, corpus)]


def test_our_own_articles_are_seldom_accused(checks: ChecksService) -> None:
    """Each pair is told at one of its ends or at both. None of ours is a copy of another."""
    swept = checks.check_live(60.0)
    while len(swept.findings) < len(swept.articles):
        swept = checks.check_live(60.0)
    pairs = {
        frozenset([(key[0], finding.quote), (finding.other.article_id, finding.other.quote)])
        for key, found in swept.findings.items()
        for finding in found
        if finding.check == "contradiction" and finding.other
    }
    copies = [finding for found in swept.findings.values() for finding in found if finding.check == "duplicate"]
    assert len(pairs) <= FALSE_ALARMS, pairs
    assert not copies
