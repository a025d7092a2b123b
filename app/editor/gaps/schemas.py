"""What the API of gaps gives."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

State = Literal["open", "drafted", "closed", "reopened"]


class GapArticle(BaseModel):
    """The article that a gap is about: one that was begun for it, or a live one that agents answered from."""

    article_id: str
    locale: str | None
    title: str | None


class Gap(BaseModel):
    """Questions of one meaning that were not answered well. Texts are redacted.

    ``about`` are words that tell it from the others. ``answers`` are agents' replies. ``causes`` counts why questions
    are here. ``draft`` is the article that was begun for it; ``known_article`` one that says this already, so that only
    its phrasings are missing. ``answered`` of ``asked`` wordings are answered by the live version.
    """

    id: int
    name: str
    about: list[str]
    visitors: int
    handoffs: int
    questions: list[str]
    answers: list[str]
    causes: dict[str, int]
    locales: list[str]
    audiences: list[str]
    state: State
    draft: GapArticle | None
    known_article: GapArticle | None
    answered: int
    asked: int
    last_at: datetime


class Gaps(BaseModel):
    items: list[Gap]
