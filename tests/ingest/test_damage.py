"""The index is derived: however it is damaged, the server builds it again from SQL by itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.questions import TWICE
from tests.support.server import Server, run_baton
from tests.support.visitors import Visitor

Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def small_data(small_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small knowledge, to be copied."""
    folder = tmp_path_factory.mktemp("small-data") / "data"
    done = run_baton("ingest", str(small_source), "--data-dir", str(folder))
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def small_dir(small_data: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(small_data, tmp_path / "data"))


def version_of(data_dir: Path) -> Path:
    """The folder of the only version."""
    (folder,) = (data_dir / "index").glob("kb-*")
    return folder


def overwrite(file: Path) -> None:
    """Bytes that mean nothing, as many as there were."""
    file.write_bytes(b"\xde\xad" * (file.stat().st_size // 2))


def remove_everything(folder: Path) -> None:
    """The whole index is gone."""
    shutil.rmtree(folder.parent)


def leave_the_marker(folder: Path) -> None:
    """One process died while it opened the version, another while it built the next."""
    (folder / "opening").touch()
    scrap = folder.with_name(".kb-0000000000000000.tmp")
    scrap.mkdir()
    (scrap / "plan.json").write_text("{}")


def spoil_chroma(folder: Path) -> None:
    """Chroma's own database is rubbish."""
    for file in folder.parent.glob("chroma-*/chroma.sqlite3"):
        overwrite(file)


def empty_the_segments(folder: Path) -> None:
    """Chroma's vector files are cut off."""
    for file in folder.parent.glob("chroma-*/*/*.bin"):
        file.write_bytes(b"")


def spoil_ours(folder: Path) -> None:
    """Our vectors are cut off and a table of rows is rubbish."""
    for file in folder.glob("*/vectors.npy"):
        file.write_bytes(file.read_bytes()[:100])
    for file in folder.glob("*/rows.json"):
        overwrite(file)


@pytest.mark.parametrize(
    "damage",
    [remove_everything, leave_the_marker, spoil_chroma, empty_the_segments, spoil_ours],
)
def test_a_damaged_version_is_built_again(small_dir: Path, damage: Damage) -> None:
    """After one start the same version answers as before, and nothing of the damage is left."""
    folder = version_of(small_dir)
    damage(folder)
    with Server(small_dir) as server, Visitor(server.url) as visitor:
        decision = visitor.ask(TWICE)
        assert decision["outcome"] == "answer"
        assert decision["citations"][0]["article_id"] == "charged-twice"
        assert decision["kb_version"] == folder.name
        assert visitor.http.get("/v1/search", params={"q": "refund"}).json()["results"]
    assert {path.name.split("-")[0] for path in folder.parent.iterdir()} == {"kb", "chroma"}
    assert len(list(folder.parent.iterdir())) == 2
    assert (folder / "manifest.json").is_file()
    assert not (folder / "opening").exists()
