"""Background: tasks that run beside requests until the process stops."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


async def stopped(task: "asyncio.Task[None] | None") -> None:
    """Cancel a task, if there is one, and wait for its end."""
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def in_thread(do: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Like :func:`asyncio.to_thread`, but cancelled only once the thread has ended: nothing stops a thread, and what it
    uses, such as a connection, must not be closed under it."""
    work = asyncio.create_task(asyncio.to_thread(do, *args, **named))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.gather(work, return_exceptions=True)
        raise
