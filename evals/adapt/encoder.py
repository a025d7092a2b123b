"""Encoder: all-MiniLM-L6-v2 in torch, its weights fixed, with a low-rank change beside each chosen matrix.

A change is ``up @ down`` (Hu et al. 2021, arXiv:2106.09685): ``down`` (rank, in) begins random, ``up`` (out, rank) at
zero, so that an unfitted encoder is the official model.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from ingest.minilm_graph import ADAPTED_TEXTS, HEADS, LAYER_NORM_EPSILON, LAYERS, WIDTH

ATTENTION = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
FEED_FORWARD = ("intermediate.dense", "output.dense")
MAX_TOKENS = 128
BUCKET = 24
"""Texts in one pass, sorted by length so that little is padding."""


class Encoder:
    """Texts -> unit vectors (texts, 384), with gradients for the changes alone."""

    def __init__(self, folder: Path, rank: int, layers: Sequence[int], parts: Sequence[str], seed: int) -> None:
        self._weights = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        generator = torch.Generator().manual_seed(seed)
        self.changes = nn.ParameterDict()
        self._changed = [f"encoder.layer.{layer}.{part}" for layer in layers for part in parts]
        for name in self._changed:
            out, into = self._weights[f"{name}.weight"].shape
            down = torch.randn(rank, into, generator=generator) / into**0.5
            self.changes[_key(name, "down")] = nn.Parameter(down)
            self.changes[_key(name, "up")] = nn.Parameter(torch.zeros(out, rank))

    def matrices(self) -> Sequence[str]:
        """The names of those that are changed."""
        return self._changed

    def change(self, name: str) -> Tensor:
        """What is added to a matrix, shape (out, in)."""
        return self.changes[_key(name, "up")] @ self.changes[_key(name, "down")]

    def put(self, name: str, up: Tensor, down: Tensor) -> None:
        """Change a matrix by ``up @ down`` from now on."""
        self.changes[_key(name, "up")].copy_(up)
        self.changes[_key(name, "down")].copy_(down)

    def round(self) -> "Encoder":
        """Itself, its changes brought to the half precision that they are stored in."""
        with torch.no_grad():
            for value in self.changes.values():
                value.copy_(value.half().float())
        return self

    def adapter(self) -> dict[str, Any]:
        """The changes as set-up reads them, with the ``known`` vectors that they lead to."""
        with torch.no_grad():
            stored: dict[str, Any] = {
                key.replace("/", "."): value.numpy().astype(np.float16) for key, value in self.round().changes.items()
            }
            stored["known"] = self(ADAPTED_TEXTS).numpy()
        return stored

    def __call__(self, texts: Sequence[str]) -> Tensor:
        """In the order of ``texts``."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
        passes = [
            self._pass([ids[number] for number in order[start : start + BUCKET]])
            for start in range(0, len(order), BUCKET)
        ]
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(passes)[back]

    def _pass(self, ids: list[list[int]]) -> Tensor:
        longest = max(map(len, ids))
        rows = torch.zeros(len(ids), longest, dtype=torch.long)
        mask = torch.zeros(len(ids), longest)
        for number, row in enumerate(ids):
            rows[number, : len(row)] = torch.tensor(row)
            mask[number, : len(row)] = 1.0
        bias = ((mask - 1.0) * 10_000.0)[:, None, None, :]
        x = self._weights["embeddings.word_embeddings.weight"][rows]
        x = x + self._weights["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + self._weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            x = self._layer(x, bias, f"encoder.layer.{layer}")
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=-1)

    def _layer(self, x: Tensor, bias: Tensor, name: str) -> Tensor:
        shape = (*x.shape[:2], HEADS, WIDTH // HEADS)
        query, key, value = (
            self._linear(x, f"{name}.attention.self.{part}").view(shape).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        # Not torch's fused attention: on a CPU its backward pass took half of all the time.
        shares = (query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + bias).softmax(-1)
        mixed = (shares @ value).transpose(1, 2).reshape(x.shape)
        x = self._norm(x + self._linear(mixed, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
        inner = functional.gelu(self._linear(x, f"{name}.intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        out = functional.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])
        key = _key(name, "down")
        if key not in self.changes:
            return out
        return out + functional.linear(functional.linear(x, self.changes[key]), self.changes[_key(name, "up")])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return functional.layer_norm(x, (WIDTH,), weight, bias, LAYER_NORM_EPSILON)


def _key(name: str, side: str) -> str:
    """A parameter's name may hold no dot."""
    return f"{name}.{side}".replace(".", "/")
