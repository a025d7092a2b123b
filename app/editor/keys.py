"""Keys: how articles are named in routes and requests."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

ArticleId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")]
ArticleLocale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Key = tuple[str, str]
"""An article's id and locale."""


class ArticleKey(BaseModel):
    """One article in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article_id: ArticleId
    locale: ArticleLocale

    @property
    def key(self) -> Key:
        return self.article_id, self.locale
