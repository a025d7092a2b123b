"""Processes: the servers that are measured, started and stopped as users would."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[2]
BATON = Path(sys.executable).with_name("baton")
START_SECONDS = 120.0
STOP_SECONDS = 15.0
POLL_SECONDS = 0.005
_URL = re.compile(r"http://[\d.]+:\d+")
_opener = build_opener(ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Server:
    """A running process and where it listens; ``begun`` is when it was started, in monotonic seconds."""

    url: str
    process: "subprocess.Popen[str]"
    begun: float

    @property
    def pid(self) -> int:
        return self.process.pid


@dataclass(frozen=True, slots=True)
class Peer:
    """A variant of the plain LangChain app."""

    key: str
    title: str
    embedder: str
    filtered: bool

    def environment(self, store: Path, model: Path) -> dict[str, str]:
        """What the app reads."""
        return {
            "PEER_STORE": str(store),
            "PEER_MODEL": str(model),
            "PEER_EMBEDDER": self.embedder,
            "PEER_FILTER": "1" if self.filtered else "",
        }


PEERS = (
    Peer("a", "(a) LangChain, Chroma's default embedder", "default", False),
    Peer("b", "(b) LangChain, Baton's embedder", "minilm", False),
    Peer("c", "(c) like b, with the audience filter", "minilm", True),
)


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without what would configure Baton or a model, and with ``extra``."""
    unwanted = ("OPENAI_", "DATABASE_", "CHROMA_", "REDIS_", "PEER_", "EMBEDDER", "LANGCHAIN_", "LANGSMITH_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**kept, "NO_PROXY": "127.0.0.1,localhost", "ANONYMIZED_TELEMETRY": "False", **extra}


@contextmanager
def running(command: list[str], extra: Mapping[str, str], url: str = "") -> Iterator[Server]:
    """Start ``command``; its address is read from its first line, unless ``url`` says it. Stopped at the end."""
    begun = time.monotonic()
    pipe = subprocess.DEVNULL if url else subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment(extra), stdout=pipe, text=True) as child:
        try:
            if child.stdout is not None:
                found = _URL.search(child.stdout.readline())
                if found is None:
                    raise RuntimeError(f"{' '.join(command)} did not say where it serves")
                url = found[0]
            yield Server(url, child, begun)
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()


def provider() -> AbstractContextManager[Server]:
    """The model's server."""
    return running([sys.executable, "-m", "evals.bench.provider"], {})


@contextmanager
def baton(data: Path, model_url: str = "") -> Iterator[Server]:
    """``baton serve`` on a data folder; answers are generated when there is a model's address, else verbatim."""
    port = free_port()
    extra = {"HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(data), "MESSAGES_PER_MINUTE": "1000000"}
    if model_url:
        extra |= {"OPENAI_BASE_URL": f"{model_url}/v1", "OPENAI_API_KEY": "none"}
    with running([str(BATON), "serve", "--data-dir", str(data)], extra, f"http://127.0.0.1:{port}") as server:
        yield server


@contextmanager
def peer(variant: Peer, store: Path, model: Path, model_url: str) -> Iterator[Server]:
    """The plain app under uvicorn."""
    port = free_port()
    extra = variant.environment(store, model) | {"OPENAI_BASE_URL": f"{model_url}/v1", "OPENAI_API_KEY": "none"}
    app = "evals.bench.peers.langchain_app:create_app"
    command = [sys.executable, "-m", "uvicorn", app, "--factory", "--port", str(port), "--log-level", "warning"]
    with running(command, extra, f"http://127.0.0.1:{port}") as server:
        yield server


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(server: Server, path: str) -> float:
    """The moment at which ``path`` first answered 200, in monotonic seconds."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            with _opener.open(server.url + path, timeout=5) as reply:
                if reply.status == 200:
                    return time.monotonic()
        except (URLError, OSError):
            time.sleep(POLL_SECONDS)
    raise RuntimeError(f"{server.url}{path} did not answer within {START_SECONDS:.0f} s, or its process ended")
