"""The API of staff accounts: signing in and out, oneself, colleagues."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.auth import TRIP_SECONDS, Staff, csrf_of
from app.deps import (
    SESSION_COOKIE,
    AdminDep,
    AgentDep,
    CallerDep,
    OurPageDep,
    Services,
    ServicesDep,
    StaffDep,
    address_of,
    base_url,
    is_secure,
)
from app.errors import BatonError, NotFound, TooManyRequests, Unauthorized
from app.staff.schemas import (
    Added,
    Availability,
    ChangedColleague,
    Colleague,
    Colleagues,
    FirstPassword,
    Link,
    LinkToken,
    LinkView,
    Me,
    NewColleague,
    NewPassword,
    SessionView,
    SetAvailability,
    SignIn,
)
from app.staff.service import Session, password_page

router = APIRouter(prefix="/v1", tags=["staff"])
TRIP_COOKIE = "baton_oidc"
TRIP_PATH = "/v1/session/oidc"
PER_ADDRESS, PER_ACCOUNT, PER_BOTH = 60, 30, 10
"""Tries a minute: of one network address, at one account, and of one at the other. argon2 allows few more anyway."""


@router.get("/session")
async def session(who: CallerDep, request: Request, parts: ServicesDep) -> SessionView:
    """Whether this browser is signed in, and what it must send beside the cookie. Never an error."""
    token = request.cookies.get(SESSION_COOKIE, "")
    found = await parts.staff.find(token) if token else None
    if found is None or not isinstance(who, Staff):
        return SessionView(signed_in=False, csrf="", me=None, expires_at=None, oidc=parts.settings.has_oidc)
    return await _view(parts, found)


@router.post("/session")
async def sign_in(
    given: SignIn, page: OurPageDep, request: Request, response: Response, parts: ServicesDep
) -> SessionView:
    """Sign in with a password."""
    address = address_of(request, parts)
    await _limit(parts, address, given.email.lower())
    return await _begun(parts, request, response, await parts.staff.sign_in(given.email, given.password, address))


@router.delete("/session", status_code=204)
async def sign_out(who: StaffDep, request: Request, parts: ServicesDep) -> Response:
    """Sign out: the session ends on the server."""
    if who.session:
        await parts.staff.sign_out(who)
        await parts.attendance.gone(who)
    response = Response(status_code=204)
    response.delete_cookie(
        SESSION_COOKIE, path="/", secure=is_secure(request, parts.settings), httponly=True, samesite="lax"
    )
    return response


@router.post("/session/link")
async def read_link(given: LinkToken, page: OurPageDep, request: Request, parts: ServicesDep) -> LinkView:
    """Whose a one-time link is; it is not used up by asking."""
    await parts.limiter.take(f"link:{address_of(request, parts)}", PER_ADDRESS)
    row = await parts.staff.linked(given.token)
    return LinkView(email=row.email, name=row.name, expires_at=row.expires_at)


@router.post("/session/password")
async def first_password(
    given: FirstPassword, page: OurPageDep, request: Request, response: Response, parts: ServicesDep
) -> SessionView:
    """Use up a one-time link: set the password, and sign in."""
    address = address_of(request, parts)
    await parts.limiter.take(f"link:{address}", PER_ADDRESS)
    begun = await parts.staff.set_first(given.token, given.password, given.name, address)
    return await _begun(parts, request, response, begun)


@router.get("/session/oidc", status_code=303, response_class=Response)
async def leave_for_oidc(request: Request, parts: ServicesDep) -> Response:
    """Go to the identity provider."""
    if parts.oidc is None:
        raise NotFound("there is no identity provider; set OIDC_ISSUER and OIDC_CLIENT_ID")
    await parts.limiter.take(f"oidc:{address_of(request, parts)}", PER_ADDRESS)
    try:
        place, trip = await parts.oidc.leave(base_url(request, parts.settings) + TRIP_PATH + "/callback")
    except BatonError as error:
        return _refused(error)
    response = RedirectResponse(place, status_code=303)
    response.set_cookie(
        TRIP_COOKIE,
        trip,
        max_age=TRIP_SECONDS,
        path=TRIP_PATH,
        secure=is_secure(request, parts.settings),
        httponly=True,
        samesite="lax",
    )
    return response


@router.get("/session/oidc/callback", status_code=303, response_class=Response)
async def arrive_from_oidc(
    request: Request,
    parts: ServicesDep,
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=4_000)] = "",
) -> Response:
    """Come back from the identity provider: an existing account of the verified address is signed in."""
    if parts.oidc is None:
        raise NotFound("there is no identity provider; set OIDC_ISSUER and OIDC_CLIENT_ID")
    address = address_of(request, parts)
    try:
        await parts.limiter.take(f"oidc:{address}", PER_ADDRESS)
        back = base_url(request, parts.settings) + TRIP_PATH + "/callback"
        email = await parts.oidc.arrive(back, request.cookies.get(TRIP_COOKIE, ""), state, code)
        who = await parts.staff.by_verified_email(email)
        if who is None:
            raise Unauthorized(f"{email} has no account here; ask an admin to add one")
    except BatonError as error:
        return _refused(error)
    response = RedirectResponse("/desk", status_code=303)
    response.delete_cookie(TRIP_COOKIE, path=TRIP_PATH)
    _set_cookie(response, request, parts, await parts.staff.begin(who, "oidc", address))
    return response


@router.get("/me")
async def me(who: StaffDep, parts: ServicesDep) -> Me:
    """The member of staff that a token or a cookie belongs to."""
    return await _me(parts, who)


@router.put("/me/password", status_code=204)
async def change_password(given: NewPassword, who: StaffDep, parts: ServicesDep) -> Response:
    """Change one's own password; every other session of the account ends."""
    await parts.limiter.take(f"password:{who.id}", PER_BOTH)
    await parts.staff.change_password(who, given.old, given.new)
    return Response(status_code=204)


@router.get("/me/availability")
async def availability(agent: AgentDep, parts: ServicesDep) -> Availability | None:
    """Whether one is there, for which queues and how many conversations."""
    return (await parts.staff.own(agent)).availability


@router.put("/me/availability")
async def set_availability(wanted: SetAvailability, agent: AgentDep, parts: ServicesDep) -> Availability:
    """Change it; what is left out stays."""
    return await parts.staff.set_availability(agent, wanted, set(parts.handoffs.topics().queues))


@router.get("/staff")
async def colleagues(agent: AgentDep, parts: ServicesDep) -> Colleagues:
    """Everybody who works here."""
    return Colleagues(staff=await parts.staff.colleagues())


@router.post("/staff", status_code=201)
async def add(new: NewColleague, admin: AdminDep, request: Request, parts: ServicesDep) -> Added:
    """Add somebody. The link is shown once; by it they set their password."""
    added, token, expires = await parts.staff.add(admin, new.email, new.name, new.role)
    page = password_page(base_url(request, parts.settings), token)
    return Added(staff=added, link=Link(url=page, expires_at=expires))


@router.patch("/staff/{staff_id}")
async def change(staff_id: int, changed: ChangedColleague, admin: AdminDep, parts: ServicesDep) -> Colleague:
    """Change somebody's name or role, or close their account."""
    return await parts.staff.change(admin, staff_id, **changed.model_dump(exclude_none=True))


@router.post("/staff/{staff_id}/link")
async def link(staff_id: int, admin: AdminDep, request: Request, parts: ServicesDep) -> Link:
    """A new one-time link for somebody who lost their password."""
    token, expires = await parts.staff.link(admin, staff_id)
    return Link(url=password_page(base_url(request, parts.settings), token), expires_at=expires)


async def _limit(parts: Services, address: str, email: str) -> None:
    try:
        await parts.limiter.take(f"sign-in:{address}", PER_ADDRESS)
        await parts.limiter.take(f"sign-in:{address}:{email}", PER_BOTH)
        await parts.limiter.take(f"sign-in-at:{email}", PER_ACCOUNT)
    except TooManyRequests as error:
        wait = error.extra["retry_after"]
        raise TooManyRequests(f"too many tries; wait {wait} seconds and try again", retry_after=wait) from None


async def _begun(parts: Services, request: Request, response: Response, begun: Session) -> SessionView:
    _set_cookie(response, request, parts, begun)
    return await _view(parts, begun)


def _set_cookie(response: Response, request: Request, parts: Services, begun: Session) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        begun.token,
        max_age=int(parts.settings.session_hours * 3600),
        path="/",
        secure=is_secure(request, parts.settings),
        httponly=True,
        samesite="lax",
    )


async def _view(parts: Services, begun: Session) -> SessionView:
    return SessionView(
        signed_in=True,
        csrf=csrf_of(begun.token),
        me=await _me(parts, begun.who),
        expires_at=begun.expires_at,
        oidc=parts.settings.has_oidc,
    )


async def _me(parts: Services, who: Staff) -> Me:
    own = await parts.staff.own(who)
    return Me(
        id=who.id,
        email=who.email,
        name=who.name,
        role=who.role,
        can=who.all_roles,
        by="session" if who.session else "token",
        has_password=own.has_password,
        picture=own.picture,
        availability=own.availability if who.can("agent") else None,
    )


def _refused(error: BatonError) -> Response:
    return RedirectResponse(f"/desk/login?problem={quote(error.detail)}", status_code=303)
