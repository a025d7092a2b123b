"""Run: the phases of a bench, in order, each giving rows."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evals.bench.answering import Heard, Rates, one_by_one, together
from evals.bench.articles import Asked, generate
from evals.bench.browser import first_sentences
from evals.bench.importing import importing
from evals.bench.ingesting import calibrated, changed_at_peer, changed_by_command, changed_live, owner
from evals.bench.measure import Sample, load_average, resident_mb, sample
from evals.bench.processes import PEERS, Server, baton, peer, provider, wait_for
from evals.bench.report import Row
from evals.bench.starting import cold_start, set_up
from evals.bench.streams import streams
from evals.bench.talk import Ask, BatonTalk, PeerTalk, Talk
from evals.bench.thinking import think
from evals.bench.workbench import Prepared, prepare, prepare_baton

ROWS = ("setup", "streams", "import", "ingest", "cold", "signals", "latency", "throughput", "change", "browser")


@dataclass(frozen=True)
class Plan:
    """How much to measure."""

    articles: int
    imported: int
    rows: tuple[str, ...]
    reuse: bool
    samples: int
    windows: int
    window_seconds: float
    starts: int
    changes: int


def run(plan: Plan) -> list[Row]:
    """Every row that the plan asks for."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as name:
        scratch = Path(name)
        if "setup" in plan.rows:
            rows += _phase("setup: a clean clone, make setup", lambda: _setup(scratch))
        if "streams" in plan.rows:
            rows += _phase("event streams", lambda: streams(scratch / "streams", plan.windows))
        if "import" in plan.rows:
            rows += _phase("import", lambda: importing(scratch / "import", plan.imported, plan.changes))
        if set(plan.rows) <= {"setup", "streams", "import"}:
            return rows
        print(f"articles: {plan.articles:,}", flush=True)
        centre = generate(plan.articles)
        questions = itertools.cycle(centre.questions)
        filled = prepare_baton(plan.articles, centre, plan.reuse)
        if "signals" in plan.rows:
            data = _copy(filled[0] / "baton", scratch / "signals")
            rows += _phase("signals and policy", lambda: _signals(plan, data, questions))
        if set(plan.rows) <= {"setup", "streams", "import", "signals"}:
            return rows
        ready = prepare(filled, plan.articles, centre, plan.reuse)
        if "ingest" in plan.rows:
            rows += _ingest(ready)
        if "cold" in plan.rows:
            rows += _phase("cold start", lambda: asyncio.run(_cold(plan, ready, scratch, questions)))
        if {"latency", "throughput", "change"} & set(plan.rows):
            rows += _phase("servers", lambda: asyncio.run(_serving(plan, ready, scratch, questions)))
        if "browser" in plan.rows:
            rows += _phase(
                "browser: click to first sentence", lambda: asyncio.run(_browser(plan, ready, scratch, questions))
            )
    return rows


async def _browser(plan: Plan, ready: Prepared, scratch: Path, questions: Iterator[Asked]) -> list[Row]:
    with baton(_copy(ready.data, scratch / "browser")) as server:
        wait_for(server, "/readyz")
        read = await first_sentences(server, questions, max(10, plan.samples // 10))
    if read is None or not read.first or not read.later:
        return []
    note = f"Chromium, a new visitor each time; {len(read.first) + len(read.later)} of {read.asked} questions answered"
    return [
        Row("Click to first sentence, a visitor's first question", "ms", sample(read.first, 1000), most=150, note=note),
        Row("Click to first sentence, later questions", "ms", sample(read.later, 1000), most=150),
    ]


def _phase(title: str, work: Callable[[], list[Row]]) -> list[Row]:
    print(f"{title} (load average {load_average():.2f})", flush=True)
    return work()


def _setup(scratch: Path) -> list[Row]:
    first, second, parts = set_up(scratch)
    said = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in parts.items())
    return [
        Row("Set-up from a clean clone, downloads included", "s", sample([first]), most=120, note=said),
        Row("Set-up again", "s", sample([second]), most=5),
    ]


def _ingest(ready: Prepared) -> list[Row]:
    share = f"embedding {ready.baton.texts:,} texts took {ready.baton.embedding:.0f} s of it; "
    note = share + "(a) is timed on one article in 20 and scaled; the peers embed pieces of 1,000 characters only"
    peers = {key: sample([seconds]) for key, seconds in ready.peers.items()}
    return [Row("Ingest of all articles", "s", sample([ready.baton.seconds]), peers, ahead_of="ac", note=note)]


def _signals(plan: Plan, data: Path, questions: Iterator[Asked]) -> list[Row]:
    thought = think(data, questions, plan.samples)
    return [
        Row("Search for a question, embedding included, in process", "ms", sample(thought.search, 1000)),
        Row("Signals, confidence and policy, beside the search", "ms", sample(thought.judging, 1000), most=2),
        Row("Small talk, wish for a person, anger, sensitive case", "ms", sample(thought.intent, 1000)),
    ]


async def _cold(plan: Plan, ready: Prepared, scratch: Path, questions: Iterator[Asked]) -> list[Row]:
    data = _copy(ready.data, scratch / "cold")
    store = _copy(ready.store, scratch / "cold-peer")
    times: dict[str, list[tuple[float, float]]] = {key: [] for key in ("baton", "a", "b", "c")}
    with provider() as model:
        for _ in range(plan.starts):
            begin = partial(baton, data, model.url)
            times["baton"].append(await cold_start(begin, "/readyz", next(questions)))
            for variant in PEERS:
                start = partial(peer, variant, store, ready.model, model.url)
                times[variant.key].append(await cold_start(start, "/openapi.json", next(questions)))
    up = {key: sample([one for one, _ in values]) for key, values in times.items()}
    note = "Baton is ready before the model's client is loaded; a question that comes at once waits for it"
    told = {key: sample([one for _, one in values]) for key, values in times.items()}
    return [
        Row("Cold start until ready", "s", up.pop("baton"), up, most=3, ahead_of="ac"),
        Row("Cold start until the first answer", "s", told.pop("baton"), told, note=note),
    ]


async def _serving(plan: Plan, ready: Prepared, scratch: Path, questions: Iterator[Asked]) -> list[Row]:
    rows: list[Row] = []
    data, plain = _copy(ready.data, scratch / "generated"), _copy(ready.data, scratch / "verbatim")
    with ExitStack() as stack:
        model = stack.enter_context(provider())
        generated = stack.enter_context(baton(data, model.url))
        verbatim = stack.enter_context(baton(plain))
        peers: dict[str, Server] = {}
        stores: dict[str, Path] = {}
        for variant in PEERS:
            stores[variant.key] = _copy(ready.store, scratch / f"peer-{variant.key}")
            peers[variant.key] = stack.enter_context(peer(variant, stores[variant.key], ready.model, model.url))
        for server in (generated, verbatim):
            wait_for(server, "/readyz")
        for server in peers.values():
            wait_for(server, "/openapi.json")
        print(f"until the versions have calibrated themselves (load average {load_average():.2f})", flush=True)
        held = [await calibrated(owner(data, generated), generated), await calibrated(owner(plain, verbatim), verbatim)]
        rows.append(Row("Resident memory at most while a version calibrates itself", "MB", sample([max(held)])))
        chat, quoting = await BatonTalk.begin(generated), await BatonTalk.begin(verbatim)
        talks: dict[str, PeerTalk] = {key: PeerTalk(server) for key, server in peers.items()}
        if "latency" in plan.rows:
            print(f"latency, one question after the other (load average {load_average():.2f})", flush=True)
            ways: dict[str, Ask] = {"durable": chat.chat, "stateless": chat.stateless, "verbatim": quoting.chat}
            ways |= {key: talk.stateless for key, talk in talks.items()}
            rows += _latency(await one_by_one(ways, questions, plan.samples, model.url))
        if "throughput" in plan.rows:
            print(f"throughput, 32 users (load average {load_average():.2f})", flush=True)
            sides: dict[str, Talk] = {"baton": chat, "verbatim": quoting, **talks}
            rows += _throughput(await together(sides, questions, plan.windows, plan.window_seconds))
        rows += _memory(generated, verbatim, peers)
        if "change" in plan.rows:
            print(f"one changed article (load average {load_average():.2f})", flush=True)
            folder = _copy(ready.articles, scratch / "articles")
            shutil.copy(Path(__file__).parents[2] / "knowledge" / "topics.toml", folder)
            rows += await _changes(plan, generated, data, peers, folder)
    return rows


def _latency(heard: dict[str, Heard]) -> list[Row]:
    to_model = {key: sample(heard[key].model, 1000) for key in ("a", "b", "c")}
    whole = {key: sample(heard[key].whole, 1000) for key in ("a", "b", "c")}
    durable, stateless, verbatim = heard["durable"], heard["stateless"], heard["verbatim"]

    def share(one: Heard) -> str:
        return f"{one.answered} of {one.asked} questions answered, the others handed off or asked back; not counted"

    return [
        Row(
            "Message to the model's first byte, durable", "ms", sample(durable.model, 1000), to_model,
            most=14, most_p95=30, ahead_of="ac", note=f"{share(durable)}; the peers store nothing",
        ),
        Row(
            "Message to the model's first byte, stateless", "ms", sample(stateless.model, 1000), to_model,
            most=8, ahead_of="abc", note=share(stateless),
        ),
        Row("Generated, whole answer in the event stream", "ms", sample(durable.whole, 1000), whole, ahead_of="ac"),
        Row("Generated, whole answer, stateless", "ms", sample(stateless.whole, 1000), whole, ahead_of="abc"),
        Row("Verbatim, first event in the stream", "ms", sample(verbatim.first, 1000)),
        Row("Verbatim, whole answer in the stream", "ms", sample(verbatim.whole, 1000), most=40, note=share(verbatim)),
    ]  # fmt: skip


def _throughput(rates: dict[str, Rates]) -> list[Row]:
    peers = {key: sample(rates[key].rates) for key in ("a", "b", "c")}
    waits = {key: sample(rates[key].seconds, 1000) for key in ("a", "b", "c")}
    ours, quoted = rates["baton"], rates["verbatim"]
    note = f"{ours.answered} of {ours.asked} went to the model, which answers in the passages' own sentences"
    return [
        Row("Questions a second, 32 users, stateless, generated", "1/s", sample(ours.rates), peers,
            least=180, ahead_of="abc", note=note),
        Row("Wait for the answer, 32 users", "ms", sample(ours.seconds, 1000), waits, ahead_of="abc"),
        Row("Questions a second, 32 users, stateless, verbatim", "1/s", sample(quoted.rates)),
        Row("Wait for the answer, 32 users, verbatim", "ms", sample(quoted.seconds, 1000)),
    ]  # fmt: skip


def _memory(generated: Server, verbatim: Server, peers: dict[str, Server]) -> list[Row]:
    held: dict[str, Sample] = {key: sample([resident_mb(server.pid)]) for key, server in peers.items()}
    ours = sample([resident_mb(generated.pid)])
    plain = sample([resident_mb(verbatim.pid)])
    return [
        Row("Resident memory after the load", "MB", ours, held, most=450, ahead_of="ac"),
        Row("Resident memory after the load, verbatim", "MB", plain, most=450),
    ]


async def _changes(plan: Plan, server: Server, data: Path, peers: dict[str, Server], folder: Path) -> list[Row]:
    numbers = itertools.count(1)
    connection = owner(data, server)
    live = [await changed_live(server, connection, folder, next(numbers)) for _ in range(plan.changes)]
    command = [await changed_by_command(server, data, folder, next(numbers)) for _ in range(plan.changes)]
    theirs: dict[str, Sample] = {}
    for key, one in peers.items():
        theirs[key] = sample([await changed_at_peer(one, folder, next(numbers)) for _ in range(plan.changes)])
    note = (
        "Baton is sent the whole folder, finds the change, and switches versions under readers; the peers are told "
        "which article it is, delete its pieces and add the new ones, and readers see neither for a moment"
    )
    return [
        Row("One changed article live, through the API", "s", sample(live), theirs, most=2, note=note),
        Row("One changed article live, `baton ingest`", "s", sample(command), most=2),
        Row("Resident memory after the changes", "MB", sample([resident_mb(server.pid)])),
    ]


def _copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target
