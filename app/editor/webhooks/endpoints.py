"""The API of webhooks, for leads and admins."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.deps import LeadDep, ServicesDep
from app.editor.webhooks.schemas import Deliveries, MadeWebhook, NewWebhook, Webhook, Webhooks

router = APIRouter(prefix="/v1/editor", tags=["editor"])
Id = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/webhooks")
async def webhooks(lead: LeadDep, parts: ServicesDep) -> Webhooks:
    """Who is told of publications."""
    return Webhooks(items=await parts.webhooks.every())


@router.post("/webhooks", status_code=201)
async def add(given: NewWebhook, lead: LeadDep, parts: ServicesDep) -> MadeWebhook:
    """Have an address told of each publication and rollback: a signed POST as Standard Webhooks has it, tried again
    over three days until it is answered by 2xx. A message may come twice, under the same ``webhook-id``. The
    ``secret`` is shown this once."""
    return await parts.webhooks.add(lead, given.url)


@router.delete("/webhooks/{webhook_id}", status_code=204)
async def remove(webhook_id: Id, lead: LeadDep, parts: ServicesDep) -> Response:
    """Tell it nothing more."""
    await parts.webhooks.remove(lead, webhook_id)
    return Response(status_code=204)


@router.post("/webhooks/{webhook_id}/enable")
async def enable(webhook_id: Id, lead: LeadDep, parts: ServicesDep) -> Webhook:
    """Tell one again that was disabled after days of failure. What it missed is not sent later."""
    return await parts.webhooks.enable(lead, webhook_id)


@router.get("/webhooks/{webhook_id}/deliveries")
async def deliveries(webhook_id: Id, lead: LeadDep, parts: ServicesDep) -> Deliveries:
    """The latest messages, newest first, with what the receiver answered."""
    return Deliveries(items=await parts.webhooks.deliveries(webhook_id))
