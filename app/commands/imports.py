"""``baton import``: through the running server, which reads aside what comes from outside."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from app.commands.ingest import Report, progress_bar
from app.commands.remote import local_or_remote
from app.editor.imports.limits import MAX_UPLOAD
from app.errors import BatonError, InvalidInput, TooLarge, Unavailable
from app.settings import Settings

POLL_SECONDS = 0.5
PATH = "/v1/editor/imports"


def run(settings: Settings, source: str, accept: bool, options: dict[str, str]) -> None:
    """Print a line for each item that is not the same, then the counts. Raises BatonError."""
    with local_or_remote(settings) as server, progress_bar() as report:
        if server is None:
            raise Unavailable("imports are read by the server; start it with `make run`, then import")
        job_id = _begin(server, source, options)
        job = _wait(server, job_id, report)
        for item in _items(server, job_id):
            if item["action"] != "same":
                name = f"{item['article_id']} ({item['locale']})" if item["article_id"] else "-"
                print(f"{item['action']:8} {name}  <- {item['name']}{': ' if item['reason'] else ''}{item['reason']}")
        said = ", ".join(f"{action}: {count}" for action, count in job["counts"].items())
        if not accept:
            print(f"{said} (nothing is saved yet: --accept saves them as drafts)")
            return
        saved = _json(server.post(f"{PATH}/{job_id}/accept", json={}))
        for problem in saved["problems"]:
            print(f"not saved: {problem}")
        print(f"{said}; saved as drafts: {saved['saved']}")


def _begin(server: httpx.Client, source: str, options: dict[str, str]) -> int:
    if source.startswith(("http://", "https://")):
        body = {**options, "audience": options["audience"].split(","), "whole": options["whole"] == "true"}
        return int(_json(server.post(PATH, json={"sitemap": source, **body}))["id"])
    path = Path(source)
    if not path.is_file():
        raise InvalidInput(f"{source} is no file; pack a folder as a zip")
    if path.stat().st_size > MAX_UPLOAD:
        raise TooLarge(f"{source} is larger than {MAX_UPLOAD:,} bytes; import it in parts")
    with path.open("rb") as file:
        return int(_json(server.post(PATH, data=options, files={"file": (path.name, file)}))["id"])


def _wait(server: httpx.Client, job_id: int, report: Report) -> dict[str, Any]:
    while True:
        job = _json(server.get(f"{PATH}/{job_id}", params={"limit": 0}))
        report("read", job["done"], job["total"])
        if job["state"] == "done":
            return job
        if job["state"] not in ("queued", "running"):
            raise InvalidInput(f"{job['name']}: {job['error']}")
        time.sleep(POLL_SECONDS)


def _items(server: httpx.Client, job_id: int) -> Iterator[dict[str, Any]]:
    after: int | None = -1
    while after is not None:
        page = _json(server.get(f"{PATH}/{job_id}", params={"after": after, "limit": 1_000}))
        yield from page["items"]
        after = page["next"]


def _json(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_success:
        found: dict[str, Any] = answer.json()
        return found
    try:
        raise BatonError(str(answer.json()["detail"]))
    except (ValueError, KeyError, TypeError):
        raise BatonError(f"the server answered {answer.status_code}") from None
