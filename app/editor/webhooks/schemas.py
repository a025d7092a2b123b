"""What the API of webhooks takes and gives."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.inputs import Body, Text


class NewWebhook(Body):
    url: Annotated[Text, Field(max_length=2_000)]


class Webhook(BaseModel):
    """``reason`` says why it is disabled; ``failing_since`` since when nothing was accepted."""

    id: int
    url: str
    state: Literal["active", "disabled"]
    reason: str | None
    failing_since: datetime | None
    created_by: str
    created_at: datetime


class MadeWebhook(Webhook):
    """``secret`` is shown this once: the key of ``webhook-signature``, as Standard Webhooks has it."""

    secret: str


class Webhooks(BaseModel):
    items: list[Webhook]


class Delivery(BaseModel):
    """``status`` is what the receiver last answered, ``error`` why that was no success; ``next_at`` when it is tried
    again."""

    id: int
    message_id: str
    type: str
    body: str
    state: Literal["pending", "delivered", "failed"]
    attempts: int
    status: int | None
    error: str | None
    created_at: datetime
    next_at: datetime | None
    ended_at: datetime | None


class Deliveries(BaseModel):
    items: list[Delivery]
