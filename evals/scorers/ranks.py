"""Ranks: where the relevant articles stand in a ranking; what every retrieval scorer is made of."""

from collections.abc import Collection, Sequence


def relevant_ranks(ranking: Sequence[str], relevant: Collection[str]) -> list[int]:
    """Ranks, counted from 1, at which relevant articles stand; an article counts where it stands first.

    Raises ValueError when nothing is relevant: such a question has no retrieval score.
    """
    if not relevant:
        raise ValueError("a question without a relevant article cannot be scored; leave it out")
    return [rank for rank, article in enumerate(dict.fromkeys(ranking), 1) if article in relevant]
