"""Phrasings: other ways to ask, by which the assistant finds an article; none, few, or another article's."""

from collections.abc import Iterator, Mapping

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding, Other
from ingest.article import Article
from ingest.lexical import fold

ENOUGH = 3
"""The guide for editors asks for four to six lines; below three an article is found by its own words only."""


def phrasing_key(question: str) -> str:
    """A phrasing without what nobody hears."""
    return " ".join(fold(question).strip(" ?!.¿¡").split())


def phrasings(draft: Draft, taken: Mapping[tuple[str, str], list[Article]]) -> Iterator[Finding]:
    """``taken`` has the live articles of each (locale, phrasing key)."""
    article = draft.article
    line = draft.field_line("questions")
    known = {phrasing_key(question) for question in article.questions}
    real = known - {phrasing_key(article.title)}
    if len(real) < ENOUGH:
        yield Finding(
            check="phrasings",
            severity="hint" if real else "warning",
            message=f"Only {len(real)} other ways to ask are known." if real else "No other ways to ask are known.",
            cure="Add four to six lines to `questions`, as people really type them.",
            line=line,
        )
    for question in article.questions:
        for other in taken.get((article.locale, phrasing_key(question)), ()):
            if other.key == article.key or not set(other.audience) & set(article.audience):
                continue
            yield Finding(
                check="phrasings",
                severity="warning",
                message=f"“{other.title}” has the same phrasing, so it is left to chance which one answers.",
                cure="Leave it with the article that answers it better.",
                line=line,
                quote=question,
                other=Other(article_id=other.id, locale=other.locale, title=other.title, quote=question),
            )
