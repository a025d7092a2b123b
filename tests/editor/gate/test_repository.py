"""The gate's questions in SQL, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.db import sync_engine
from app.editor.gate.repository import GateRepository, Helped
from app.migrations.upgrade import upgrade
from tests.editor.gate.conftest import said


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Of an empty database."""
    postgres = request.param == "postgres"
    url = request.getfixturevalue("database_url") if postgres else f"sqlite+aiosqlite:///{tmp_path / 'baton.db'}"
    upgrade(url)
    built = sync_engine(url)
    yield built
    built.dispose()


def test_helped(engine: Engine) -> None:
    """Each question once, by the last word about its answer."""
    said(engine, "one", "where is my money", "refund-arrival-times", True)
    said(engine, "two", "where is my money", "refund-arrival-times", True)
    said(engine, "three", "when is it paid", "payout-schedule", False, True)
    said(engine, "four", "what now", "payout-failed", True, False)
    said(engine, "five", "nobody said anything", "payout-failed")
    found = {helped.text: helped for helped in GateRepository(engine).helped()}
    assert found == {
        "where is my money": Helped("where is my money", "buyer", "en", "refund-arrival-times"),
        "when is it paid": Helped("when is it paid", "buyer", "en", "payout-schedule"),
    }


def test_nothing_yet(engine: Engine) -> None:
    """An empty help centre has no questions."""
    repository = GateRepository(engine)
    assert (list(repository.helped()), repository.golden(), repository.phrasings(1)) == ([], [], {})
