"""``baton doctor``: what is configured, what is missing, what to do."""

import asyncio
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from redis import Redis
from redis.exceptions import RedisError
from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.commands.remote import client_of
from app.db import Database
from app.errors import BatonError
from app.migrations.upgrade import upgrade
from app.owner import OwnerLock
from app.settings import Settings
from ingest.embed import MODEL_FOLDER

Mark = Literal["ok", "note", "missing"]
_COLOUR: dict[Mark, str] = {"ok": "green", "note": "yellow", "missing": "red"}
MIN_FREE_BYTES = 500_000_000


@dataclass(frozen=True)
class Finding:
    """One line of the report; ``cure`` says what to do about it."""

    mark: Mark
    what: str
    state: str
    cure: str = ""


def run(settings: Settings) -> None:
    """Print the report; fails when something that Baton needs is missing."""
    findings = [*_machine(settings), *asyncio.run(_database(settings)), *_services(settings)]
    table = Table(show_header=False, box=None, pad_edge=False)
    for finding in findings:
        colour = _COLOUR[finding.mark]
        table.add_row(f"[{colour}]{finding.mark}[/]", finding.what, finding.state, finding.cure)
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    missing = [finding.what for finding in findings if finding.mark == "missing"]
    if missing:
        raise BatonError(f"missing: {', '.join(missing)}")


def _machine(settings: Settings) -> list[Finding]:
    model = (MODEL_FOLDER / "model.onnx").is_file()
    web = (Path(__file__).parents[1] / "web" / "dist" / "widget.js").is_file()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free
    return [
        Finding("ok", "Python", platform.python_version()),
        Finding("ok", "embedder", settings.embedder)
        if model or settings.embedder != "minilm"
        else Finding("missing", "embedder", f"not in {MODEL_FOLDER}", "run `make setup`"),
        Finding("ok", "web build", "there") if web else Finding("missing", "web build", "", "run `make setup`"),
        Finding("ok", "data folder", str(settings.data_dir.absolute()))
        if free > MIN_FREE_BYTES
        else Finding("missing", "disk space", f"{free // 1_000_000} MB free", "free at least 500 MB"),
    ]


async def _database(settings: Settings) -> list[Finding]:
    kind = "SQLite" if settings.sql_url.startswith("sqlite") else "PostgreSQL"
    db = Database(settings.sql_url)
    try:
        await asyncio.to_thread(upgrade, settings.sql_url)
        async with db.read() as connection:
            version = (
                await connection.execute(
                    text("SELECT kb_version FROM publication p JOIN live_publication l ON l.publication_id = p.id")
                )
            ).scalar()
            staff = (await connection.execute(text("SELECT count(*) FROM staff"))).scalar_one()
    except (SQLAlchemyError, OSError) as error:
        return [Finding("missing", "database", f"{kind}: {type(error).__name__}", "check DATABASE_URL")]
    finally:
        await db.close()
    return [
        Finding("ok", "database", kind),
        Finding("ok", "knowledge", f"live: {version}")
        if version
        else Finding("note", "knowledge", "nothing is published", "run `baton ingest knowledge`"),
        Finding("ok", "staff", f"{staff} accounts")
        if staff
        else Finding("note", "staff", "nobody yet", "run `baton staff add EMAIL --role admin`"),
    ]


def _services(settings: Settings) -> list[Finding]:
    findings = []
    if settings.has_model:
        where = settings.openai_base_url or "OpenAI"
        findings.append(Finding("ok", "model", f"{settings.openai_model} at {where}"))
    else:
        cure = "set OPENAI_API_KEY or OPENAI_BASE_URL for generated answers"
        findings.append(Finding("note", "model", "none: answers are the articles' own words", cure))
    findings.append(_redis(settings.redis_url))
    findings.append(Finding("ok", "Chroma", settings.chroma_url or "embedded"))
    owner = OwnerLock(settings.data_dir).read()
    if owner and owner.url:
        try:
            with client_of(owner) as client:
                ready = client.get("/readyz").status_code == 200
            findings.append(Finding("ok" if ready else "note", "server", owner.url))
        except OSError:
            findings.append(Finding("note", "server", "none is running", "run `make run`"))
        except Exception as error:  # noqa: BLE001  an HTTP client's many errors mean the same here
            findings.append(Finding("note", "server", f"none answers ({type(error).__name__})", "run `make run`"))
    else:
        findings.append(Finding("note", "server", "none is running", "run `make run`"))
    return findings


def _redis(url: str) -> Finding:
    if not url:
        return Finding("ok", "Redis", "not used: one process wakes itself")
    try:
        with Redis.from_url(url, socket_connect_timeout=1.0) as redis:
            redis.ping()
    except (RedisError, OSError) as error:
        return Finding("note", "Redis", type(error).__name__, "check REDIS_URL; until then wake-ups are slower")
    return Finding("ok", "Redis", url.rsplit("@", 1)[-1])
