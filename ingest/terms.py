"""Terms: how often each document holds each word, kept on disk so that a small change counts only what it brought."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
"""The usual constants of BM25 (Robertson and Zaragoza 2009), as in the public baselines that we compare with."""


@dataclass(frozen=True)
class Terms:
    """Word ``i`` of the sorted ``words`` stands ``counts[j]`` times in document ``documents[j]``, for j from
    ``starts[i]`` to ``starts[i + 1]``, documents ascending. ``lengths`` are the words of each document."""

    words: list[str]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def count(cls, corpus: Sequence[Sequence[str]]) -> "Terms":
        """Of documents that are cut into words."""
        words = sorted({word for document in corpus for word in document})
        column = {word: number for number, word in enumerate(words)}
        tallies = [Counter(document) for document in corpus]
        lengths = np.array([len(document) for document in corpus], dtype=np.int32)
        columns = np.array([column[word] for tally in tallies for word in tally], dtype=np.int64)
        documents = np.repeat(np.arange(len(corpus), dtype=np.int32), [len(tally) for tally in tallies])
        counts = np.array([number for tally in tallies for number in tally.values()], dtype=np.int32)
        return cls._sorted(words, columns, documents, counts, lengths)

    @classmethod
    def join(cls, parts: Iterable[tuple["Terms", NDArray[np.int32]]], documents: int) -> "Terms":
        """Of all parts together; each comes with the new number of its documents, -1 for those that are left out."""
        given = list(parts)
        words = sorted({word for terms, _ in given for word in terms.words})
        column = {word: number for number, word in enumerate(words)}
        lengths = np.zeros(documents, dtype=np.int32)
        found: list[tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]] = []
        for terms, numbers in given:
            lengths[numbers[numbers >= 0]] = terms.lengths[numbers >= 0]
            places = np.array([column[word] for word in terms.words], dtype=np.int64)
            moved = numbers[terms.documents]
            stay = moved >= 0
            found.append((np.repeat(places, np.diff(terms.starts))[stay], moved[stay], terms.counts[stay]))
        columns, moved, counts = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        return cls._sorted(words, columns, moved, counts, lengths)

    @classmethod
    def _sorted(
        cls,
        words: list[str],
        columns: NDArray[np.int64],
        documents: NDArray[np.int32],
        counts: NDArray[np.int32],
        lengths: NDArray[np.int32],
    ) -> "Terms":
        order = np.argsort(columns * len(lengths) + documents, kind="stable")
        frequency = np.bincount(columns, minlength=len(words))
        starts = np.concatenate([[0], np.cumsum(frequency[frequency > 0])]).astype(np.int64)
        used = [word for word, many in zip(words, frequency.tolist(), strict=True) if many]
        return cls(used, starts, documents[order], counts[order], lengths)

    def weights(self) -> NDArray[np.float32]:
        """The BM25 of each entry, in Lucene's form: ``idf * tf / (tf + k1 * (1 - b + b * length / mean length))``."""
        if not self.words:
            return np.zeros(0, dtype=np.float32)
        frequency = np.diff(self.starts)
        idf = np.log1p((len(self.lengths) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        share = self.lengths / self.lengths.mean()
        saturation = (K1 * (1.0 - B + B * share))[self.documents]
        weights: NDArray[np.float32] = np.repeat(idf, frequency) * (self.counts / (saturation + self.counts))
        return weights.astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write below ``folder``, which is made."""
        folder.mkdir()
        (folder / "words.json").write_text(json.dumps(self.words))
        np.savez(
            folder / "counts.npz",
            starts=self.starts,
            documents=self.documents,
            counts=self.counts,
            lengths=self.lengths,
        )

    @classmethod
    def load(cls, folder: Path) -> "Terms":
        """Read what :meth:`save` wrote."""
        words = json.loads((folder / "words.json").read_text())
        with np.load(folder / "counts.npz") as arrays:
            return cls(words, *(arrays[name] for name in ("starts", "documents", "counts", "lengths")))
