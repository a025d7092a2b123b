"""What axe-core finds on a page."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.screen import Screen

AXE = Path(__file__).parents[2] / "app" / "web" / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Every violation of every rule, with where it is; the page must have come to rest."""
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
    )
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}\n    {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


class States:
    """A page looked at in one state after the other. ``kept_as`` names their pictures: a state stands for ``{}``."""

    def __init__(self, screen: Screen, kept_as: str) -> None:
        self._screen, self._kept_as = screen, kept_as
        self._found: dict[str, list[str]] = {}

    def check(self, state: str) -> None:
        """Ask axe-core, and keep a picture. Raises AssertionError when the page can be scrolled sideways."""
        page = self._screen.page
        self._found[state] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        self._screen.shoot(self._kept_as.format(state.lower().replace(" ", "-")))

    def without_a_violation(self) -> int:
        """How many states were looked at. Raises AssertionError with everything that was found in any."""
        assert not any(self._found.values()), json.dumps(self._found, indent=2)
        return len(self._found)
