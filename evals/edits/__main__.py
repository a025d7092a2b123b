"""``python -m evals.edits [dev|test]``: how many planted regressions the publish gate catches, and what it blocks for
nothing."""

import sys
from typing import get_args

from evals.edits.edit import Split
from evals.edits.run import run

if __name__ == "__main__":
    wanted = tuple(split for split in get_args(Split) if split in sys.argv[1:])
    run(wanted or get_args(Split))
