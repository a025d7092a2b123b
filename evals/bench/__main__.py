"""``python -m evals.bench``: measure Baton and the plain LangChain apps, and write ``.reports/bench.md``."""

import argparse
import os
import time
from datetime import UTC, datetime
from importlib.metadata import version

from evals.bench.measure import machine
from evals.bench.processes import PEERS, ROOT
from evals.bench.report import table
from evals.bench.run import ROWS, Plan, run

REPORT = ROOT / ".reports" / "bench.md"
NAMED = ("chromadb", "langchain-core", "langchain-chroma", "langchain-openai", "onnxruntime", "fastapi", "uvicorn")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--articles", type=int, help="how many to generate (5000; with --quick 500)")
    parser.add_argument("--only", choices=ROWS, action="append", help="measure only this; may be repeated")
    parser.add_argument("--skip", choices=ROWS, action="append", default=[], help="leave this out; may be repeated")
    parser.add_argument("--quick", action="store_true", help="few articles and samples, no set-up: to try things out")
    parser.add_argument("--cached", action="store_true", help="use the stores that an earlier run filled")
    given = parser.parse_args()
    quick = given.quick
    rows = tuple(given.only or (row for row in ROWS if not quick or row != "setup"))
    plan = Plan(
        articles=given.articles or (500 if quick else 5_000),
        imported=500 if quick else 10_000,
        rows=tuple(row for row in rows if row not in given.skip),
        reuse=given.cached,
        samples=100 if quick else 300,
        windows=2 if quick else 3,
        window_seconds=3.0 if quick else 5.0,
        starts=1 if quick else 3,
        changes=2 if quick else 5,
    )
    before, begun = os.getloadavg(), time.monotonic()
    measured = run(plan)
    after = os.getloadavg()
    names = ", ".join(f"{name} {version(name)}" for name in NAMED)
    text = "\n".join(
        [
            f"# Bench, {plan.articles:,} articles",
            "",
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {time.monotonic() - begun:.0f} s. {machine()}. {names}.",
            f"Load average (1, 5, 15 minutes) before {_three(before)}, after {_three(after)}; the load and the model",
            "came from the same cores. Medians; in brackets the 95th percentile, or least to most.",
            "",
            table(measured, {peer.key: peer.title for peer in PEERS}),
            "",
        ]
    )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text, encoding="utf-8")
    print(f"\n{text}\nwritten to {REPORT.relative_to(ROOT)}")


def _three(load: tuple[float, float, float]) -> str:
    return " ".join(f"{one:.2f}" for one in load)


if __name__ == "__main__":
    main()
