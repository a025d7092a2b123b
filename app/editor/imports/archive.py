"""Archive: the files of a zip that was made by nobody knows whom. Nothing is ever unpacked to disk."""

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.editor.imports.limits import (
    MAX_MEMBERS,
    MAX_NAME,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_FROM,
    Refused,
)

PIECE = 65_536
NESTED = frozenset({".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst"})


@dataclass(frozen=True)
class Member:
    """A file of an archive, or why it is not read. ``name`` is its path, without the folder that all have in common."""

    name: str
    info: zipfile.ZipInfo
    reason: str = ""


class Archive:
    """An open zip. Counts what has been unpacked of it, whatever its directory says."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Refused(f"is no zip that can be opened ({error}); pack it again") from None
        self._unpacked = 0

    def members(self) -> list[Member]:
        """Every file, in the order of the archive, with what speaks against it. Raises Refused for far too many."""
        infos = [info for info in self._zip.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
        if len(infos) > MAX_MEMBERS:
            raise Refused(f"holds {len(infos):,} files; {MAX_MEMBERS:,} are the most, pack several archives")
        common = _common_folder([info.filename for info in infos if not _against(info)])
        found, seen = [], set[str]()
        for info in infos:
            name = info.filename.removeprefix(common)
            reason = _against(info) or ("stands twice in the archive" if name in seen else "")
            seen.add(name)
            found.append(Member(name[:MAX_NAME], info, reason))
        return found

    def read(self, member: Member, most: int) -> bytes:
        """A file's content. Raises Refused when it grows past ``most`` bytes, packs too well, or is damaged."""
        pieces, size = [], 0
        try:
            for piece in self._pieces(member.info):
                size += len(piece)
                self._unpacked += len(piece)
                if size > most:
                    raise Refused(f"is larger than {most / 1e6:,.0f} MB; split it into articles")
                if size > RATIO_FROM and size > MAX_RATIO * max(member.info.compress_size, 1):
                    raise Refused(f"unpacks to more than {MAX_RATIO} times its size, as a zip bomb does")
                if self._unpacked > MAX_UNPACKED:
                    raise Refused(f"the archive unpacks to more than {MAX_UNPACKED / 1e9:,.0f} GB; pack several")
                pieces.append(piece)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise Refused(f"is damaged in the archive ({error}); pack it again") from None
        except RuntimeError as error:  # what zipfile says of a password
            raise Refused(f"cannot be unpacked ({error})") from None
        except Exception as error:
            if type(error).__module__ in ("zlib", "_lzma", "lzma", "bz2"):
                raise Refused(f"is damaged in the archive ({error}); pack it again") from None
            raise
        return b"".join(pieces)

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        with self._zip.open(info) as stream:
            while piece := stream.read(PIECE):
                yield piece


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _common_folder(names: list[str]) -> str:
    """``help-2026/`` when every file is in it: the next export calls it otherwise, and means the same articles."""
    folders = {name.partition("/")[0] for name in names if "/" in name}
    alone = len(folders) == 1 and all("/" in name for name in names)
    folder = next(iter(folders)) if alone else ""
    return f"{folder}/" if folder not in ("", "..", ".") else ""


def _against(info: zipfile.ZipInfo) -> str:
    """What speaks against a file before it is opened."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":":
        return "has an absolute path; pack the folder itself"
    if ".." in name.split("/"):
        return "its path leads out of the archive (`..`)"
    if len(name) > MAX_NAME:
        return f"its path is longer than {MAX_NAME} characters"
    mode = info.external_attr >> 16
    if info.create_system == 3 and stat.S_ISLNK(mode):
        return "is a symbolic link; pack the file that it points to"
    if info.create_system == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is no ordinary file"
    if info.flag_bits & 0x1:
        return "is encrypted; pack it without a password"
    if PurePosixPath(name).suffix.lower() in NESTED:
        return "is an archive in the archive; unpack it first"
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"unpacks to more than {MAX_RATIO} times its size, as a zip bomb does"
    return ""
