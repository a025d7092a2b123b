"""Answering: how soon the model hears of a question, how soon the visitor hears of the answer, how many at once."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evals.bench.articles import Asked
from evals.bench.load import Connection
from evals.bench.talk import Ask, Talk, Told

WARM_UP = 20
ROUNDS = 5
WARM_SECONDS = 1.0
USERS = 32


@dataclass
class Heard:
    """Seconds, one entry a question: to the model's first byte, to the first event, to the whole answer."""

    model: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    asked: int = 0
    answered: int = 0

    def add(self, told: Told, arrivals: Mapping[str, list[float]]) -> None:
        """Count an answer; ``arrivals`` are the provider's."""
        self.asked += 1
        if told.outcome != "answer":
            return
        self.answered += 1
        self.first.append(told.first - told.sent)
        self.whole.append(told.done - told.sent)
        if told.question in arrivals:
            self.model.append(arrivals[told.question][0] - told.sent)


async def one_by_one(
    ways: Mapping[str, Ask], questions: Iterator[Asked], samples: int, provider_url: str
) -> dict[str, Heard]:
    """Ask each way ``samples`` questions, one after the other, the ways taking turns so that all see the same noise."""
    heard: dict[str, Heard] = defaultdict(Heard)
    provider = Connection(provider_url)
    for ask in ways.values():
        for _ in range(WARM_UP):
            await ask(next(questions))
    await provider.request("GET", "/arrivals")
    for _ in range(ROUNDS):
        for name, ask in ways.items():
            told = [await ask(next(questions)) for _ in range(samples // ROUNDS)]
            arrivals = (await provider.request("GET", "/arrivals")).json
            for one in told:
                heard[name].add(one, arrivals)
        print(f"  {len(heard[name].whole)} of {samples} questions each", flush=True)
    provider.close()
    return heard


@dataclass
class Rates:
    """Questions a second, one entry a window, and seconds of every answer."""

    rates: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    asked: int = 0
    answered: int = 0


async def together(
    talks: Mapping[str, Talk], questions: Iterator[Asked], windows: int, seconds: float
) -> dict[str, Rates]:
    """Let USERS users ask without a pause; ``windows`` times ``seconds`` each, taking turns."""
    found: dict[str, Rates] = defaultdict(Rates)
    for _ in range(windows):
        for name, talk in talks.items():
            await _window(talk, questions, seconds, found[name])
        rates = ", ".join(f"{name} {one.rates[-1]:.0f}" for name, one in found.items())
        print(f"  questions a second: {rates}", flush=True)
    return found


async def _window(talk: Talk, questions: Iterator[Asked], seconds: float, rates: Rates) -> None:
    begun = time.monotonic() + WARM_SECONDS
    end = begun + seconds
    done: list[Told] = []

    async def user() -> None:
        own = talk.another()
        while time.monotonic() < end:
            done.append(await own.stateless(next(questions)))

    await asyncio.gather(*(user() for _ in range(USERS)))
    # Questions under way at the end are waited for and counted: an app may need longer than a window for them.
    inside = [told for told in done if told.done >= begun]
    rates.rates.append(len(inside) / (max(told.done for told in inside) - begun))
    rates.seconds += [told.done - told.sent for told in inside]
    rates.asked += len(inside)
    rates.answered += sum(told.outcome == "answer" for told in inside)
