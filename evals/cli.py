"""``baton eval`` and ``baton calibrate``."""

from typing import Annotated

import typer


def evaluate(suite: Annotated[str, typer.Argument(help="A set's name, or all.")] = "all") -> None:
    """Grade the answerer on public questions and print a table."""
    from evals.report import run  # noqa: PLC0415  loads the whole answerer

    run(suite)


def calibrate(
    base: Annotated[bool, typer.Option("--base", help="Fit the model that ships, on public questions.")] = False,
) -> None:
    """Fit the confidence model."""
    if not base:
        raise typer.BadParameter("only --base is there yet: it fits the model that ships", param_hint="--base")
    from evals.calibrate import run  # noqa: PLC0415

    run()
