"""Coefficients: files of arrays that a fit made and that ship beside the code that reads them."""

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray


def read_arrays(file: Path, remake: str) -> dict[str, NDArray[Any]]:
    """The arrays of a file by name. Raises ValueError, naming the command to ``remake`` it, when it is none."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            return dict(arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise ValueError(f"{file}: {error}; run `{remake}`") from error
