"""The rules of the house that no other tool checks: how long files are, and what committed files must not name."""

import re
import subprocess
import sys
from pathlib import Path

LIMITS = {".py": 400, ".ts": 250, ".tsx": 250}
TOP_LEVEL = re.compile(
    r"^(pyproject\.toml|README\.md|Makefile|CHANGELOG\.md|LICENSE|requirements[\w-]*\.lock|\..+|"
    r"knowledge|ingest|app|evals|tests)$"
)
REGISTRIES = re.compile("|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs"]))


def main() -> int:
    """Print each breach and return how many there are."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    breaches: list[str] = []
    for name in listed.stdout.splitlines():
        path = Path(name)
        if not path.is_file():
            continue
        if not TOP_LEVEL.match(path.parts[0]):
            breaches.append(f"{name}: does not belong at the top level")
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = text.count("\n")
        limit = LIMITS.get(path.suffix)
        if limit and lines > limit and "migrations/versions" not in name:
            breaches.append(f"{name}: {lines} lines, at most {limit}; it is probably two nouns")
        if REGISTRIES.search(text):
            breaches.append(f"{name}: names a package registry's host")
        if str(Path.cwd()) + "/" in text:
            breaches.append(f"{name}: holds a path of this machine")
    print("\n".join(breaches) or "house rules: kept")
    return len(breaches)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
