"""Report: rows of measurements as a Markdown table, with ratios and whether targets hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evals.bench.measure import Sample

COLUMNS = ("a", "b", "c")


@dataclass(frozen=True)
class Row:
    """One thing measured, of Baton and of those peers that have it; ``most`` or ``least`` is the target."""

    name: str
    unit: str
    baton: Sample
    peers: Mapping[str, Sample] = field(default_factory=dict)
    most: float | None = None
    most_p95: float | None = None
    least: float | None = None
    ahead_of: Sequence[str] = ()
    note: str = ""

    @property
    def more_is_better(self) -> bool:
        return self.unit.endswith("/s")

    def ratio(self, peer: str) -> float:
        """How many times better Baton is than a peer; below 1 it is worse."""
        ours, theirs = self.baton.median, self.peers[peer].median
        return ours / max(theirs, 1e-9) if self.more_is_better else theirs / max(ours, 1e-9)

    def faults(self) -> list[str]:
        """What does not hold."""
        found: list[str] = []
        if self.most is not None and self.baton.median > self.most:
            found.append(f"median {_number(self.baton.median)} > {self.most:g}")
        if self.most_p95 is not None and self.baton.p95 > self.most_p95:
            found.append(f"p95 {_number(self.baton.p95)} > {self.most_p95:g}")
        if self.least is not None and self.baton.median < self.least:
            found.append(f"median {_number(self.baton.median)} < {self.least:g}")
        found += [f"behind ({p})" for p in self.ahead_of if p in self.peers and self.ratio(p) < 1]
        return found

    def target(self) -> str:
        """The target in words."""
        parts = [f"≤ {self.most:g}"] if self.most is not None else []
        parts += [f"p95 ≤ {self.most_p95:g}"] if self.most_p95 is not None else []
        parts += [f"≥ {self.least:g}"] if self.least is not None else []
        return ", ".join(parts)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or not value else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cell(sample: Sample, more_is_better: bool) -> str:
    if len(sample.values) == 1:
        return _number(sample.median)
    if more_is_better or len(sample.values) < 20:
        return f"{_number(sample.median)} ({_number(sample.least)} to {_number(sample.most)})"
    return f"{_number(sample.median)} (p95 {_number(sample.p95)})"


def table(rows: Sequence[Row], titles: Mapping[str, str]) -> str:
    """The table, and below it what the letters stand for."""
    lines = ["| | unit | Baton | target | (a) | (b) | (c) | Baton is better by a / b / c | holds |"]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        peers = [_cell(row.peers[key], row.more_is_better) if key in row.peers else "" for key in COLUMNS]
        ratios = " / ".join(f"{row.ratio(key):.2g}×" if key in row.peers else "–" for key in COLUMNS)
        checked = row.target() or any(key in row.peers for key in row.ahead_of)
        holds = "; ".join(f"**{fault}**" for fault in row.faults()) or ("yes" if checked else "")
        cells = [row.name, row.unit, _cell(row.baton, row.more_is_better), row.target(), *peers]
        lines.append(f"| {' | '.join([*cells, ratios if row.peers else '', holds])} |")
    notes = [f"- {row.name}: {row.note}" for row in rows if row.note]
    legend = [f"- {title}" for title in titles.values()]
    return "\n".join([*lines, "", *legend, *notes])
