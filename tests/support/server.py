"""Server: the real ``baton serve`` in a process of its own, to be used, killed and started again."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import ClassVar

import httpx

from tests.support.environment import clean_environment
from tests.support.waiting import until

BATON = str(Path(sys.executable).with_name("baton"))
START_SECONDS = 60.0
_URL = re.compile(r"^Baton serves (http://\S+)")
_TOKEN = re.compile(r"^Scripts use .*: (\S+)$")


class Server:
    """Started on entering the block. ``env`` is added to a clean environment; PORT=0 lets the system choose."""

    known: ClassVar[list["Server"]] = []
    """Those that run now: their logs go into the report of a test that fails."""

    def __init__(
        self, data_dir: Path, env: Mapping[str, str] | None = None, *args: str, wait_ready: bool = True
    ) -> None:
        self.data_dir, self.env, self._args = data_dir, {"PORT": "0", **(env or {})}, args
        self._wait_ready = wait_ready
        self.url = ""
        self._token = ""
        self.start_seconds = 0.0
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._serving = threading.Event()
        self._lines: list[str] = []
        data_dir.mkdir(parents=True, exist_ok=True)
        self._log = data_dir.parent / f"{data_dir.name}.{id(self):x}.stderr"
        self._log.write_bytes(b"")

    def __enter__(self) -> "Server":
        self.known.append(self)
        return self.start()

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self.known.remove(self)
        self.stop()

    def start(self) -> "Server":
        """Start and wait until it takes traffic. Raises RuntimeError with its words when it does not."""
        assert self._process is None, "it runs already"
        begun = time.monotonic()
        self._serving.clear()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [BATON, "serve", "--data-dir", str(self.data_dir), *self._args],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=clean_environment(self.env),
                cwd=self.data_dir,
            )
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()
        self._serving.wait(START_SECONDS)
        if not self.url or self._process.poll() is not None:
            self.stop()
            raise RuntimeError(f"baton serve did not start:\n{''.join(self._lines)}\n{self.stderr()}")
        if self._wait_ready:
            self._until_ready(begun + START_SECONDS)
        self.start_seconds = time.monotonic() - begun
        return self

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._lines.append(line)
            if found := _TOKEN.match(line):
                self._token = found[1]
            if found := _URL.match(line):
                self.url = found[1]
                self._serving.set()
        self._serving.set()

    def _until_ready(self, end: float) -> None:
        with httpx.Client(trust_env=False, timeout=10.0) as client:
            while True:
                answer = client.get(f"{self.url}/readyz")
                if answer.status_code == 200:
                    return
                if time.monotonic() > end:
                    self.stop()
                    raise RuntimeError(f"not ready: {answer.text}\n{self.stderr()}")
                time.sleep(0.05)

    @property
    def first_token(self) -> str:
        """The admin's token, printed at the first start of a data folder that has no staff."""
        return until(lambda: self._token, 10.0, "the first admin's token")

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        assert self._process is not None
        self._process.kill()
        self._gone()

    def stop(self) -> None:
        """SIGTERM, and SIGKILL when that does not end it."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._gone()

    def _gone(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._reader is not None
        self._process.wait()
        self._reader.join(5)
        self._process.stdout.close()
        self._process, self.url = None, ""

    def restart(self) -> "Server":
        """Start again on the same data, stopping first what still runs."""
        self.stop()
        return self.start()

    def stdout(self) -> str:
        """Everything printed so far."""
        return "".join(self._lines)

    def stderr(self) -> str:
        """The log so far, over all starts."""
        return self._log.read_text(errors="replace")


def run_baton(
    *args: str, env: Mapping[str, str] | None = None, stdin: bytes = b"", cwd: Path | None = None, seconds: float = 180
) -> "subprocess.CompletedProcess[bytes]":
    """A command line to its end, as a user would type it."""
    return subprocess.run(
        [BATON, *args],
        input=stdin,
        capture_output=True,
        env=clean_environment(env),
        cwd=cwd,
        timeout=seconds,
        check=False,
    )
