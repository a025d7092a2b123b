"""``python -m evals.gumroad FOLDER``: a real marketplace's help centre as article files, to try ``baton ingest`` on.

Each article keeps its own audience. Needs the public set ``gumroad_help`` below EVAL_DATA.
"""

import sys
from pathlib import Path

from evals.article_file import write_folder
from evals.datasets.public import articles

SET = "gumroad_help"


def main(arguments: list[str]) -> int:
    """Exit code: 0 done, 1 the set is not there, 2 wrong use."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: python -m evals.gumroad FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    try:
        written = write_folder(articles(SET), folder)
    except FileNotFoundError as error:
        print(f"{SET} is not there ({error.filename}); set EVAL_DATA to the folder of public sets", file=sys.stderr)
        return 1
    print(f"{written} articles in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
