"""Background: tasks that run beside requests until the process stops."""

import asyncio
from contextlib import suppress


async def stopped(task: "asyncio.Task[None] | None") -> None:
    """Cancel a task, if there is one, and wait for its end."""
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
