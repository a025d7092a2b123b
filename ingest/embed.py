"""Build the embedder: the one place that knows which providers there are."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from ingest.errors import ModelMissing

MODEL_FOLDER = Path(sys.prefix) / "share" / "baton" / "all-minilm-l6-v2"
OPENAI_TIMEOUT = 20.0


class Embedder(Protocol):
    """Text -> unit vectors. ``name`` tells embeddings of different models apart; ``english_only`` is one that makes
    little of other languages."""

    name: str
    english_only: bool

    def vector(self, text: str) -> NDArray[np.float32]:
        """One text, shape (width,)."""
        ...

    def matrix(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Many texts, shape (len(texts), width)."""
        ...


@dataclass
class RemoteEmbedder:
    """Any LangChain ``Embeddings``, its vectors brought to unit length."""

    name: str
    embeddings: Embeddings
    english_only: bool = False

    def vector(self, text: str) -> NDArray[np.float32]:
        """One text, shape (width,)."""
        vector: NDArray[np.float32] = self.matrix([text])[0]
        return vector

    def matrix(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Many texts, shape (len(texts), width)."""
        return _unit(np.array(self.embeddings.embed_documents(list(texts)), dtype=np.float32))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)


@lru_cache(maxsize=1)
def minilm() -> Embedder:
    """The embedded default. Raises ModelMissing when set-up has not built it."""
    from ingest.minilm import MiniLM  # noqa: PLC0415  onnxruntime is not needed with a remote embedder

    if not (MODEL_FOLDER / "model.onnx").is_file():
        raise ModelMissing(f"the embedder is not in {MODEL_FOLDER}; run `make setup`")
    return MiniLM(MODEL_FOLDER)


def openai(model: str, base_url: str | None, api_key: str | None) -> Embedder:
    """OpenAI's embeddings, or those of any compatible server."""
    from langchain_openai import OpenAIEmbeddings  # noqa: PLC0415  1.3 s that the embedded default need not pay
    from pydantic import SecretStr  # noqa: PLC0415

    embeddings = OpenAIEmbeddings(
        model=model,
        openai_api_base=base_url,
        openai_api_key=SecretStr(api_key or "none"),
        request_timeout=OPENAI_TIMEOUT,
        check_embedding_ctx_length=False,
    )
    return RemoteEmbedder(f"openai:{model}", embeddings)
