"""What the API of conflicts takes and gives."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from app.editor.folder.plan import ConflictKind
from app.inputs import Body


class ConflictView(BaseModel):
    """An article that was changed in the folder and here. ``file`` is the folder's text, none when it is gone;
    ``live`` is ours, none when it was removed."""

    article_id: str
    locale: str
    path: str
    kind: ConflictKind
    file: str | None
    live: str | None
    at: datetime


class Conflicts(BaseModel):
    items: list[ConflictView]


class Settle(Body):
    """``console``: what is live stays. ``folder``: the file becomes a draft, or what it lacks is removed."""

    take: Literal["folder", "console"]


class Settled(BaseModel):
    """``draft``: whether there is one now to look at and publish; ``job`` removes the article."""

    draft: bool
    job: int | None
