"""What can go wrong with a knowledge base, each error with its place and its cure."""

from dataclasses import dataclass


class IngestError(Exception):
    """Base of every error that ingest raises on purpose; its text is fit for a person to read."""


@dataclass(frozen=True)
class Problem:
    """One fault in one file. ``line`` counts from 1; 0 when the whole file is meant."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class InvalidArticles(IngestError):
    """One or more files cannot be articles. Nothing was published."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class StoreInUse(IngestError):
    """Another process owns the data folder."""


class IndexBroken(IngestError):
    """A built version did not open or did not return what was put into it."""


class ModelMissing(IngestError):
    """The embedder's files are not there."""


class NothingLive(IngestError):
    """There is no live version to change or to compare with."""


class Outdated(IngestError):
    """Something else was published since this edit was looked at."""
