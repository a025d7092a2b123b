"""Files that are no coefficients."""

from pathlib import Path

import numpy as np


def no_models(folder: Path, good: Path, name: str) -> list[Path]:
    """A file that is missing, a torn one, a foreign one, and one in which the array ``name`` of ``good`` is spoiled."""
    torn, foreign, spoiled = folder / "torn.npz", folder / "foreign.npz", folder / "spoiled.npz"
    torn.write_bytes(good.read_bytes()[:900])
    np.savez(foreign, words=np.zeros((3, 3)))
    with np.load(good) as arrays:
        parts = dict(arrays)
    parts[name] = np.full_like(parts[name], np.nan)
    np.savez(spoiled, **parts)
    return [folder / "none.npz", torn, foreign, spoiled]
