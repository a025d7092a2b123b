"""Reach: what it leaves out would not have changed."""

import pytest

from app.editor.gate.questions import Known
from app.editor.gate.reach import Reach
from app.editor.gate.schemas import GateReport
from ingest.article import Article
from ingest.revisions import Key
from tests.editor.gate.conftest import Check
from tests.ingest.article_factory import faq

EMAIL, COUPON = ("change-email", "en"), ("coupon-not-working", "en")


def told(report: GateReport, edited: set[str]) -> list[tuple[str, str, str, str]]:
    """What changed of answers by the edited articles, in an order of its own. Among eight articles every edit moves the
    weight of words a little for every question; that is not what it can be blamed for."""
    return sorted(
        (change.question, change.audience, change.source, change.kind)
        for change in (*report.regressions, *report.improvements)
        if edited & {change.article_id, *(one.article_id for one in change.after.citations)}
    )


def edits(articles: dict[Key, Article]) -> dict[str, tuple[list[Article], tuple[Key, ...]]]:
    """Of several kinds."""
    email, coupon = articles[EMAIL], articles[COUPON]
    broad = faq(
        "all", f"{email.title} {coupon.title} Look here.", title="Everything", questions=(email.title, coupon.title)
    )
    return {
        "gone": ([], (EMAIL,)),
        "emptied": ([coupon.model_copy(update={"body": "Contact us."})], ()),
        "broad": ([broad], ()),
        "no phrasings": ([email.model_copy(update={"questions": ()})], ()),
        "swapped": (
            [email.model_copy(update={"body": coupon.body}), coupon.model_copy(update={"body": email.body})],
            (),
        ),
        "new": ([faq("museum", "The museum opens on Fridays.", title="When is the museum open?")], ()),
    }


@pytest.mark.parametrize("name", ["gone", "emptied", "broad", "no phrasings", "swapped", "new"])
def test_nothing_that_changes_is_left_out(
    check: Check, articles: dict[Key, Article], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Every question asked comes to the same as those that the edit is near to."""
    changed, removed = edits(articles)[name]
    near = check(*changed, removed=removed)
    monkeypatch.setattr(Reach, "threatened", lambda _, questions: list[Known](questions))
    every = check(*changed, removed=removed)
    edited = {article.id for article in changed} | {article for article, _ in removed}
    assert told(near, edited) == told(every, edited)
    assert bool(told(near, edited)) == (name not in ("broad", "new"))
    assert near.considered == every.considered > 50
    assert (near.unchecked, every.unchecked) == (0, 0)
