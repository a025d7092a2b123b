"""Review: facts that nobody has looked at for too long, and offers that are over."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding


def review(draft: Draft, today: date) -> Iterator[Finding]:
    """``reviewed`` with ``review_every``, and the dates of validity."""
    article = draft.article
    if article.valid_until and article.valid_until < today:
        yield Finding(
            check="review",
            severity="warning",
            message=f"The article stopped being shown after {article.valid_until}.",
            cure="Extend `valid_until`, or retire the article.",
            line=draft.field_line("valid_until"),
        )
    if article.reviewed and article.reviewed > today:
        yield Finding(
            check="review",
            severity="warning",
            message=f"`reviewed` lies in the future ({article.reviewed}).",
            cure="Write the day on which somebody checked the facts.",
            line=draft.field_line("reviewed"),
        )
    elif article.reviewed and article.review_every:
        due = article.reviewed + timedelta(days=article.review_every)
        if due < today:
            yield Finding(
                check="review",
                severity="warning",
                message=f"The facts were to be checked by {due}, {(today - due).days} days ago.",
                cure="Check them with their owner, then set `reviewed` to today.",
                line=draft.field_line("reviewed"),
            )
    elif article.review_every and not article.reviewed:
        yield Finding(
            check="review",
            severity="hint",
            message="Nobody has checked the facts yet.",
            cure="Set `reviewed` to the day of the check.",
            line=draft.field_line("review_every"),
        )
