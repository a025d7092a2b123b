"""Screen: one person's browser, which writes down whatever should not happen in it."""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebError, expect

SECONDS = 15_000
AXE = Path(__file__).parents[2] / "app" / "web" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = Path(os.environ.get("SCREENSHOTS") or Path(tempfile.gettempdir()) / "baton-screenshots")
"""Pictures of this run; never committed."""
expect.set_options(timeout=SECONDS)
# The widget lives in a closed shadow root, which keeps pages out and Playwright too.
OPEN_SHADOW = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) { return attach.call(this, { ...options, mode: "open" }); };
"""


class Screen:
    """A browser context at ``url`` with one page. ``options`` are those of Playwright's contexts.

    ``others`` are further origins that the story may talk to.
    """

    def __init__(self, browser: Browser, url: str, others: Sequence[str] = (), **options: Any) -> None:
        self.url = url
        self._origins = (url, *others)
        self.faults: list[str] = []
        self._forgiven: list[str] = []
        shape = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US", "reduced_motion": "reduce", **options}
        self._context = browser.new_context(**shape)
        self._context.set_default_timeout(SECONDS)
        self._context.add_init_script(OPEN_SHADOW)
        self._context.on("request", self._on_request)
        self._context.on("console", self._on_console)
        self._context.on("weberror", self._on_error)
        self.page: Page = self._context.new_page()

    def go(self, path: str) -> None:
        """Open a page of the server."""
        self.page.goto(self.url + path)

    def new_tab(self) -> Page:
        """Another tab of the same person's browser."""
        return self._context.new_page()

    def shoot(self, name: str) -> None:
        """Keep a picture for people to look at; see SHOTS."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")

    def accessible(self, name: str) -> None:
        """Ask axe-core about everything on the page, shadow roots included. Raises AssertionError for a violation."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        # Animations are reduced in these contexts, so that colours are final when they are measured.
        found = self.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        told = [
            f"{one['id']} ({one['impact']}): {node['target']} {node.get('failureSummary', '')}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        assert not told, "\n".join([name, *told])

    def offline(self, yes: bool) -> None:
        """Pull the plug, or put it back."""
        self._context.set_offline(yes)

    def forgive(self, pattern: str) -> None:
        """A fault that this story makes happen on purpose."""
        self._forgiven.append(pattern)

    def close(self) -> None:
        """End, and say what went wrong on the way. Raises AssertionError if anything did."""
        self._context.close()
        faults = [fault for fault in self.faults if not any(re.search(one, fault) for one in self._forgiven)]
        assert not faults, faults

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((*(f"{origin}/" for origin in self._origins), "data:", "blob:")):
            self.faults.append(f"left the origin: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # A breach of the content security policy is a console error too.
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_error(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")
