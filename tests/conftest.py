"""What every test may ask for: a data folder that holds our knowledge, a server, a provider, a desk, databases."""

import json
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support import guard
from tests.support.articles import small_folder
from tests.support.backends import postgres_schema, redis_database
from tests.support.desk import Agent, hire
from tests.support.environment import is_foreign
from tests.support.office import Office, open_office
from tests.support.provider import Provider
from tests.support.server import Server, run_baton
from tests.support.visitors import Talk, Visitor

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what its servers wrote."""
    report = yield
    if report.failed:
        report.sections += [(f"log of {server.data_dir}", server.stderr()[-8_000:]) for server in Server.known]
    return report


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """No provider, database or proxy of the developer's, and no way off this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if is_foreign(name) and name != "CI"]:
            patch.delenv(name)
        guard.install(patch)
        yield


@pytest.fixture(scope="session")
def knowledge_source() -> Path:
    """The folder of articles of this repository."""
    return KNOWLEDGE


@pytest.fixture(scope="session")
def shared_tmp(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all pytest workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def knowledge_dir(shared_tmp: Path) -> Path:
    """A data folder with our knowledge and a team of staff. Read it, copy it (``data_dir``), never serve it."""
    folder = shared_tmp / "knowledge-data"
    with FileLock(shared_tmp / "knowledge-data.lock"):
        if not (folder / "staff.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            done = run_baton("ingest", str(KNOWLEDGE), "--data-dir", str(folder))
            assert done.returncode == 0, done.stderr.decode()
            tokens = hire(f"sqlite+aiosqlite:///{folder / 'baton.db'}")
            (folder / "staff.json").write_text(json.dumps(tokens))
    return folder


@pytest.fixture
def data_dir(knowledge_dir: Path, tmp_path: Path) -> Path:
    """A copy of ``knowledge_dir`` for one test to use and to break."""
    return Path(shutil.copytree(knowledge_dir, tmp_path / "data"))


@pytest.fixture(scope="module")
def module_data_dir(knowledge_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy for the tests of one file that do not get in each other's way."""
    return Path(shutil.copytree(knowledge_dir, tmp_path_factory.mktemp("module") / "data"))


@pytest.fixture(scope="module")
def shared_server(module_data_dir: Path) -> Iterator[Server]:
    """One server without a model for the tests of a file; nobody may kill it or change what it knows."""
    with Server(module_data_dir, {"MESSAGES_PER_MINUTE": "100000"}) as running:
        yield running


@pytest.fixture
def server(data_dir: Path) -> Iterator[Server]:
    """A server of this test's own, without a model."""
    with Server(data_dir) as running:
        yield running


@pytest.fixture
def provider() -> Iterator[Provider]:
    """An OpenAI-compatible server on loopback; it answers well until told otherwise."""
    with Provider() as running:
        yield running


@pytest.fixture(scope="session")
def tokens(knowledge_dir: Path) -> dict[str, str]:
    """Staff tokens by name, valid on every copy of ``knowledge_dir``; see ``tests.support.desk.TEAM``."""
    found: dict[str, str] = json.loads((knowledge_dir / "staff.json").read_text())
    return found


@pytest.fixture
def visitor(shared_server: Server) -> Iterator[Visitor]:
    """A new buyer at the file's server."""
    with Visitor(shared_server.url) as someone:
        yield someone


@pytest.fixture
def talk(visitor: Visitor) -> Talk:
    """A new conversation of that buyer's."""
    return visitor.begin()


@pytest.fixture
def ana(shared_server: Server, tokens: dict[str, str]) -> Iterator[Agent]:
    """An agent at the file's server."""
    with Agent(shared_server.url, tokens["ana"]) as someone:
        yield someone


@pytest.fixture
def ben(shared_server: Server, tokens: dict[str, str]) -> Iterator[Agent]:
    """Another agent there."""
    with Agent(shared_server.url, tokens["ben"]) as someone:
        yield someone


@pytest.fixture
def database_url() -> Iterator[str]:
    """An empty PostgreSQL schema's DATABASE_URL."""
    with postgres_schema() as url:
        yield url


@pytest.fixture
def redis_url(worker_id: str) -> Iterator[str]:
    """An empty Redis database's REDIS_URL."""
    with redis_database(worker_id) as url:
        yield url


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def office(
    request: pytest.FixtureRequest, small_source: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """A server with a team, on each database in turn, for the tests of one file."""
    with open_office(request.param, tmp_path_factory.mktemp("office"), small_source) as running:
        yield running


@pytest.fixture(scope="session")
def small_source(knowledge_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of articles, quick to ingest. Copy it before you change it."""
    return small_folder(knowledge_source, tmp_path_factory.mktemp("small") / "knowledge")
