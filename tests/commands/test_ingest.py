"""``baton ingest`` of a real marketplace's help centre: counts, errors, and what stays live."""

import os
import re
from pathlib import Path

import pytest

from app.owner import OwnerLock
from tests.commands.conftest import lines
from tests.support.server import Server, run_baton


def ingest(base: Path, *more: str, folder: Path | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    done = run_baton("ingest", str(folder or base / "articles"), "--data-dir", str(base / "data"), *more)
    assert "Traceback" not in done.stderr.decode()
    return done.returncode, done.stdout.decode().strip(), done.stderr.decode().strip()


def live(base: Path) -> str:
    """The name of the live version, as `baton doctor` tells it."""
    found = re.search(r"live: (kb-\w+)", run_baton("doctor", "--data-dir", str(base / "data")).stdout.decode())
    assert found
    return found[1]


def edit(base: Path, old: str, new: str, name: str = "gum-10.md") -> None:
    """Change an article's file."""
    file = base / "articles" / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_the_first_time_all_is_added(gumroad_published: Path) -> None:
    """123 articles are added, and the line says what is live."""
    said = (gumroad_published / "first.txt").read_text()
    assert said.startswith("added: 123, changed: 0, removed: 0, unchanged: 0; embedded: ")
    first, promise = said.strip().split("\n")
    assert re.search(r"embedded: [1-9]\d+; live: kb-[0-9a-f]{16}; [\d.]+ s$", first)
    assert promise.startswith(
        "0 questions do not prove that at most 5% of answers are wrong; about 60 more are needed."
    )


def test_again_nothing_changes_and_one_edit_changes_one(gumroad: Path) -> None:
    """Repeated it embeds nothing and keeps the version; an edit and a removal are counted as such."""
    before = live(gumroad)
    code, said, _ = ingest(gumroad)
    assert code == 0
    assert said.startswith("added: 0, changed: 0, removed: 0, unchanged: 123; embedded: 0; ")
    assert live(gumroad) == before

    edit(gumroad, "No forms to fill out", "No papers to fill out")
    (gumroad / "articles" / "gum-101.md").unlink()
    code, said, _ = ingest(gumroad)
    assert code == 0
    assert said.startswith("added: 0, changed: 1, removed: 1, unchanged: 121; embedded: 2; "), said
    assert live(gumroad) != before


def test_a_dry_run_changes_nothing(gumroad: Path) -> None:
    """It tells what would change, and the next real run still changes it."""
    before = live(gumroad)
    edit(gumroad, "No forms to fill out", "No papers to fill out")
    code, said, _ = ingest(gumroad, "--dry-run")
    assert (code, said) == (0, "added: 0, changed: 1, removed: 0, unchanged: 122 (dry run, nothing was changed)")
    assert live(gumroad) == before


def test_faulty_articles_publish_nothing(gumroad: Path) -> None:
    """Every fault is named with file, line and field; exit code 1; the live version is what it was."""
    before = live(gumroad)
    edit(gumroad, "No forms to fill out", "No papers to fill out")
    edit(gumroad, "kind: faq", "kind: blog", "gum-331.md")
    edit(gumroad, "kind: faq", "kind: faq\ncolour: red", "gum-334.md")
    code, said, errors = ingest(gumroad)
    assert (code, said) == (1, "")
    assert re.search(r"gum-331\.md:4: kind: ", errors)
    assert re.search(r"gum-334\.md:5: colour: is not a known field", errors)
    assert live(gumroad) == before


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("ingest", "nowhere"), 1, "nowhere is not a folder"),
        (("ingest", "--what"), 2, "No such option"),
        (("ingest", "a", "b"), 2, "unexpected extra argument"),
        (("ask",), 2, "give a question"),
        (("ask", "x", "--as", "admin"), 2, "must be buyer or seller"),
        (("ask", "x", "--jsonl"), 2, "not both"),
        (("staff", "add", "a@b.example"), 2, "--role"),
        (("staff", "add", "a@b.example", "--role", "king"), 2, "must be one of"),
        (("dance",), 2, "No such command"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    """Wrong use is exit code 2, and what failed is 1; either way with words and without a traceback."""
    done = run_baton(
        *arguments, env={"DATA_DIR": str(tmp_path / "data"), "TERM": "dumb", "COLUMNS": "200"}, cwd=tmp_path
    )
    errors = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr.decode())
    assert done.returncode == code, errors
    assert says in " ".join(errors.split())
    assert "Traceback" not in errors


def test_a_running_server_publishes_for_the_command_line(gumroad: Path) -> None:
    """While a server has the folder, ingest goes through it: same counts, same faults, visible at once."""
    with Server(gumroad / "data"):
        edit(gumroad, "No forms to fill out", "No papers to fill out")
        assert ingest(gumroad, "--dry-run")[1].startswith("added: 0, changed: 1, removed: 0, unchanged: 122 (dry run")
        code, said, errors = ingest(gumroad)
        assert code == 0, errors
        assert said.startswith("added: 0, changed: 1, removed: 0, unchanged: 122; embedded: 2; live: kb-")
        assert ingest(gumroad)[1].startswith("added: 0, changed: 0, removed: 0, unchanged: 123; embedded: 0; ")
        asked = run_baton("ask", "do I need papers for EU VAT", "--as", "seller", "--data-dir", str(gumroad / "data"))
        assert asked.returncode == 0, asked.stderr.decode()
        assert lines(asked.stdout)
        edit(gumroad, "kind: faq", "kind: blog", "gum-331.md")
        code, said, errors = ingest(gumroad)
        assert (code, said) == (1, "")
        assert "gum-331.md:4: kind: " in errors


def test_a_folder_that_another_process_holds(tmp_path: Path) -> None:
    """When the holder is no server the error names it and the way out."""
    (tmp_path / "articles").mkdir()
    lock = OwnerLock(tmp_path / "data")
    lock.acquire()
    try:
        code, said, errors = ingest(tmp_path)
    finally:
        lock.release()
    owner = f"process {os.getpid()}"
    assert (code, said) == (1, "")
    assert owner in errors
    assert "--data-dir" in errors
    assert len(errors.splitlines()) == 1
