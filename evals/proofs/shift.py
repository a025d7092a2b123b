"""Shift: does the watch notice when traffic leaves what a certificate was made of, and keep still when it does not?

One half of a site's questions is the certificate's, the other is traffic. After a calm beginning messages to another
site are mixed in, more and more, until they are most of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.answer.watch import Watch

REPLAYS = 20
CALM = 100
"""Questions of the site's own before anything is mixed in; fewer where a half has not so many."""
RAMP = 100
"""Questions over which the other site's share rises to FOREIGN."""
FOREIGN = 0.6
WITHIN = 300
"""Questions since the first may be foreign, within which the certificate is to be suspended."""


@dataclass(frozen=True)
class Shift:
    """``after`` are questions from the beginning of the mixture to the suspension, None where there was none;
    negative: it came before. ``calm`` is whether each replay without a mixture was suspended."""

    after: list[int | None]
    calm: list[bool]

    @property
    def noticed(self) -> int:
        """Replays suspended within WITHIN, and not before there was a reason."""
        return sum(count is not None and 0 <= count <= WITHIN for count in self.after)

    @property
    def missed(self) -> int:
        """Replays that were not suspended by then."""
        return sum(count is None or count > WITHIN for count in self.after)

    @property
    def for_no_reason(self) -> int:
        """Of the first REPLAYS without a mixture, those that were suspended."""
        return sum(self.calm[:REPLAYS])


def shift(own: Sequence[float], foreign: Sequence[float], calm_replays: int = 200) -> Shift:
    """Replays over confidences: ``own`` of the site's questions, ``foreign`` of the other's messages to it."""
    random = np.random.default_rng(0)
    halves = [_halves(own, random) for _ in range(max(REPLAYS, calm_replays))]
    return Shift(
        after=[_replay(reference, traffic, foreign, random) for reference, traffic in halves[:REPLAYS]],
        calm=[_suspended(reference, traffic, seed) for seed, (reference, traffic) in enumerate(halves)],
    )


def _halves(own: Sequence[float], random: np.random.Generator) -> tuple[list[float], list[float]]:
    order = random.permutation(len(own))
    half = len(own) // 2
    return [own[n] for n in order[:half]], [own[n] for n in order[half:]]


def _replay(
    reference: Sequence[float], traffic: Sequence[float], foreign: Sequence[float], random: np.random.Generator
) -> int | None:
    """Foreign messages come in random order and may come again; own ones come once."""
    watch = Watch(reference, seed=int(random.integers(2**31)))
    needed = round(RAMP * (1 - FOREIGN / 2) + (WITHIN - RAMP) * (1 - FOREIGN)) + 20
    calm = max(min(CALM, len(traffic) - needed), 0)
    own = iter(traffic)
    for number in range(calm):
        if watch.observe(next(own)):
            return number - calm
    for number in range(1, WITHIN + 1):
        share = FOREIGN * min(number / RAMP, 1.0)
        confidence = float(random.choice(foreign)) if random.random() < share else next(own, None)
        if confidence is None:
            break
        if watch.observe(confidence):
            return number
    return None


def _suspended(reference: Sequence[float], traffic: Sequence[float], seed: int) -> bool:
    watch = Watch(reference, seed)
    return any(watch.observe(confidence) for confidence in traffic)
