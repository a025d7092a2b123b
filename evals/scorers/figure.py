"""Figure: a number with its 95 % interval."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` between ``low`` and ``high``; of ``n`` questions. NaN where there is nothing to measure."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        if math.isnan(self.value):
            return "–"
        if math.isnan(self.low):
            return f"{self.value:.3f}"
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


NOTHING = Figure(math.nan, math.nan, math.nan, 0)
