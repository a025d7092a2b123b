"""The API of publishing: jobs, publications, and the way back."""

from typing import Annotated

from fastapi import APIRouter, Header, Query

from app.deps import EditingDep, EditorDep, ServicesDep
from app.editor.publishing.schemas import Job, Jobs, Publications, Publish, Rollback, State

router = APIRouter(prefix="/v1/editor", tags=["editor"])
IdempotencyKey = Annotated[
    str | None,
    Header(alias="idempotency-key", max_length=200, description="the same key from the same person is the same job"),
]


@router.post("/publish", status_code=202)
async def publish(given: Publish, editor: EditingDep, parts: ServicesDep, key: IdempotencyKey = None) -> Job:
    """Publish drafts and remove articles, all of it or nothing, now or ``at`` a time. What is published is the text
    that each draft has now. ``override`` takes the role lead or admin."""
    return await parts.publishing.ask(editor, given, key)


@router.get("/jobs")
async def jobs(editor: EditingDep, parts: ServicesDep, state: Annotated[list[State] | None, Query()] = None) -> Jobs:
    """The latest jobs, newest first."""
    return Jobs(items=await parts.publishing.jobs(list(state or [])))


@router.get("/jobs/{job_id}")
async def job(job_id: int, editor: EditingDep, parts: ServicesDep) -> Job:
    """How far a job is."""
    return await parts.publishing.job(job_id)


@router.post("/jobs/{job_id}/cancel")
async def cancel(job_id: int, editor: EditorDep, parts: ServicesDep) -> Job:
    """End a job that has not begun."""
    return await parts.publishing.cancel(editor, job_id)


@router.get("/publications")
async def publications(
    editor: EditingDep, parts: ServicesDep, before: Annotated[int | None, Query(ge=1, lt=2**31)] = None
) -> Publications:
    """What was live, newest first."""
    return Publications(items=await parts.publishing.publications(before))


@router.post("/publications/{publication_id}/rollback", status_code=202)
async def roll_back(
    publication_id: int, given: Rollback, editor: EditorDep, parts: ServicesDep, key: IdempotencyKey = None
) -> Job:
    """Make any earlier publication live again, with its topics, as a new publication."""
    return await parts.publishing.roll_back(editor, publication_id, given, key)
