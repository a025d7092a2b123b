"""The web's own unit tests, and the sizes that its build promises."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parents[2] / "app" / "web"


def run(*args: str) -> "subprocess.CompletedProcess[str]":
    """A command of the web's, with the node that set-up found or brought."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return subprocess.run(
        args,
        cwd=WEB,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_units() -> None:
    """Every vitest passes, and there are some."""
    done = run("npm", "run", "--silent", "test")
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"Tests\s+(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= 39


def test_sizes() -> None:
    """What a visitor downloads is within its budget, by the build's own count and by ours, and is what is served."""
    done = run("node", "sizes.mjs")
    assert done.returncode == 0, done.stdout
    dist = WEB / "dist"
    loader = (dist / "widget.js").read_bytes()
    assert len(gzip.compress(loader)) <= 5_000
    app = [file.read_bytes() for file in (dist / "widget").glob("app-*.js")]
    words = [file.read_bytes() for file in (dist / "widget").glob("words-*.js")]
    assert len(app) == 1
    assert len(words) == 3
    in_all = len(gzip.compress(loader)) + len(gzip.compress(app[0])) + max(len(gzip.compress(some)) for some in words)
    assert in_all <= 30_000
    assert gzip.decompress((dist / "widget.js.gz").read_bytes()) == loader


def test_a_build_over_its_budget_fails(tmp_path: Path) -> None:
    """A loader of five and a half kilobytes that no compression makes smaller ends the build with an error."""
    for name in (
        "widget.js",
        "help.css",
        "help.js",
        "widget/app-1.js",
        "widget/words-en-1.js",
        "widget/earlier-1.js",
        "assets/a.js",
    ):
        file = tmp_path / "dist" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.urandom(5_500) if name == "widget.js" else b"x")
    done = subprocess.run(
        ["node", str(WEB / "sizes.mjs")],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "TOO BIG" in done.stdout
