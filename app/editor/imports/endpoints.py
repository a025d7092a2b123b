"""The API of imports: send a file or a sitemap's address, look at what it would become, accept it."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import ValidationError

from app.deps import EditorDep, ServicesDep
from app.editor.imports.schemas import (
    AcceptImport,
    Action,
    ImportBegun,
    ImportOptions,
    Imports,
    ImportSaved,
    ImportShown,
    ImportSitemap,
)
from app.editor.imports.service import MAX_PAGE, PAGE
from app.errors import InvalidInput, TooLarge

router = APIRouter(prefix="/v1/editor", tags=["editor"])
Id = Annotated[int, Path(ge=1, lt=2**31)]
MAX_JSON = 64_000


def _described() -> dict[str, Any]:
    """The two bodies that an import may begin with; the form is read as it comes, so FastAPI does not see it."""
    form = ImportOptions.model_json_schema()
    form.pop("additionalProperties")
    form["properties"] = {"file": {"type": "string", "format": "binary"}} | {
        name: {"type": "string", "title": name.capitalize()} for name in form["properties"]
    }
    form["properties"]["audience"]["description"] = "buyer, seller, or both with a comma between them"
    form["required"] = ["file"]
    content = {
        "multipart/form-data": {"schema": {**form, "title": "ImportForm"}},
        "application/json": {"schema": ImportSitemap.model_json_schema()},
    }
    return {"requestBody": {"required": True, "content": content}}


@router.post("/imports", status_code=202, openapi_extra=_described())
async def begin(request: Request, editor: EditorDep, parts: ServicesDep) -> ImportBegun:
    """Import a file (Markdown, HTML, DOCX, PDF, CSV, or a zip of them), or the pages of one's own site by its sitemap.

    Nothing is saved by this: GET shows what was found, and ``accept`` makes it drafts.
    """
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() == "application/json":
        given = _sitemap(await _short_body(request))
        return ImportBegun(id=await parts.imports.add_sitemap(editor, given))
    return ImportBegun(id=await parts.imports.add_upload(editor, request.stream(), content_type))


@router.get("/imports")
async def list_imports(editor: EditorDep, parts: ServicesDep) -> Imports:
    """The latest imports, newest first."""
    return Imports(items=await parts.imports.jobs())


@router.get("/imports/{job_id}")
async def show(
    job_id: Id,
    editor: EditorDep,
    parts: ServicesDep,
    after: Annotated[int, Query(ge=-1, lt=2**31)] = -1,
    limit: Annotated[int, Query(ge=0, le=MAX_PAGE)] = PAGE,
    action: Annotated[Action | None, Query()] = None,
) -> ImportShown:
    """How far an import is, and a page of what it found; ``limit=0`` for the progress alone."""
    return await parts.imports.show(job_id, after, limit, action)


@router.post("/imports/{job_id}/accept")
async def accept(job_id: Id, given: AcceptImport, editor: EditorDep, parts: ServicesDep) -> ImportSaved:
    """Save what was found as drafts. Sent again, it saves what is not saved yet."""
    return await parts.imports.accept(editor, job_id, given.names)


@router.post("/imports/{job_id}/repeat", status_code=202)
async def repeat(job_id: Id, editor: EditorDep, parts: ServicesDep) -> ImportBegun:
    """Read an import again that was cut or failed."""
    await parts.imports.repeat(editor, job_id)
    return ImportBegun(id=job_id)


@router.delete("/imports/{job_id}", status_code=204)
async def discard(job_id: Id, editor: EditorDep, parts: ServicesDep) -> Response:
    """Forget an import; drafts that it became stay."""
    await parts.imports.discard(editor, job_id)
    return Response(status_code=204)


def _sitemap(body: bytes) -> ImportSitemap:
    try:
        return ImportSitemap.model_validate_json(body)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}".removeprefix(": ") for one in error.errors()]
        raise InvalidInput("; ".join(problems)[:2_000], problems=problems[:50]) from None


async def _short_body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_JSON:
            raise TooLarge(f"the body is larger than {MAX_JSON:,} bytes; send less")
    return body
