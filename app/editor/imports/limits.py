"""Limits of an import: of what comes in, and of the process that reads it."""

import resource
import signal
import sys

MAX_UPLOAD = 200_000_000
"""Bytes of one upload; ten times a help centre of 10,000 articles, zipped."""
MAX_UNPACKED = 1_000_000_000
"""Bytes that all files of an archive may unpack to, together."""
MAX_MEMBERS = 20_000
MAX_RATIO = 100
"""Unpacked to packed. Text packs to a tenth; deflate ends near 1,030, which only bombs reach."""
RATIO_FROM = 1_000_000
"""Bytes from which the ratio counts: a small file of spaces hurts nobody."""
MAX_ITEMS = 20_000
MAX_NAME = 600
"""Characters of a file's path or a page's address: it is remembered with the article."""
MAX_PDF_PAGES = 1_000
MAX_OUTPUT = 64_000_000
"""Bytes that one file may become, all its articles together."""

MEMORY = 448 * 2**20
"""Bytes of address space: below the 512 MB that an import may cost, and the kernel itself refuses more."""
OUT_OF_MEMORY = 86
"""The worker's exit status that says so; the shell, Python and signals use others."""
MEMBER_SECONDS = 60
"""Wall-clock time of one file. A PDF takes 0.02 s a page: the largest fits, also on a busy machine."""
CPU_SECONDS = 1_800
OPEN_FILES = 64
MAX_RESTARTS = 25
"""How many files may break the converter before the rest is given up."""

SIZES = {"markdown": 1_000_000, "html": 5_000_000, "csv": 20_000_000, "docx": 50_000_000, "pdf": 50_000_000}
"""Bytes of one file, by its kind. A page of the help centre in our own tests has 0.02 MB."""


class Refused(Exception):
    """Why something is not imported, and what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def confine() -> None:
    """Put this process under the limits. Only for a process of its own: there is no way back."""
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    if sys.platform != "darwin":  # which has this limit and does not keep it
        _lower(resource.RLIMIT_AS, MEMORY)


def _lower(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (most, most))


def begin_clock() -> None:
    """The kernel ends this process when the next file takes too long, whatever library hangs in whatever loop."""
    signal.alarm(MEMBER_SECONDS)


def stop_clock() -> None:
    """Nothing is being read."""
    signal.alarm(0)
