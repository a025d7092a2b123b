"""The browser, and screens in it that must stay without a fault."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import chromium
from tests.e2e.screen import Screen

OpenScreen = Callable[..., Screen]


# Not for the whole session: Playwright occupies the thread's event loop, and asyncio tests elsewhere need it.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium for all stories."""
    with chromium() as running:
        yield running


@pytest.fixture
def open_screen(browser: Browser) -> Iterator[OpenScreen]:
    """``open_screen(url, **options)``: another person's screen. At the end no screen may have seen a fault."""
    screens: list[Screen] = []

    def open_one(url: str, **options: Any) -> Screen:
        screens.append(Screen(browser, url, **options))
        return screens[-1]

    yield open_one
    for screen in screens:
        screen.close()
