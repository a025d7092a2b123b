"""``baton eval`` and ``baton calibrate``."""

from typing import Annotated

import typer

from app.cli import DataDir, settings_for


def evaluate(
    suite: Annotated[str, typer.Argument(help="A set's name, edits, or all.")] = "all", data_dir: DataDir = None
) -> None:
    """Grade the answerer on public questions and print a table; or, as `edits`, the publish gate on edits of our own
    articles. It keeps a data folder of its own."""
    if suite == "edits":
        from evals.edits.run import run as run_edits  # noqa: PLC0415

        run_edits()
        return
    from evals.report import run  # noqa: PLC0415  loads the whole answerer

    run(suite)


def calibrate(
    base: Annotated[
        bool, typer.Option("--base", help="Fit the model that ships, from the evals' questions, instead.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Measure what is live, and say what is promised of its answers."""
    if base:
        from evals.calibrate import run as fit  # noqa: PLC0415

        fit()
        return
    from app.commands.calibrate import run  # noqa: PLC0415

    run(settings_for(data_dir))
