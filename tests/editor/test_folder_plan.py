"""The plan of an import: what is new on either side survives, whatever the order of imports, exports and edits."""

from hypothesis import given
from hypothesis import strategies as st

from app.editor.folder.plan import Seen, plan

KEY = ("a", "en")
STEP = st.sampled_from(("file", "console", "unfile", "retire", "import", "export", "export elsewhere"))


def one(file: str | None, live: str | None, seen: Seen | None) -> str:
    """What becomes of a single article."""
    made = plan({KEY: file} if file else {}, {KEY: live} if live else {}, {KEY: seen} if seen else {})
    if made.conflicts:
        return made.conflicts[KEY]
    named = {"take": made.take, "remove": made.remove, "same": made.same}
    return next((name for name, keys in named.items() if keys), "stays")


def test_each_case() -> None:
    """As the rules say it."""
    assert one("f", None, None) == "take"
    assert one(None, "l", None) == "stays", "an article of the console's is no folder's to remove"
    assert one("f", "f", None) == "same"
    assert one("f", "l", None) == "both_added"
    assert one("f", "l", Seen("f")) == "stays", "the file says nothing new"
    assert one("f", "m", Seen("m")) == "take"
    assert one("f", "l", Seen("m")) == "both_changed"
    assert one("f", None, Seen("f")) == "stays", "removed in the console"
    assert one("f", None, Seen("m")) == "removed_here"
    assert one(None, "m", Seen("m")) == "remove"
    assert one(None, "l", Seen("m")) == "removed_there"
    assert one("f", "e", Seen("m", "e", here=True)) == "take", "edited after the export that brought the console's text"
    assert one("f", "e", Seen("m", "e")) == "both_changed", "the export went to another folder"
    assert one("e", "l", Seen("m", "e")) == "stays"
    assert one("m", "e", Seen("m", "e")) == "stays"


@given(st.lists(STEP, max_size=30))
def test_nothing_new_is_lost(steps: list[str]) -> None:
    """An import changes what is live only by a file that somebody wrote since, over a text that the folder had; and it
    never takes away or replaces what the console wrote since."""
    file: str | None = None
    live: str | None = None
    seen: Seen | None = None
    by_console = by_folder = False
    for number, step in enumerate(steps):
        if step == "file":
            file, by_folder = f"f{number}", True
        elif step == "unfile":
            by_folder = by_folder or file is not None
            file = None
        elif step == "console":
            live, by_console = f"c{number}", True
        elif step == "retire":
            # Of what no folder ever brought nothing is left to disagree about.
            by_console = seen is not None and (by_console or live is not None)
            live = None
        elif step.startswith("export") and live is not None:
            here = step == "export"
            if here:
                file, by_console, by_folder = live, False, False
            seen = Seen(seen.imported, live, here) if seen else None
        elif step == "import":
            became = one(file, live, seen)
            if became in ("take", "remove"):
                assert by_folder, (steps[: number + 1], became)
                assert not by_console, (steps[: number + 1], became)
                live = file
            if became in ("take", "same", "remove"):
                assert file is None or file == live
                seen = Seen(file) if file else None
                by_console = by_folder = False
            elif became in ("both_changed", "both_added", "removed_here", "removed_there"):
                assert by_console or by_folder
