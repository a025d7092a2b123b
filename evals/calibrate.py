"""Fit the confidence model that ships, ``baton calibrate --base``: on public questions, on fictional companies that the
embedder's adapter never saw, with their known phrasings and without, and on the golden questions' dev side. Only
coefficients are written.
"""

import json
from collections.abc import Iterator

from rich.progress import track

from app.answer.confidence import BASE_MODEL
from app.settings import Settings
from evals.base import eval_publisher, levels
from evals.cross_fit import CROSS_FIT
from evals.datasets.bases import HELD_OUT
from evals.fitting import Group, fit_model, without
from evals.rows import Row, base_rows, golden_rows, set_rows
from ingest.pipeline import Publisher

PUBLIC = {
    "hint3_curekart": ("queries.jsonl", False),
    "gumroad_help": ("anchor_queries.jsonl", True),
    "mtrag159": ("queries.jsonl", True),
}
BARE = " without phrasings"
GUISES = 2
"""In which a company comes: with its phrasings, and without."""


def collect() -> dict[str, Group]:
    """Every set to fit on, by name."""
    groups: dict[str, Group] = {}
    with eval_publisher() as (settings, publisher):
        for name, rows in track(_sets(settings, publisher), "sets", total=len(PUBLIC) + 2 * len(HELD_OUT) + 1):
            kept = [row for row in rows if row.decision.signals.get("score")]
            share = 1.0 / GUISES if name.removesuffix(BARE) in HELD_OUT else 1.0
            groups[name] = Group(kept, levels(settings, publisher), share)
    return groups


def _sets(settings: Settings, publisher: Publisher) -> Iterator[tuple[str, list[Row]]]:
    for folder, (file, absent) in PUBLIC.items():
        yield folder, set_rows(settings, publisher, folder, file, absent)
    for name in HELD_OUT:
        yield name, base_rows(settings, publisher, name)
        yield name + BARE, base_rows(settings, publisher, name, bare=True)
    yield "golden", golden_rows(settings, publisher)


def run() -> None:
    """Fit and write ``app/answer/base_model.json``, and the models that the evals grade the fitted sets by."""
    groups = collect()
    model = fit_model(list(groups.values()))
    BASE_MODEL.write_text(json.dumps(model.fields(), indent=1) + "\n")
    left_out = {name: without(groups, name).fields() for name in (*PUBLIC, *HELD_OUT)}
    CROSS_FIT.write_text(json.dumps({"without": left_out}) + "\n")
    rows = [row for group in groups.values() for row in group.rows]
    print(f"{BASE_MODEL}: fitted on {len(rows)} rows of {len(groups)} sets, {sum(row.right for row in rows)} right")
