"""Publishers over real databases and real Chroma stores."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from app.knowledge import build_publisher
from app.settings import Settings
from ingest.pipeline import Publisher

settings.register_profile("baton", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("baton")

OpenPublisher = Callable[..., Publisher]


@pytest.fixture
def open_publisher(tmp_path: Path) -> Iterator[OpenPublisher]:
    """Publishers on data folders below the test's own, closed at its end."""
    opened: list[Publisher] = []

    def open_one(name: str = "data", **settings: str) -> Publisher:
        publisher = build_publisher(Settings(data_dir=tmp_path / name, **settings))  # type: ignore[arg-type]
        opened.append(publisher)
        return publisher

    yield open_one
    for publisher in opened:
        publisher.close()


@pytest.fixture
def publisher(open_publisher: OpenPublisher) -> Publisher:
    """One that has published nothing yet."""
    return open_publisher()
