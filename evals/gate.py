"""Gate: ``python -m evals.gate`` answers the golden questions and compares each with the last accepted run.

It fails when more questions got worse than better, beyond chance, in either way: answers that are no longer given, or
wrong ones that now are. A bot that never answers fails it, and one that never abstains fails it. ``--accept`` makes
this run the one to compare with; say why in the commit.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import binomtest

from evals.grades import Grade, by_kind, run_golden

ACCEPTED = Path(__file__).with_name("accepted.json")
SIGNIFICANCE = 0.05


@dataclass(frozen=True)
class Change:
    """Questions that one kind of loss befell, and those it was lifted from; ids sorted."""

    name: str
    lost: list[str]
    won: list[str]

    @property
    def chance(self) -> float:
        """How probable so many losses are when losses and gains are equally likely (one-sided sign test)."""
        total = len(self.lost) + len(self.won)
        return float(binomtest(len(self.lost), total, 0.5, "greater").pvalue) if total else 1.0

    @property
    def fails(self) -> bool:
        """Whether this is more than chance."""
        return self.chance <= SIGNIFICANCE


def compare(before: Mapping[str, Grade], now: Mapping[str, Grade]) -> list[Change]:
    """Both directions, over the questions that both runs have."""
    both = sorted(before.keys() & now.keys())

    def change(name: str, fine: Callable[[Grade], bool]) -> Change:
        lost = [one for one in both if fine(before[one]) and not fine(now[one])]
        won = [one for one in both if fine(now[one]) and not fine(before[one])]
        return Change(name, lost, won)

    return [change("no longer good", lambda grade: grade == "good"), change("now bad", lambda grade: grade != "bad")]


def main(arguments: list[str]) -> int:
    """Print the table and the changes; 1 when the gate fails."""
    graded = run_golden()
    now: dict[str, Grade] = {one.question.id: one.grade for one in graded}
    for name, figures in by_kind(graded).items():
        print(f"{name:22} " + "  ".join(f"{key} {value}" for key, value in figures.items() if value))
    if "--accept" in arguments:
        ACCEPTED.write_text(json.dumps(dict(sorted(now.items())), indent=0) + "\n", encoding="utf-8")
        print(f"accepted: {len(now)} questions")
        return 0
    failed = False
    for change in compare(json.loads(ACCEPTED.read_text(encoding="utf-8")), now):
        failed = failed or change.fails
        print(f"{change.name}: {len(change.lost)}, and {len(change.won)} the other way, p {change.chance:.3f}")
        print("".join(f"  {one}\n" for one in change.lost), end="")
    print("gate: " + ("FAILED; mend what got worse, or say why it is right with --accept" if failed else "passed"))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
