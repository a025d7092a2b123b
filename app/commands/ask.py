"""``baton ask``: a question as a visitor would ask it; many as JSON lines."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from itertools import islice
from typing import Annotated, Any

import httpx
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.answer.types import MAX_HISTORY, Decision, HistoryTurn, Question, VisitorAudience
from app.calibration.service import CalibrationService
from app.commands.remote import local_or_remote
from app.errors import BatonError
from app.knowledge import open_publisher
from app.llm import LaterModel
from app.settings import Settings
from app.today import today_in

WINDOW = 4
"""Questions under way at once; their Decisions come out in the order of the lines."""

Decide = Callable[[Question], Awaitable[Decision]]


def _turn(value: Any) -> Any:
    """A history turn, whose text other tools call ``content``."""
    if isinstance(value, dict) and "text" not in value and "content" in value:
        return {"role": value.get("role"), "text": value["content"]}
    return value


class Line(BaseModel):
    """One line on standard input."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str = ""
    question: str
    audience: VisitorAudience | None = None
    locale: str | None = None
    history: list[Annotated[HistoryTurn, BeforeValidator(_turn)]] | None = None
    exclude_articles: list[str] | None = Field(default=None)


def run(settings: Settings, question: str, audience: str, locale: str) -> None:
    """Ask once and print the answer for a person."""

    async def once() -> Decision:
        async with deciding(settings) as decide:
            return await decide(Question.model_validate({"text": question, "audience": audience, "locale": locale}))

    _print(asyncio.run(once()))


def run_jsonl(settings: Settings) -> None:
    """Decisions for lines. A line that cannot be read is named on standard error, and the exit code is 1."""

    async def every() -> int:
        bad = 0
        async with deciding(settings) as decide:
            lines = enumerate(sys.stdin.buffer, 1)
            while window := list(islice(lines, WINDOW)):
                parsed = [_parse(number, raw) for number, raw in window if raw.strip()]
                bad += sum(isinstance(entry, str) for entry in parsed)
                decisions = await asyncio.gather(*(decide(question_of(e)) for e in parsed if isinstance(e, Line)))
                _write(parsed, iter(decisions))
        return bad

    bad = asyncio.run(every())
    if bad:
        raise BatonError(f"{bad} of the lines could not be read; the others were answered")


@asynccontextmanager
async def deciding(settings: Settings) -> AsyncIterator[Decide]:
    """A way to decide: in this process, or in the server that holds the data folder."""
    with local_or_remote(settings) as server:
        if server is not None:
            yield lambda question: asyncio.to_thread(_ask_server, server, question)
            return
        publisher = open_publisher(settings)
        try:
            answerer = Answerer(settings, Retriever(publisher, today_in(settings.timezone)), LaterModel(settings))
            CalibrationService(settings, publisher, answerer).load()
            yield answerer.decide
        finally:
            publisher.close()


def question_of(line: Line) -> Question:
    """The Question of a line."""
    return Question(
        text=line.question,
        audience=line.audience or "buyer",
        locale=line.locale or "en",
        history=tuple((line.history or [])[-MAX_HISTORY:]),
        exclude_articles=frozenset(line.exclude_articles or ()),
    )


def _parse(number: int, raw: bytes) -> Line | str:
    try:
        return Line.model_validate(json.loads(raw))
    except (ValueError, ValidationError) as error:
        what = error.errors()[0] if isinstance(error, ValidationError) else None
        reason = f"{'.'.join(map(str, what['loc']))}: {what['msg']}" if what else f"is not JSON ({error})"
        print(f"baton: line {number}: {' '.join(reason.split())}", file=sys.stderr)
        return reason


def _write(parsed: Iterable[Line | str], decisions: Any) -> None:
    for entry in parsed:
        if isinstance(entry, Line):
            decision: Decision = next(decisions)
            text = json.dumps({"id": entry.id, **decision.model_dump(mode="json")}, ensure_ascii=True)
            sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _ask_server(server: httpx.Client, question: Question) -> Decision:
    body = {
        "question": question.text[:4_000],
        "audience": question.audience,
        "locale": question.locale,
        "history": [turn.model_dump() for turn in question.history],
        "exclude_articles": sorted(question.exclude_articles),
    }
    answer = server.post("/v1/answers", json=body)
    if answer.status_code != 200:
        raise BatonError(str(answer.json().get("detail", answer.text)))
    return Decision.model_validate_json(answer.content)


def _print(decision: Decision) -> None:
    console = Console()
    console.print(Markdown(decision.text))
    if decision.notice:
        console.print(Text(decision.notice, style="italic"))
    for number, citation in enumerate(decision.citations, 1):
        place = f"{citation.title} ({citation.article_id}, revision {citation.revision})"
        console.print(Text(f"  [{number}] {place}", style="cyan"))
    for candidate in decision.candidates:
        console.print(Text(f"  - {candidate.title}", style="cyan"))
    reason = f", {decision.reason}" if decision.reason else ""
    took = decision.timings_ms.get("total", 0.0)
    line = f"{decision.outcome}{reason} · confidence {decision.confidence:.2f} · {decision.mode} · {took:.0f} ms"
    console.print(Text(line, style="dim"))
