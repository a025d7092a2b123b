"""Assets: the web build, compressed once at build time, and cached for ever where a name says its content."""

import re
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_HASHED = re.compile(r"-[\w-]{8}\.(js|css)$")
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


class Assets(StaticFiles):
    """The folder ``dist``. Beside each script and stylesheet the build leaves its ``.gz``."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed for those who take it so."""
        wants = Headers(scope=scope).get("accept-encoding", "")
        packed = "gzip" in wants and self._has_gz(path)
        response = await super().get_response(f"{path}.gz" if packed else path, scope)
        if isinstance(response, FileResponse) or response.status_code == 304:
            versioned = _HASHED.search(path) or scope["query_string"].startswith(b"v=")
            _describe(response.headers, path, packed, FOR_EVER if versioned else ASK_AGAIN)
        return response

    def _has_gz(self, path: str) -> bool:
        return path.endswith((".js", ".css")) and bool(self.lookup_path(f"{path}.gz")[1])


def one_asset(file: Path, accept_encoding: str) -> FileResponse:
    """A file of the build at an address of its own; browsers ask each time whether it changed."""
    small = file.with_name(f"{file.name}.gz")
    packed = "gzip" in accept_encoding and small.is_file()
    response = FileResponse(small if packed else file)
    _describe(response.headers, file.name, packed, ASK_AGAIN)
    return response


def _describe(headers: MutableHeaders, path: str, packed: bool, cache: str) -> None:
    """What the file is, whatever its compressed form is called."""
    headers["cache-control"] = cache
    headers["vary"] = "accept-encoding"
    # Pages of other sites carry the widget, isolated ones too.
    headers["cross-origin-resource-policy"] = "cross-origin"
    if packed:
        headers["content-encoding"] = "gzip"
    if path.endswith((".js", ".css")):
        headers["content-type"] = (
            "text/javascript; charset=utf-8" if path.endswith(".js") else "text/css; charset=utf-8"
        )
