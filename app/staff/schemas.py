"""What the API of accounts takes and gives."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.auth import Role
from app.inputs import Body, Text, clean

Email = Annotated[str, AfterValidator(clean), StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,189}$")]
Password = Annotated[str, AfterValidator(clean), Field(max_length=1_000)]
Secret = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=200)]
Name = Annotated[Text, Field(max_length=120)]
Slug = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=120)]
MaxOpen = Annotated[int, Field(ge=1, le=100)]
State = Literal["online", "away"]


class Availability(BaseModel):
    """``queues`` empty stands for all; ``open`` is how many conversations somebody has now."""

    state: State
    max_open: int
    queues: list[str]
    open: int


class SetAvailability(Body):
    state: State | None = None
    max_open: MaxOpen | None = None
    queues: Annotated[list[Slug], Field(max_length=200)] | None = None


class Me(BaseModel):
    """``can``: the roles whose work this one's includes; ``picture``: where on this server."""

    id: int
    email: str
    name: str
    role: Role
    can: list[Role]
    by: Literal["session", "token"]
    has_password: bool
    picture: str | None
    availability: Availability | None


class SessionView(BaseModel):
    """``csrf`` goes into ``X-CSRF-Token`` of every request that changes something."""

    signed_in: bool
    csrf: str
    me: Me | None
    expires_at: datetime | None
    oidc: bool


class SignIn(Body):
    email: Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=254)]
    password: Password


class LinkToken(Body):
    token: Secret


class LinkView(BaseModel):
    email: str
    name: str
    expires_at: datetime


class FirstPassword(LinkToken):
    password: Password
    name: Name | None = None


class NewPassword(Body):
    old: Password
    new: Password


class Colleague(BaseModel):
    """``here``: at the desk just now and not away; ``state`` is what they chose last."""

    id: int
    email: str
    name: str
    role: Role
    disabled: bool
    state: State
    here: bool
    max_open: int
    open: int
    queues: list[str]
    has_password: bool
    picture: str | None


class Colleagues(BaseModel):
    staff: list[Colleague]


class NewColleague(Body):
    email: Email
    name: Name | None = None
    role: Role


class ChangedColleague(Body):
    name: Name | None = None
    role: Role | None = None
    disabled: bool | None = None


class Link(BaseModel):
    """Shown once: who opens it sets the account's password."""

    url: str
    expires_at: datetime


class Added(BaseModel):
    staff: Colleague
    link: Link
