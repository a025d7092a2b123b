"""Upload: a form's file, written to disk as it comes and never held in memory."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.editor.imports.limits import MAX_NAME, MAX_UPLOAD
from app.errors import InvalidInput, TooLarge, Unavailable

_HEARD = (
    "on_part_begin",
    "on_header_field",
    "on_header_value",
    "on_header_end",
    "on_headers_finished",
    "on_part_data",
    "on_part_end",
)
MAX_FIELD = 4_000
MAX_PARTS = 20
RESERVE = 500_000_000
"""Bytes of disk that an upload leaves to everything else."""


@dataclass(frozen=True)
class Received:
    """``name`` is the file's as it was sent, without folders; ``fields`` are the form's others."""

    name: str
    fields: dict[str, str]


class _Form:
    """What the parser calls as the bytes come by."""

    def __init__(self, file: IO[bytes]) -> None:
        self.name = ""
        self.fields: dict[str, str] = {}
        self._file = file
        self._size = self._parts = 0
        self._header = b""
        self._headers: dict[bytes, bytes] = {}
        self._field = ""
        self._is_file = False
        self._value = b""
        self._header_value = b""

    def on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise InvalidInput(f"the form has more than {MAX_PARTS} parts; send one file and its options")
        self._headers, self._field, self._is_file, self._value = {}, "", False, b""

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]
        self._keep_short(self._header)

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]
        self._keep_short(self._header_value)

    def on_header_end(self) -> None:
        self._headers[self._header.lower()] = self._header_value
        self._header = self._header_value = b""

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = self._field == "file"
        if self._is_file:
            if self.name:
                raise InvalidInput("the form has two files; send one, or a zip of them")
            said = options.get(b"filename", b"").decode("utf-8", "replace").replace("\\", "/")
            self.name = PurePosixPath(said).name.replace("\0", "")[-MAX_NAME:] or "upload"

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            self._value += data[start:end]
            self._keep_short(self._value)
            return
        self._size += end - start
        if self._size > MAX_UPLOAD:
            raise TooLarge(f"the file is larger than {MAX_UPLOAD:,} bytes; import it in parts")
        self._file.write(data[start:end])

    def on_part_end(self) -> None:
        if not self._is_file:
            self.fields[self._field] = self._value.decode("utf-8", "replace")

    def _keep_short(self, value: bytes) -> None:
        if len(value) > MAX_FIELD:
            raise InvalidInput(f"a field of the form is longer than {MAX_FIELD:,} bytes")


async def receive(pieces: AsyncIterator[bytes], content_type: str, path: Path) -> Received:
    """Write the form's file to ``path``. Raises InvalidInput, TooLarge or Unavailable, and then leaves no file."""
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise InvalidInput("send a form (`multipart/form-data`) with a `file`, or JSON with a `sitemap`")
    with _written(path) as file:
        form = _Form(file)
        parser = MultipartParser(boundary, {name: getattr(form, name) for name in _HEARD})  # type: ignore[arg-type]
        try:
            async for piece in pieces:
                parser.write(piece)
            parser.finalize()
        except MultipartParseError as error:
            raise InvalidInput(f"the form broke off or is none ({error}); send it again") from None
        if not form.name:
            raise InvalidInput("the form has no `file`; send one")
        return Received(form.name, form.fields)


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """A new file with room on its disk; deleted again when the block fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(path.parent).free < MAX_UPLOAD + RESERVE:
        raise Unavailable("the disk of the server is nearly full; make room, then send the file again")
    try:
        with path.open("wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise
