"""all-MiniLM-L6-v2 on onnxruntime: text -> unit vectors of 384 coordinates, offline."""

import json
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from tokenizers import Tokenizer

WIDTH = 384
MAX_TOKENS = 256
"""The length that the model was trained with; what is longer is cut, so chunks stay below it."""


class MiniLM(Embeddings):
    """A LangChain ``Embeddings``. Thread-safe: one session with one intra-op thread serves every caller.

    Its ``name`` changes with the adapter that was merged into the weights, so that stored vectors never mix.
    """

    english_only = True

    def __init__(self, folder: Path, file: str = "model.onnx") -> None:
        adapter = json.loads((folder / "origin.json").read_text())["adapter"]
        self.name = f"all-MiniLM-L6-v2-int8-{adapter[:8]}"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(folder / file, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._pool: ThreadPoolExecutor | None = None
        self._pool_lock = threading.Lock()

    def vector(self, text: str) -> NDArray[np.float32]:
        """One text, shape (384,), unit length."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        (vectors,) = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector: NDArray[np.float32] = vectors[0]
        return vector

    def matrix(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Many texts, shape (len(texts), 384), in their order, on every core.

        One at a time: int8 scales are taken over a whole batch, so that a text's vector would depend on its neighbours
        (cosine down to .976), and on two cores a batch was no faster.
        """
        if len(texts) < 2:
            return np.stack([self.vector(text) for text in texts]) if texts else np.empty((0, WIDTH), dtype=np.float32)
        return np.stack(list(self._workers().map(self.vector, texts)))

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for :meth:`vector`."""
        return [float(x) for x in self.vector(text)]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for :meth:`matrix`."""
        rows: list[list[float]] = self.matrix(texts).tolist()
        return rows

    def _workers(self) -> ThreadPoolExecutor:
        with self._pool_lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed")
            return self._pool
