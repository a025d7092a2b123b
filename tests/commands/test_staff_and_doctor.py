"""``baton staff add`` and ``baton doctor``."""

import asyncio
from pathlib import Path

import pytest

from app.auth import Staff
from app.db import Database
from app.settings import Settings
from app.staff.repository import find_staff
from tests.support.server import run_baton


def account(data_dir: Path, token: str) -> Staff | None:
    """Whose a token is."""

    async def find() -> Staff | None:
        db = Database(Settings(data_dir=data_dir).sql_url)
        try:
            async with db.read() as connection:
                return await find_staff(connection, token)
        finally:
            await db.close()

    return asyncio.run(find())


def test_staff_add(tmp_path: Path) -> None:
    """The token is printed once, belongs to the account, and is not kept in plain text; an address counts once."""
    add = ("staff", "add", "Ana@Shop.example", "--role", "editor", "--data-dir", str(tmp_path / "data"))
    done = run_baton(*add)
    assert done.returncode == 0, done.stderr.decode()
    token = done.stdout.decode().strip()
    found = account(tmp_path / "data", token)
    assert found is not None
    assert (found.email, found.name, found.role) == ("ana@shop.example", "Ana", "editor")
    assert account(tmp_path / "data", token[:-1]) is None
    stored = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("baton.db*"))
    assert token.encode() not in stored
    again = run_baton(*add)
    assert again.returncode == 1
    assert again.stderr.decode().strip() == "baton: the address Ana@Shop.example has an account already"


@pytest.mark.parametrize("email", ["nobody", "a b@c.example", "@c.example", f"{'a' * 70}@c.example"])
def test_no_address(email: str, tmp_path: Path) -> None:
    """What is no e-mail address is refused."""
    done = run_baton("staff", "add", email, "--role", "agent", "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 1
    assert "is no e-mail address" in done.stderr.decode()


def test_doctor_on_a_new_folder(tmp_path: Path) -> None:
    """It tells what is there, what is not, and what to do about it."""
    done = run_baton("doctor", "--data-dir", str(tmp_path / "data"), env={"REDIS_URL": "redis://127.0.0.1:1/0"})
    said = " ".join(done.stdout.decode().split())
    assert "nothing is published run `baton ingest knowledge`" in said
    assert "nobody yet run `baton staff add EMAIL --role admin`" in said
    assert "set OPENAI_API_KEY or OPENAI_BASE_URL" in said
    assert "check REDIS_URL" in said
    assert done.returncode == (1 if "missing web build" in said else 0)


def test_doctor_with_everything(data_dir: Path) -> None:
    """A published folder with staff and a model has nothing to note about them; a key is not printed."""
    env = {"OPENAI_API_KEY": "sk-secret-value", "OPENAI_MODEL": "some-model"}
    said = " ".join(run_baton("doctor", "--data-dir", str(data_dir), env=env).stdout.decode().split())
    assert "ok knowledge live: kb-" in said
    assert "ok staff" in said
    assert "some-model at OpenAI" in said
    assert "sk-secret-value" not in said


def test_doctor_with_a_database_that_is_not_there(tmp_path: Path) -> None:
    """What Baton needs and lacks is missing: exit code 1, and its password is not printed."""
    url = "postgresql://baton:hunter2@127.0.0.1:1/baton?connect_timeout=2"
    done = run_baton("doctor", "--data-dir", str(tmp_path / "data"), env={"DATABASE_URL": url})
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 1
    assert "check DATABASE_URL" in said
    assert "missing: " in said
    assert "hunter2" not in said
