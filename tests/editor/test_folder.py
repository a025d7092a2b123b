"""Folder and console: import, edit on both sides, export; by the real command line beside a real server."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.console import Console, shown
from tests.support.server import Server, run_baton
from tests.support.visitors import open_client


def tree(folder: Path) -> dict[str, bytes]:
    """Every article's file, to the byte."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*.md"))
        if path.name != "README.md"
    }


def test_our_knowledge_comes_back_to_the_byte(data_dir: Path, knowledge_source: Path, tmp_path: Path) -> None:
    """Import and export of every file of ours, and of files with Windows line ends, a mark and odd spacing."""
    done = run_baton("export", str(tmp_path / "out"), "--data-dir", str(data_dir))
    assert done.returncode == 0, done.stderr.decode()
    assert tree(tmp_path / "out") == tree(knowledge_source)
    again = run_baton("export", str(tmp_path / "out"), "--data-dir", str(data_dir))
    assert again.stdout.decode().startswith("written: 0, ")


def test_odd_files_come_back_to_the_byte(small_source: Path, tmp_path: Path) -> None:
    """Whatever an article's file looks like, and also when only its looks changed since."""
    folder = Path(shutil.copytree(small_source, tmp_path / "in"))
    odd = b"\xef\xbb\xbf---\r\n# a comment\r\ntitle:   'Odd \xc3\xa9?'\r\nid: odd\r\nkind: faq\r\naudience: [buyer]\r\n---\r\n\r\nText.  \r\n\r\n\r\n"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "odd.md").write_bytes(odd)
    data = tmp_path / "data"
    assert run_baton("ingest", str(folder), "--data-dir", str(data)).returncode == 0
    (folder / "deep" / "er" / "odd.md").write_bytes(odd.replace(b"# a comment", b"# another"))
    done = run_baton("ingest", str(folder), "--data-dir", str(data))
    assert b"added: 0, changed: 0, removed: 0" in done.stdout
    assert run_baton("export", str(tmp_path / "out"), "--data-dir", str(data)).returncode == 0
    assert tree(tmp_path / "out") == tree(folder)


@pytest.fixture
def folder(small_source: Path, tmp_path: Path) -> Path:
    """A folder to change."""
    return Path(shutil.copytree(small_source, tmp_path / "folder"))


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that imported it at its start."""
    with Server(tmp_path / "data", None, "--publish", str(folder)) as running:
        yield running


@pytest.fixture
def editor(server: Server) -> Iterator[Console]:
    """The first admin."""
    with open_client(server.url, server.first_token, seconds=60.0) as http:
        yield Console(http)


def edited(file: Path, old: str, new: str) -> str:
    """A file's text with something else in it."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def ingest(server: Server, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Import the folder through the server."""
    return run_baton("ingest", str(folder), "--data-dir", str(server.data_dir))


def test_neither_side_overwrites_the_other(server: Server, editor: Console, folder: Path) -> None:
    """The console's text survives imports of a file that says nothing new, also at a restart; what both changed is a
    conflict that is shown, and settled for either side."""
    file = folder / "change-email.md"
    mine = edited(file, "\n---\n\n", "\n---\n\nFrom the console. ")
    editor.publish(editor.saved("change-email", mine))
    editor.publish(editor.saved("made-here", mine.replace("id: change-email", "id: made-here")))
    done = ingest(server, folder)
    assert (done.returncode, done.stdout.startswith(b"added: 0, changed: 0, removed: 0")) == (0, True), done.stderr
    assert (shown(editor.http, "change-email") or "").startswith("From the console.")
    assert shown(editor.http, "made-here") is not None

    file.write_text(edited(file, "\n---\n\n", "\n---\n\nFrom the folder. "), encoding="utf-8")
    other = folder / "coupon-not-working.md"
    other.write_text(edited(other, "\n---\n\n", "\n---\n\nNews. "), encoding="utf-8")
    done = ingest(server, folder)
    assert done.returncode == 1
    assert b"changed: 1," in done.stdout
    assert b"change-email.md" in done.stderr
    assert b"coupon" not in done.stderr
    assert (shown(editor.http, "change-email") or "").startswith("From the console.")
    assert (shown(editor.http, "coupon-not-working") or "").startswith("News.")
    (conflict,) = editor.get("/conflicts")["items"]
    assert (conflict["kind"], conflict["live"], conflict["file"]) == ("both_changed", mine, file.read_text())

    assert editor.post("/conflicts/change-email/en", {"take": "folder"})["draft"]
    draft = editor.get("/drafts/change-email/en")
    assert (draft["text"], draft["source"]) == (file.read_text(), "folder")
    assert ingest(server, folder).returncode == 0
    assert (shown(editor.http, "change-email") or "").startswith("From the console.")
    editor.publish(draft)
    assert (shown(editor.http, "change-email") or "").startswith("From the folder.")
    assert ingest(server, folder).returncode == 0
    assert editor.get("/conflicts")["items"] == []


def test_an_export_carries_the_console_to_the_folder(server: Server, editor: Console, folder: Path) -> None:
    """After it folder and console say the same, and edits go on from there on either side."""
    file = folder / "change-email.md"
    mine = edited(file, "\n---\n\n", "\n---\n\nFrom the console. ")
    editor.publish(editor.saved("change-email", mine), removals=("coupon-not-working",))
    done = run_baton("export", str(folder), "--data-dir", str(server.data_dir))
    assert done.stdout.startswith(b"written: 1, "), done.stderr
    assert b"coupon-not-working.md is no live article" in done.stderr
    assert file.read_text(encoding="utf-8") == mine
    file.write_text(mine.replace("From the console.", "And on."), encoding="utf-8")
    done = ingest(server, folder)
    assert (done.returncode, done.stdout.startswith(b"added: 0, changed: 1, removed: 0")) == (0, True), done.stderr
    assert shown(editor.http, "coupon-not-working") is None, "removed in the console, and the file says nothing new"
    file.unlink()
    assert b"removed: 1," in ingest(server, folder).stdout
    assert shown(editor.http, "change-email") is None


def test_a_restart_publishes_the_folder_and_keeps_the_console(server: Server, editor: Console, folder: Path) -> None:
    """``serve --publish`` is an import like any other."""
    mine = edited(folder / "change-email.md", "\n---\n\n", "\n---\n\nFrom the console. ")
    editor.publish(editor.saved("change-email", mine))
    server.restart()
    with open_client(server.url) as http:
        assert (shown(http, "change-email") or "").startswith("From the console.")
