"""What the tests of answering begin with."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from app.knowledge import build_publisher
from app.settings import Settings
from ingest.pipeline import Publisher
from ingest.topics import Topics
from tests.ingest.article_factory import faq

settings.register_profile("baton", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("baton")

ARTICLES = [
    faq(
        "refund",
        "A refund to a card takes 5 days.\n\nA refund to PayPal takes 2 days.",
        title="When is my refund paid?",
    ),
    faq("parcel", "Report a lost parcel within 30 days.", title="My parcel is lost", audience=("buyer", "seller")),
    faq("payout", "Payouts are sent each Monday.", title="When do I get my payout?", audience=("seller",)),
    faq("parcel", "Avisa de un paquete perdido en 30 días.", title="Mi paquete se perdió", locale="es"),
]


@pytest.fixture(scope="session")
def small_publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    """A few articles, published."""
    publisher = build_publisher(Settings(data_dir=tmp_path_factory.mktemp("small")))
    publisher.publish(ARTICLES, Topics())
    yield publisher
    publisher.close()
