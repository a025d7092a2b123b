"""``baton``: the command line. Exit 0 done, 1 failed, 2 wrong use; errors are one line on standard error."""

import gc
import os
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from app.errors import BatonError
from app.settings import Settings
from app.telemetry import configure_logging
from ingest.errors import IngestError

app = typer.Typer(
    name="baton",
    help="The support assistant of a marketplace's help centre.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
staff_app = typer.Typer(help="Agents, editors, leads and admins.", no_args_is_help=True)
app.add_typer(staff_app, name="staff")

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Where everything is kept; DATA_DIR, or ./data.", show_default=False)
]


def settings_for(data_dir: Path | None, **changes: object) -> Settings:
    """The environment's settings with what the command line overrides.

    Called once a command has loaded what it needs: from here on there may be garbage.
    """
    _collect_again()
    given = {name: value for name, value in {"data_dir": data_dir, **changes}.items() if value is not None}
    return Settings(**given)  # type: ignore[arg-type]


@app.command()
def serve(
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="HOST, or 127.0.0.1.", show_default=False)] = None,
    port: Annotated[int | None, typer.Option(help="PORT, or 8000.", show_default=False)] = None,
    publish: Annotated[Path | None, typer.Option(help="Publish this folder of articles first.")] = None,
) -> None:
    """Serve the help centre, the widget, the desk and the API."""
    from app.commands.serve import run  # noqa: PLC0415  each command loads what it needs and no more

    run(settings_for(data_dir, host=host, port=port), publish)


@app.command()
def worker(data_dir: DataDir = None) -> None:
    """Answer turns on a machine that serves no requests. Needs PostgreSQL and a Chroma server."""
    from app.commands.serve import work  # noqa: PLC0415

    work(settings_for(data_dir))


@app.command()
def ingest(
    folder: Annotated[Path, typer.Argument(help="A folder of articles.")] = Path("knowledge"),
    data_dir: DataDir = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Make a folder of articles the live knowledge: what is not in it is removed."""
    from app.commands.ingest import run  # noqa: PLC0415

    run(settings_for(data_dir), folder, dry_run)


@app.command("import")
def import_(
    source: Annotated[str, typer.Argument(help="A file (Markdown, HTML, DOCX, PDF, CSV, or a zip), or a sitemap.")],
    accept: Annotated[bool, typer.Option("--accept", help="Save what was found as drafts.")] = False,
    audience: Annotated[str, typer.Option(help="buyer, seller, or both with a comma between them")] = "buyer,seller",
    locale: Annotated[str, typer.Option(help="en, es or pt-BR; told by the words when left out")] = "",
    topic: Annotated[str, typer.Option(help="A topic of topics.toml.")] = "general",
    whole: Annotated[
        bool, typer.Option("--whole", help="A DOCX or PDF is one article, however many chapters.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Show what content from elsewhere would become, and with --accept make it drafts. The server must run."""
    from app.commands.imports import run  # noqa: PLC0415

    options = {"audience": audience, "locale": locale, "topic": topic, "whole": "true" if whole else "false"}
    run(settings_for(data_dir), source, accept, options)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write the articles.")] = Path("knowledge"),
    data_dir: DataDir = None,
) -> None:
    """Write the live articles to a folder, each as the file that it was written in."""
    from app.commands.export import run  # noqa: PLC0415

    run(settings_for(data_dir), folder)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What a visitor asks.")] = None,
    as_: Annotated[str, typer.Option("--as", help="buyer or seller")] = "buyer",
    locale: Annotated[str, typer.Option(help="en, es or pt-BR")] = "en",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read questions as JSON lines on standard input.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Ask a question as a visitor would."""
    from app.commands.ask import run, run_jsonl  # noqa: PLC0415

    if as_ not in ("buyer", "seller"):
        raise typer.BadParameter("must be buyer or seller", param_hint="--as")
    if jsonl:
        if question is not None:
            raise typer.BadParameter("give a question or --jsonl, not both", param_hint="QUESTION")
        run_jsonl(settings_for(data_dir))
        return
    if question is None or not question.strip():
        raise typer.BadParameter("give a question, or --jsonl", param_hint="QUESTION")
    run(settings_for(data_dir), question, as_, locale)


@app.command()
def doctor(data_dir: DataDir = None) -> None:
    """Say what is configured, what is missing and what to do."""
    from app.commands.doctor import run  # noqa: PLC0415

    run(settings_for(data_dir))


@staff_app.command("add")
def staff_add(
    email: Annotated[str, typer.Argument(help="The address that names the account.")],
    role: Annotated[str, typer.Option(help="agent, editor, lead or admin")],
    name: Annotated[str | None, typer.Option(help="What visitors see; else the address's first part.")] = None,
    link: Annotated[bool, typer.Option("--link", help="Also print a one-time link to set a password.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Add somebody who works here, and print their token once."""
    from app.auth import ROLES  # noqa: PLC0415
    from app.commands.staff import add  # noqa: PLC0415

    if role not in ROLES:
        raise typer.BadParameter(f"must be one of {', '.join(ROLES)}", param_hint="--role")
    add(settings_for(data_dir), email, role, name, link)


@staff_app.command("link")
def staff_link(
    email: Annotated[str, typer.Argument(help="The address that names the account.")], data_dir: DataDir = None
) -> None:
    """Print a one-time link by which somebody sets a new password for the desk."""
    from app.commands.staff import link  # noqa: PLC0415

    link(settings_for(data_dir), email)


def _collect_again() -> None:
    """See ``app.start``: what was loaded so far stays."""
    gc.freeze()
    gc.enable()


def _add_commands(arguments: list[str]) -> None:
    """Commands of packages that build on this one, such as the evals: loaded when named, or for the help."""
    wanted = next((argument for argument in arguments if not argument.startswith("-")), None)
    for entry in entry_points(group="baton.commands"):
        if wanted in (None, entry.name):
            _collect_again()
            app.command(entry.name)(entry.load())


def main() -> None:
    """Run the command line; a failure is one clear line."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    configure_logging()
    _add_commands(sys.argv[1:])
    try:
        app()
    except (BatonError, IngestError) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OSError, ValueError) as error:
        _fail(" ".join(str(error).split()) or type(error).__name__)
    except Exception as error:
        if os.environ.get("BATON_DEBUG"):
            raise
        _fail(f"{type(error).__name__}: {' '.join(str(error).split())[:500]}; set BATON_DEBUG=1 for the traceback")


def _fail(message: str) -> None:
    print(f"baton: {message}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
