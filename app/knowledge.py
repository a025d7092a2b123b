"""Knowledge at run time: the publisher that owns the index, and the retriever that reads it."""

from app.db import sync_engine
from app.migrations.upgrade import upgrade
from app.settings import Settings
from ingest.embed import Embedder, minilm, openai
from ingest.pipeline import Publisher
from ingest.store import KnowledgeStore


def build_embedder(settings: Settings) -> Embedder:
    """``EMBEDDER=minilm`` or ``openai:MODEL``."""
    provider, _, model = settings.embedder.partition(":")
    if provider == "openai":
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
        return openai(model or "text-embedding-3-small", settings.openai_base_url, key)
    if settings.embedder != "minilm":
        raise ValueError(f"EMBEDDER={settings.embedder} is not known; use minilm or openai:MODEL")
    return minilm()


def build_publisher(settings: Settings) -> Publisher:
    """The publisher over the settings' database and index folder, the database brought up to date."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.sql_url)
    folder = settings.data_dir / "index"
    folder.mkdir(exist_ok=True)
    store = KnowledgeStore(sync_engine(settings.sql_url))
    return Publisher(store, build_embedder(settings), folder, settings.chroma_url)


def open_publisher(settings: Settings) -> Publisher:
    """The same, with what is live open."""
    publisher = build_publisher(settings)
    publisher.open_live()
    return publisher
