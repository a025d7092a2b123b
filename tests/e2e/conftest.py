"""The browser, and screens in it that must stay without a fault."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import chromium
from tests.e2e.screen import Screen
from tests.support.server import Server

OpenScreen = Callable[..., Screen]


# Not for the whole session: Playwright occupies the thread's event loop, and asyncio tests elsewhere need it.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium for all stories."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def shared_server(knowledge_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all stories that neither kill it nor need a model."""
    data_dir = Path(shutil.copytree(knowledge_dir, tmp_path_factory.mktemp("stories") / "data"))
    with Server(data_dir, {"MESSAGES_PER_MINUTE": "100000"}) as running:
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
