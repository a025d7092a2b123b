"""The gate over a small help centre: what it stops, what it lets pass, and what it tells."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.editor.gate.gate import Gate
from app.editor.gate.schemas import Change, GateReport
from app.editor.gate.service import GateService
from app.editor.gate.verdict import CLAIMED
from ingest.article import Article
from ingest.pipeline import Publisher
from ingest.revisions import Key
from tests.editor.gate.conftest import Check, said
from tests.ingest.article_factory import faq

EMAIL = ("change-email", "en")
COUPON = ("coupon-not-working", "en")
Articles = dict[Key, Article]


def changed(articles: Articles, key: Key, *pairs: tuple[str, str], **fields: Any) -> Article:
    """An article with texts replaced and fields set."""
    article = articles[key]
    body = article.body
    for old, new in pairs:
        assert old in body
        body = body.replace(old, new)
    return Article.model_validate({**article.model_dump(), "body": body, **fields})


def of(report: GateReport, source: str) -> list[Change]:
    """The regressions of one source."""
    return [change for change in report.regressions if change.source == source]


def test_an_article_that_is_gone(check: Check) -> None:
    """Its golden question has lost its answer, and both sides are there to be read."""
    report = check(removed=(EMAIL,))
    assert report.blocked
    (lost,) = of(report, "golden")
    assert lost.question == "How can I change the e-mail address of my account?"
    assert lost.article_id == "change-email"
    assert "both mailboxes" in lost.before.text
    assert "both mailboxes" not in lost.after.text
    assert lost.before.outcome == "answer"
    assert lost.before.citations[0].article_id == "change-email"
    assert lost.kind == ("answered_to_wrong" if lost.after.outcome == "answer" else "answered_to_handoff")
    assert lost.before.confidence > lost.after.confidence
    assert of(report, "phrasing"), "its known phrasings lose their answer too"


@pytest.mark.parametrize(
    "fields",
    [{"audience": ("seller",)}, {"valid_until": date(2020, 1, 1)}, {"valid_from": date(2199, 1, 1)}],
    ids=["other audience", "over", "not yet"],
)
def test_an_article_that_may_no_longer_be_shown(check: Check, articles: Articles, fields: dict[str, Any]) -> None:
    """Hidden is as bad as gone."""
    assert of(check(changed(articles, EMAIL, **fields)), "golden")


def test_the_sentence_that_answered(check: Check, articles: Articles) -> None:
    """The article stays the first and its answer is another one."""
    body = "We are happy to help you with your account. Contact a person in the help centre chat."
    report = check(changed(articles, EMAIL, body=body))
    assert {change.kind for change in report.regressions} <= {"answered_to_wrong", "answered_to_handoff"}
    wrong = [change for change in report.regressions if change.kind == "answered_to_wrong"]
    assert wrong
    assert "no longer" in wrong[0].why


def test_a_golden_fact(check: Check, articles: Articles) -> None:
    """Words that a golden answer must hold are missed whatever else is said."""
    report = check(
        changed(
            articles,
            EMAIL,
            ("in both mailboxes, the old one and the new one", "in the old mailbox and in the new mailbox"),
        )
    )
    (lost,) = of(report, "golden")
    assert lost.why == "The answer must say “both mailboxes” and no longer does."
    assert lost.kind == "answered_to_wrong"


def test_a_new_article_that_answers_what_none_should(check: Check) -> None:
    """A golden question that nothing answers finds an answer."""
    report = check(
        faq(
            "boats",
            "Rowing boats are rented at the lake.",
            title="How do I rent a rowing boat?",
            questions=("rent a boat",),
        )
    )
    (found,) = report.regressions
    assert (found.kind, found.article_id) == ("abstained_to_answer", "boats")
    assert found.before.outcome != "answer"
    assert found.after.outcome == "answer"


def test_a_phrasing_that_moves(check: Check, articles: Articles) -> None:
    """Known words lead to another article from then on, which says something else."""
    taken = articles[EMAIL].questions
    delete = ("delete-account", "en")
    report = check(
        changed(articles, EMAIL, questions=()),
        changed(articles, delete, questions=(*articles[delete].questions, *taken)),
    )
    assert {change.question for change in of(report, "phrasing")} & set(taken)


def test_a_sentence_that_says_the_opposite(check: Check, articles: Articles) -> None:
    """Nobody is known to have asked for it, and it is asked back."""
    key = ("delete-account", "en")
    report = check(changed(articles, key, ("Two accounts cannot be merged.", "Two accounts can be merged.")))
    assert any("says the opposite" in change.why for change in report.regressions)


HARMLESS: dict[str, Callable[[Articles], list[Article]]] = {
    "typing error": lambda a: [
        changed(a, EMAIL, ("Enter the new e-mail address in", "Enter teh new e-mail address in"))
    ],
    "figure": lambda a: [changed(a, ("delete-account", "en"), ("14 days", "21 days"))],
    "bold": lambda a: [Article.model_validate({**a[EMAIL].model_dump(), "body": a[EMAIL].body.replace("**", "")})],
    "sentence more": lambda a: [changed(a, COUPON, body=a[COUPON].body + "\n\nCodes are not case sensitive.")],
    "phrasing more": lambda a: [changed(a, EMAIL, questions=(*a[EMAIL].questions, "other mail address please"))],
    "owner": lambda a: [changed(a, EMAIL, owner="somebody-else")],
    "new": lambda _: [faq("museum", "The museum opens on Fridays.", title="When is the museum open?")],
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_editors_do_every_day(check: Check, articles: Articles, name: str) -> None:
    """It passes."""
    report = check(*HARMLESS[name](articles))
    assert (report.blocked, report.regressions) == (False, [])


def test_what_the_edit_cannot_change_is_not_asked(check: Check) -> None:
    """An article about something else touches no question that is known."""
    report = check(faq("museum", "The museum opens on Fridays.", title="When is the museum open?"))
    assert report.considered > 50
    assert report.checked <= 2
    assert report.unchecked == 0


def test_two_runs_agree(check: Check, articles: Articles) -> None:
    """Down to each confidence; only the time differs."""
    article = changed(articles, EMAIL, body="Contact us.")
    first, second = (check(article).model_dump(exclude={"seconds"}) for _ in range(2))
    assert first == second


def test_an_improvement_is_told(check: Check, articles: Articles, publisher: Publisher) -> None:
    """A question that gets its answer back blocks nothing."""
    publisher.publish_change([], [EMAIL])
    report = check(articles[EMAIL])
    assert not report.blocked
    (better,) = [change for change in report.improvements if change.source == "golden"]
    assert better.question == "How can I change the e-mail address of my account?"
    assert better.kind in ("abstained_to_right", "wrong_to_right")
    assert "both mailboxes" in better.after.text


def test_progress(gate: GateService, articles: Articles) -> None:
    """Every stage is begun and ended, and no count goes back."""
    told: dict[str, list[tuple[int, int]]] = {}
    article = changed(articles, EMAIL, body="Contact us.")
    with gate.checked([article], (), lambda stage, done, total: told.setdefault(stage, []).append((done, total))):
        pass
    assert {"reach", "rank", "answer"} <= told.keys()
    for steps in told.values():
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


def test_nothing_is_observed_of_the_gates_own_questions(gate: GateService, articles: Articles, check: Check) -> None:
    """The certificate is compared with visitors' questions and not with the gate's."""
    watch = gate._answerer.standing.watch
    check(changed(articles, EMAIL, body="Contact us."))
    assert watch.questions == 0
    assert isinstance(gate._gate, Gate)


def test_what_visitors_found_helpful(check: Check, publisher: Publisher) -> None:
    """Their own words are asked, and lose their answer; what was unhelpful, or taken back, is not."""
    engine = publisher.store.engine
    said(engine, "liked", "my new address for e-mail, where do i change it in the account", "change-email", True)
    said(engine, "disliked", "change the e-mail address of the account please", "change-email", False)
    said(engine, "taken back", "e-mail address change for my account, how", "change-email", True, False)
    report = check(removed=(EMAIL,))
    assert [change.question for change in of(report, "traffic")] == [
        "my new address for e-mail, where do i change it in the account"
    ]


def test_a_second_article_with_the_same_phrasings(check: Check, articles: Articles) -> None:
    """The first is still found and still answers; that both claim the questions is told."""
    article = articles[EMAIL]
    body = "Accounts have many settings. Look around in yours to see what can be changed there."
    report = check(faq("email-news", body, title=article.title, questions=article.questions))
    assert report.blocked
    assert any(change.why == CLAIMED for change in of(report, "phrasing"))
