"""The API of people's pictures."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from app.deps import AdminDep, ServicesDep, StaffDep
from app.pictures.schemas import Picture

router = APIRouter(prefix="/v1", tags=["staff"])
PER_MINUTE = 20
BINARY = {"schema": {"type": "string", "format": "binary"}}
SENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(("image/png", "image/jpeg", "image/webp"), BINARY),
    }
}
SHOWN = {
    # Removed, it is gone from browsers within a day; replaced, it has another address.
    "cache-control": "public, max-age=86400, immutable",
    # Pages of other sites carry the widget, isolated ones too.
    "cross-origin-resource-policy": "cross-origin",
}


@router.put("/me/picture", openapi_extra=SENT)
async def put(request: Request, who: StaffDep, parts: ServicesDep) -> Picture:
    """Set one's own picture: PNG, JPEG or WebP of at most 5 MB. Its middle is kept, small, without metadata."""
    await parts.limiter.take(f"picture:{who.id}", PER_MINUTE)
    return Picture(url=await parts.pictures.put(who, await request.body()))


@router.delete("/me/picture", status_code=204)
async def remove(who: StaffDep, parts: ServicesDep) -> Response:
    """Remove one's own picture."""
    await parts.pictures.remove(who, who.id)
    return Response(status_code=204)


@router.delete("/staff/{staff_id}/picture", status_code=204)
async def remove_of(staff_id: int, admin: AdminDep, parts: ServicesDep) -> Response:
    """Remove somebody's picture."""
    await parts.pictures.remove(admin, staff_id)
    return Response(status_code=204)


@router.get("/pictures/{key}", response_class=Response, responses={200: {"content": {"image/webp": BINARY}}})
async def show(key: Annotated[str, Path(max_length=64)], parts: ServicesDep) -> Response:
    """A picture. Its address cannot be guessed, and says nothing of whose it is."""
    return Response(await parts.pictures.image(key), media_type="image/webp", headers=SHOWN)
