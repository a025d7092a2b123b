"""Owner: one process at a time has the data folder, and tells others where to reach it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import StoreInUse


@dataclass(frozen=True)
class Owner:
    """The process that holds the folder; ``url`` and ``token`` are empty when it is no server."""

    pid: int
    url: str = ""
    token: str = ""


class OwnerLock:
    """Held from :meth:`acquire` to :meth:`release`; the operating system lets go of it when the process dies."""

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / "owner.json"
        data_dir.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(data_dir / "owner.lock", mode=0o600)

    def acquire(self, url: str = "", token: str = "") -> None:
        """Raises StoreInUse, naming the holder, when another process has the folder."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            owner = self.read()
            who = f"process {owner.pid}" if owner else "another process"
            where = f" serving {owner.url}" if owner and owner.url else ""
            raise StoreInUse(
                f"{self._file.parent} is in use by {who}{where}; stop it, or choose another folder with --data-dir"
            ) from None
        self.announce(url, token)

    def announce(self, url: str, token: str) -> None:
        """Tell others how to reach this process."""
        scratch = self._file.with_suffix(".tmp")
        scratch.touch(mode=0o600)
        scratch.write_text(json.dumps(asdict(Owner(os.getpid(), url, token))))
        scratch.replace(self._file)

    def read(self) -> Owner | None:
        """Who announced itself last; it may be gone."""
        try:
            return Owner(**json.loads(self._file.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Let go of the folder."""
        self._file.unlink(missing_ok=True)
        self._lock.release()
