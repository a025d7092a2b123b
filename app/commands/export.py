"""``baton export``: write the live articles to a folder, here or through the server that holds the index."""

import sys
from pathlib import Path

import httpx

from app.commands.remote import local_or_remote
from app.editor.folder.files import write
from app.editor.folder.service import Exported, FolderService, is_within
from app.knowledge import build_publisher
from app.settings import Settings
from ingest.errors import IngestError


def run(settings: Settings, folder: Path) -> None:
    """Print how many files were written and how many were as they should be."""
    folder.mkdir(parents=True, exist_ok=True)
    place = str(folder.absolute())
    with local_or_remote(settings) as server:
        if server is not None:
            files = _from(server)
            written, left = write(folder, files)
            _tell(server, place, files)
        else:
            service = FolderService(build_publisher(settings))
            files = service.files()
            written, left = write(folder, files)
            service.wrote(place, files)
    print(f"written: {written}, unchanged: {len(files) - written}")
    for path in left:
        print(f"baton: {path} is no live article any more; delete it, or publish it again", file=sys.stderr)


def _from(server: httpx.Client) -> list[Exported]:
    found = _checked(server.get("/v1/knowledge/export")).json()["files"]
    files = [Exported((f["article_id"], f["locale"]), f["path"], f["text"], f["content_hash"]) for f in found]
    return [one for one in files if is_within(one.path)]


def _tell(server: httpx.Client, place: str, files: list[Exported]) -> None:
    body = {
        "files": [
            {
                "path": one.path,
                "text": "",
                "article_id": one.key[0],
                "locale": one.key[1],
                "content_hash": one.content_hash,
            }
            for one in files
        ]
    }
    _checked(server.post("/v1/knowledge/exported", params={"root": place}, json=body))


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise IngestError(answer.json().get("detail", answer.text))
    return answer
