"""Measure: middles and spreads, memory of a process and its children, load of the machine."""

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Sample:
    """Repeated measurements of one thing, in its unit."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 stay below."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]

    @property
    def least(self) -> float:
        return min(self.values)

    @property
    def most(self) -> float:
        return max(self.values)


def sample(values: Sequence[float], scale: float = 1.0) -> Sample:
    """``values`` times ``scale``."""
    return Sample(tuple(value * scale for value in values))


def resident_mb(pid: int) -> float:
    """Resident memory of a process and its children."""
    process = psutil.Process(pid)
    held: int = sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])
    return held / 2**20


def load_average() -> float:
    """Processes that wanted to run, over the last minute."""
    return os.getloadavg()[0]


def machine() -> str:
    """What this ran on."""
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().split("\n") if "model name" in line]
        model = f", {names[0]}" if names else ""
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores{model}, {memory:.0f} GB, Python {platform.python_version()}, {platform.system()}"
