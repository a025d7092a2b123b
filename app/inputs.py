"""Inputs: what every request's fields have in common."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


def clean(text: str) -> str:
    """Text that every store can hold: no NUL, no half of a surrogate pair."""
    if "\x00" in text:
        raise ValueError("holds a NUL character; remove it")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("holds half a character (a lone surrogate); send it as UTF-8") from None
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write something")
    return text


Text = Annotated[str, AfterValidator(clean), AfterValidator(_not_blank)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", max_length=8)]


class Body(BaseModel):
    """Base of every request: a misspelt field is an error, not silence."""

    model_config = ConfigDict(extra="forbid")
