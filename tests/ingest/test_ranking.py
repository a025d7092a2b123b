"""Ranking: what comes first."""

from dataclasses import replace

from ingest.ranking import SAME, Told, by_sentence
from tests.answer.work_factory import match


def test_by_score_and_best_unit() -> None:
    """The better score is first, unless a unit of the other tells more."""
    first, second = match("first", 0.6), match("second", 0.55)
    assert [one.article_id for one in by_sentence([first, second], [None, None])] == ["first", "second"]
    told = [Told(0.1, "first#1"), Told(0.9, "second#1")]
    assert [one.article_id for one in by_sentence([first, second], told)] == ["second", "first"]


def test_who_has_the_question_itself_is_first() -> None:
    """However little else of the article is like it; of two that have it, the better score."""
    like, same = match("like", 0.7), replace(match("same", 0.4), best=SAME)
    assert [one.article_id for one in by_sentence([like, same], [None, None])] == ["same", "like"]
    both = replace(match("both", 0.5), best=0.999)
    assert [one.article_id for one in by_sentence([same, both], [None, None])] == ["both", "same"]
