"""Data folders and article folders for the command line."""

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from evals.article_file import write_folder
from evals.datasets.public import EVAL_DATA, articles
from tests.support.server import run_baton


def lines(output: bytes) -> list[str]:
    """The lines of an output that are not empty."""
    return [line for line in output.decode().splitlines() if line.strip()]


@pytest.fixture(scope="session")
def gumroad_published(shared_tmp: Path) -> Path:
    """A folder with the public help centre as ``articles`` and, published, as ``data``. Copy it."""
    if not (EVAL_DATA / "gumroad_help").is_dir():
        pytest.skip("EVAL_DATA has no gumroad_help")
    base = shared_tmp / "gumroad"
    with FileLock(shared_tmp / "gumroad.lock"):
        if not (base / "first.txt").exists():
            shutil.rmtree(base, ignore_errors=True)
            write_folder(articles("gumroad_help"), base / "articles")
            done = run_baton("ingest", str(base / "articles"), "--data-dir", str(base / "data"))
            assert done.returncode == 0, done.stderr.decode()
            (base / "first.txt").write_bytes(done.stdout)
    return base


@pytest.fixture
def gumroad(gumroad_published: Path, tmp_path: Path) -> Path:
    """A copy for one test to change."""
    return Path(shutil.copytree(gumroad_published, tmp_path / "gumroad"))
