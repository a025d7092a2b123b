"""The help centre's pages, made on the server so that they work without JavaScript."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.answer.types import VisitorAudience
from app.errors import BatonError
from app.help.endpoints import HelpDep
from app.inputs import Locale

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "web" / "help"
SITE_NAME = "Tamarind"
LANGUAGES: Final = {"en": "English", "es": "Español", "pt-BR": "Português"}
MONTHS: Final = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
}
OTHERS = 8
RESULTS = 12

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
Lang = Annotated[str, Query()]
For = Annotated[str, Query()]


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  the API starts without it

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8"))
    return words


def _reader(lang: str, audience: str) -> tuple[str, VisitorAudience]:
    known = next((code for code in LANGUAGES if code.split("-")[0] == lang.split("-", maxsplit=1)[0]), "en")
    return known, "seller" if audience == "seller" else "buyer"


def _page(request: Request, template: str, lang: str, audience: VisitorAudience, /, **values: Any) -> HTMLResponse:
    def here(**changed: str) -> str:
        kept = {"lang": lang, "audience": audience, **({"q": values["q"]} if values.get("q") else {}), **changed}
        path = request.url.path if changed.keys() != {"audience"} else "/"
        return f"{path}?{urlencode(kept)}"

    words = _words().get(lang) or _words()["en"]
    common: dict[str, Any] = {
        "t": words,
        "lang": lang,
        "audience": audience,
        "site_name": SITE_NAME,
        "version": request.app.state.web_version,
        "query": urlencode({"lang": lang, "audience": audience}),
        "q": "",
        "address": str(request.url.replace(query="")).rstrip("?"),
        "audiences": [
            {"name": words[name], "href": here(audience=name), "current": name == audience}
            for name in ("buyer", "seller")
        ],
        "langs": [
            {"code": code, "name": name, "href": here(lang=code), "current": code == lang}
            for code, name in LANGUAGES.items()
        ],
    }
    html = _templates().get_template(template).render({**common, **values})
    return HTMLResponse(html, status_code=values.get("status", 200))


@router.get("/")
async def home(request: Request, pages: HelpDep, lang: Lang = "en", audience: For = "buyer") -> HTMLResponse:
    code, reader = _reader(lang, audience)
    return _page(request, "home.html", code, reader, topics=await pages.topics(reader, code))


@router.get("/topics/{topic_id}")
async def topic(
    topic_id: str, request: Request, pages: HelpDep, lang: Lang = "en", audience: For = "buyer"
) -> HTMLResponse:
    code, reader = _reader(lang, audience)
    found = next((one for one in await pages.topics(reader, code) if one.id == topic_id), None)
    if found is None:
        return _page(request, "error.html", code, reader, status=404)
    return _page(request, "topic.html", code, reader, topic=found)


@router.get("/articles/{article_id}")
async def article(
    article_id: str,
    request: Request,
    pages: HelpDep,
    lang: Lang = "en",
    audience: For = "buyer",
    revision: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
    locale: Annotated[Locale | None, Query()] = None,
) -> HTMLResponse:
    """``revision`` and ``locale`` are a citation's: the text as it was cited, on a page in ``lang``."""
    code, reader = _reader(lang, audience)
    try:
        shown = await pages.article(article_id, reader, locale or code, revision)
    except BatonError:
        return _page(request, "error.html", code, reader, status=404)
    others = [
        link
        for one in await pages.topics(reader, code)
        if one.id == shown.topic.id
        for link in one.articles
        if link.article_id != article_id
    ]
    view = shown.model_dump() | {"updated": _date(shown.updated_at, code), "updated_at": shown.updated_at.isoformat()}
    old = revision is not None and revision != (await pages.article_revision(article_id, reader, shown.locale))
    return _page(
        request,
        "article.html",
        code,
        reader,
        article=view,
        others=others[:OTHERS],
        not_translated=shown.locale.split("-")[0] != code.split("-")[0],
        old_revision=old,
    )


@router.get("/search")
async def search(
    request: Request,
    pages: HelpDep,
    q: Annotated[str, Query()] = "",
    lang: Lang = "en",
    audience: For = "buyer",
) -> HTMLResponse:
    code, reader = _reader(lang, audience)
    words = q.replace("\x00", " ")[:200]
    return _page(
        request, "search.html", code, reader, q=words, results=await pages.search(words, reader, code, RESULTS)
    )


def not_found(request: Request) -> HTMLResponse:
    """The page for an address that leads nowhere."""
    code, reader = _reader(request.query_params.get("lang", "en"), request.query_params.get("audience", "buyer"))
    return _page(request, "error.html", code, reader, status=404)


def _date(moment: datetime, lang: str) -> str:
    months = MONTHS.get(lang.split("-", maxsplit=1)[0])
    if months is None:
        return f"{moment:%B} {moment.day}, {moment.year}"
    return f"{moment.day} de {months[moment.month - 1]} de {moment.year}"
