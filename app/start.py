"""Start: the first thing that runs, before anything large is imported."""

import gc

from app.heap import few_arenas


def main() -> None:
    """Run the command line.

    What is imported stays: looking through it for garbage over and over took a fifth of a start. ``app.cli`` turns
    the collector on again before a command does its work.
    """
    gc.disable()
    few_arenas()
    from app.cli import main as command_line  # noqa: PLC0415  see above

    command_line()
