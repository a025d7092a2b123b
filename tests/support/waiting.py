"""Waiting for something to become true, with a deadline instead of a guess."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE = 0.02


def until(look: Callable[[], T | None], seconds: float = 10.0, what: str = "") -> T:
    """The first truthy result of ``look``. Raises AssertionError, naming ``what``, after ``seconds``."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"not within {seconds} s: {what or look}; last seen: {found!r}"
        time.sleep(PAUSE)
