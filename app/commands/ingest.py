"""``baton ingest``: publish a folder, here or through the server that holds the index."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.commands.remote import local_or_remote
from app.settings import Settings
from ingest.article import folder_files, text_of
from ingest.errors import IngestError
from ingest.golden import FILE as GOLDEN

_WHY = {
    "both_changed": "was changed in the folder and in the console",
    "both_added": "is in the folder, and another text of it was written in the console",
    "removed_here": "was changed in the folder and removed in the console",
    "removed_there": "was removed from the folder and changed in the console",
}
Report = Callable[[str, int, int], None]
"""As ``ingest.builder.Progress``, whose room takes a while to load."""
Live = Callable[[dict[str, object]], None]
"""Told what happened as soon as it is live."""
CALIBRATION_SECONDS = 120
"""How long a folder's sender waits to say what the server promises of it."""


def run(settings: Settings, folder: Path, dry_run: bool) -> None:
    """Print added, changed, removed and unchanged as soon as they are live, then what is promised of the answers."""
    begun = time.perf_counter()
    files = folder_files(folder)

    def live(result: dict[str, object]) -> None:
        print(summary(result, dry_run, time.perf_counter() - begun), flush=True)

    with local_or_remote(settings) as server, progress_bar() as report:
        if server is not None:
            result = _through(server, folder, files, dry_run, report)
            live(result)
            if not dry_run:
                print(promise_of(server, report))
        else:
            from app.commands.ingest_here import publish  # noqa: PLC0415  a second that a server has spent already

            result = publish(settings, folder, dry_run, report, live)
    conflicts = result["conflicts"]
    assert isinstance(conflicts, list)
    if conflicts:
        for line in conflict_lines(conflicts):
            print(f"baton: {line}", file=sys.stderr)
        sys.exit(1)


def conflict_lines(conflicts: Sequence[dict[str, str]]) -> list[str]:
    """What to read about each conflict."""
    return [
        f"{one['path'] or one['article_id']}: `{one['article_id']}` ({one['locale']}) {_WHY[one['kind']]}; it was left "
        "as it is live. Decide in the console, under Conflicts."
        for one in conflicts
    ]


def summary(result: dict[str, object], dry_run: bool, seconds: float) -> str:
    """One line for people and scripts."""
    counts = result["counts"]
    assert isinstance(counts, dict)
    said = ", ".join(f"{name}: {counts[name]}" for name in ("added", "changed", "removed", "unchanged"))
    if dry_run:
        return f"{said} (dry run, nothing was changed)"
    return f"{said}; embedded: {result['embedded']}; live: {result['kb_version']}; {seconds:.1f} s"


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A bar for each stage, on standard error when somebody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as bars:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report


def _through(
    server: httpx.Client,
    folder: Path,
    files: list[tuple[str, bytes]],
    dry_run: bool,
    report: Report,
) -> dict[str, object]:
    """The server reads the articles, and names their faults."""
    topics = folder / "topics.toml"
    texts = [{"path": name, "text": text_of(content, name)} for name, content in files]
    body: dict[str, object] = {"files": texts, "dry_run": dry_run, "topics_path": str(topics), "root": str(folder)}
    body["place"] = str(folder.absolute())
    if topics.is_file():
        body["topics"] = topics.read_text(encoding="utf-8")
    golden = folder / GOLDEN
    if golden.is_file():
        body["golden"] = text_of(golden.read_bytes(), str(golden))
    with server.stream("POST", "/v1/knowledge/ingest", json=body) as answer:
        if answer.status_code != 200:
            answer.read()
            raise IngestError(answer.json().get("detail", answer.text))
        for line in answer.iter_lines():
            message = json.loads(line)
            if "error" in message:
                raise IngestError(message["error"])
            if "published" in message:
                result: dict[str, object] = message["published"]
                return result
            report(message["stage"], message["done"], message["total"])
    raise IngestError("the server ended before it had published; run the command again")


def promise_of(server: httpx.Client, report: Report) -> str:
    """What is promised of the new version's answers, once the server has calibrated it."""
    said = "The server is still calibrating; GET /v1/calibration will say what it promises."
    for second in range(CALIBRATION_SECONDS):
        answer = server.get("/v1/calibration")
        if answer.status_code != 200:
            return said
        found = answer.json()
        if found["certificate"]["reason"] != "not_calibrated" and not found["under_way"]:
            return str(found["why"])
        report("calibrate", second, CALIBRATION_SECONDS)
        time.sleep(1.0)
    return said
