"""``baton serve`` and ``baton worker``: the processes that stay."""

import asyncio
import gc
import secrets
import signal
import sys
import time
from pathlib import Path

import uvicorn

from app.auth import COMMAND_LINE, OWNER_PREFIX
from app.db import Database
from app.errors import BadRequest
from app.heap import give_back
from app.knowledge import build_publisher
from app.main import create_app, open_services
from app.migrations.upgrade import upgrade
from app.owner import OwnerLock
from app.settings import Settings
from app.staff.repository import add_staff, by_email, has_staff
from app.staff.service import LINK_HOURS, make_link, password_page
from app.stream import EventStream

GRACE_SECONDS = 3
FIRST_ADMIN = "admin@localhost"


class Announcing(uvicorn.Server):
    """Says where it serves once it does."""

    def __init__(
        self, config: uvicorn.Config, lock: OwnerLock, token: str, first: tuple[str, str] | None, public_url: str
    ) -> None:
        super().__init__(config)
        self._lock_file, self._token, self._first, self._public_url = lock, token, first, public_url
        self._begun = time.perf_counter()

    async def startup(self, sockets: "list | None" = None) -> None:  # type: ignore[type-arg]
        await super().startup(sockets)
        gc.freeze()
        give_back()
        if self.should_exit or not self.servers:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
        url = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
        self._lock_file.announce(url, self._token)
        print(f"Baton serves {url} (help centre and chat) and {url}/desk (agents)", flush=True)
        if self._first:
            access, link = self._first
            page = password_page(self._public_url or url, link)
            print(f"First start: choose the password of {FIRST_ADMIN} here, once, within {LINK_HOURS} hours: {page}")
            print(f"Scripts use the same account by this token, which is shown once: {access}", flush=True)

    async def shutdown(self, sockets: "list | None" = None) -> None:  # type: ignore[type-arg]
        EventStream.stopping.set()
        await super().shutdown(sockets)


def run(settings: Settings, publish: Path | None) -> None:
    """Publish a folder when asked to, then serve until stopped."""
    lock = OwnerLock(settings.data_dir)
    lock.acquire()
    try:
        upgrade(settings.sql_url)
        if publish is not None:
            _publish(settings, publish)
        token = OWNER_PREFIX + secrets.token_urlsafe(24)
        settings = settings.model_copy(update={"owner_token": token})
        application = create_app(settings)
        first = asyncio.run(_first_admin(settings))
        config = uvicorn.Config(
            application,
            host=settings.host,
            port=settings.port,
            loop="uvloop",
            http="httptools",
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_keep_alive=30,
        )
        server = Announcing(config, lock, token, first, settings.public_url.rstrip("/"))
        server.run()
        if not server.started:
            raise BadRequest(f"cannot serve on {settings.host}:{settings.port}; is it taken? Choose another PORT")
    finally:
        lock.release()


def work(settings: Settings) -> None:
    """Answer turns until stopped."""
    if settings.sql_url.startswith("sqlite") or not settings.chroma_url:
        raise BadRequest("a worker needs DATABASE_URL (PostgreSQL) and CHROMA_URL; `baton serve` answers turns itself")
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_services(settings, publishes=False) as parts:
        await parts.worker.start(alone=False)
        give_back()
        print("Baton's worker is ready", flush=True)
        await stop.wait()


def _publish(settings: Settings, folder: Path) -> None:
    """A faulty folder does not stop a server that has something live already."""
    from app.commands.ingest import conflict_lines, progress_bar, summary  # noqa: PLC0415  only a start that publishes needs them
    from app.commands.ingest_here import shown  # noqa: PLC0415
    from app.editor.folder.files import read  # noqa: PLC0415
    from app.editor.folder.service import FolderService  # noqa: PLC0415
    from ingest.errors import InvalidArticles  # noqa: PLC0415
    from ingest.topics import read_topics  # noqa: PLC0415

    begun = time.perf_counter()
    publisher = build_publisher(settings)
    try:
        files, topics = read(folder), read_topics(folder)
    except InvalidArticles as error:
        if publisher.store.live() is None:
            raise
        print(f"{error}\n{folder} was not published; what was live stays live", file=sys.stderr)
        return
    with progress_bar() as report:
        done = FolderService(publisher).take_in(COMMAND_LINE, str(folder.absolute()), files, topics, report)
    publisher.close()
    for line in conflict_lines(shown(done.conflicts)):
        print(line, file=sys.stderr)
    published = done.published
    assert published is not None
    if published.switched:
        result = {
            "counts": published.counts,
            "embedded": published.embedded,
            "kb_version": published.publication.kb_version,
        }
        print(f"{folder}: {summary(result, False, time.perf_counter() - begun)}", flush=True)


async def _first_admin(settings: Settings) -> tuple[str, str] | None:
    """The token and the one-time link of an admin, made when nobody works here yet."""
    db = Database(settings.sql_url)
    try:
        async with db.write() as connection:
            if await has_staff(connection):
                return None
            token = await add_staff(connection, FIRST_ADMIN, "Admin", "admin")
            row = await by_email(connection, FIRST_ADMIN)
            assert row is not None
            link, _ = await make_link(connection, row.id)
            return token, link
    finally:
        await db.close()
