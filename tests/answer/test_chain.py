"""Chain: the steps run in order, whether or not somebody listens."""

import asyncio
from typing import Any
from uuid import UUID

from langchain_core.callbacks import AsyncCallbackHandler

from app.answer.answerer import Chain, Looking, Step, Turn
from app.answer.intent import Intent
from app.answer.retriever import Reader
from tests.answer.work_factory import work

SEEN: list[str] = []


async def first(turn: Turn) -> None:
    """A step."""
    SEEN.append("first")


async def second(turn: Turn) -> None:
    """Another."""
    SEEN.append("second")


class Listener(AsyncCallbackHandler):
    """Counts what begins."""

    def __init__(self) -> None:
        self.begun = 0

    async def on_chain_start(self, *_: Any, run_id: UUID, **__: Any) -> None:
        self.begun += 1


def turn() -> Turn:
    """A turn whose reader nobody asks."""
    loop = asyncio.get_running_loop()
    return Turn(work(), Reader.__new__(Reader), Intent(), Looking("", *(loop.create_future() for _ in range(3))))


async def test_nobody_listens() -> None:
    """Both steps run, in order, and are timed."""
    SEEN.clear()
    given = turn()
    assert await Chain(first=Step(first), middle=[], last=Step(second)).ainvoke(given) is given
    assert SEEN == ["first", "second"]
    assert set(given.work.timings) == {"first", "second"}


async def test_a_listener_hears_of_the_chain() -> None:
    """With callbacks the chain is LangChain's own."""
    SEEN.clear()
    listener = Listener()
    await Chain(first=Step(first), middle=[], last=Step(second)).ainvoke(turn(), {"callbacks": [listener]})
    assert SEEN == ["first", "second"]
    assert listener.begun == 1
