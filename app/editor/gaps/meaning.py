"""Meaning: how alike two missed questions are, and the groups that alike ones make.

Visitors word one question in ways that share nothing; what agents answered them does. So where both were answered by
people, likeness is mostly that of the answers; the questions alone must be much alike to count as much. Vectors are
those of plain English words, so that languages land together.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.answer.retriever import DEFAULT_LOCALE, text_for
from ingest.lexical import tokenizer
from ingest.terms import Terms

Vectors = NDArray[np.float32]
Embed = Callable[[list[str]], Vectors]
QUESTION, ANSWER, WORDS = 1.0, 1.0, 1.0
"""Weights of the questions' likeness, the answers', and that of the answers' words. Chosen, like ALONE and ALIKE,
in the draws 0 and 3 of ``python -m evals.gaps``; what it says of other draws was looked at afterwards."""
ALONE = 0.4
"""What a likeness of questions counts where an answer is missing."""
ALIKE = 0.225
"""Mean likeness from which two groups are one."""


def plain(text: str, locale: str) -> str:
    """A text in plain English words, as English articles are searched."""
    return text_for(DEFAULT_LOCALE, text, locale)


def vectors(texts: Sequence[str], locales: Sequence[str], embed: Embed) -> Vectors:
    """Unit vectors, shape (len(texts), width). An English text means what its own words and the plain ones mean
    between them, as in the search."""
    glossed = [plain(text, locale) for text, locale in zip(texts, locales, strict=True)]
    own = [
        text if locale.startswith(DEFAULT_LOCALE) else gloss
        for text, locale, gloss in zip(texts, locales, glossed, strict=True)
    ]
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    return _unit(embed(glossed) + embed(own))


def likeness(asked: Vectors, answered: Vectors, answers: Sequence[str]) -> NDArray[np.float64]:
    """Of every two, shape (n, n). ``answered`` has rows of zeros where ``answers`` has an empty text."""
    questions = (asked @ asked.T).astype(np.float64)
    replies = (answered @ answered.T).astype(np.float64)
    words = _words(answers)
    mixed = (QUESTION * questions + ANSWER * replies + WORDS * (words @ words.T)) / (QUESTION + ANSWER + WORDS)
    there = np.array([bool(text) for text in answers])
    both = np.outer(there, there)
    across = np.maximum(asked @ answered.T, answered @ asked.T)
    return np.where(both, mixed, ALONE * np.maximum(questions, across))


def groups(alike: NDArray[np.float64], least: float = ALIKE, begun: Sequence[Sequence[int]] = ()) -> list[list[int]]:
    """Agglomerative clustering by mean likeness, until no two groups are alike; members ascending, groups by their
    first. The same input gives the same groups: of equal pairs the first goes first.

    ``begun`` are groups to start with, no place in two of them: nobody leaves them, and no two of them become one."""
    count = len(alike)
    if not count:
        return []
    total = alike.copy()
    sizes = np.ones(count)
    members: list[list[int]] = [[place] for place in range(count)]
    alive = np.ones(count, dtype=bool)
    is_begun = np.zeros(count, dtype=bool)
    for places in begun:
        first, *others = sorted(places)
        is_begun[first] = True
        for other in others:
            total[first] += total[other]
            total[:, first] += total[:, other]
            members[first] += members[other]
        sizes[first] += len(others)
        alive[others] = False
    apart = np.outer(is_begun, is_begun) | ~np.outer(alive, alive)
    mean = np.where(apart, -np.inf, total / np.outer(sizes, sizes))
    np.fill_diagonal(mean, -np.inf)
    best = mean.argmax(axis=1)
    while True:
        tops = np.where(alive, mean[np.arange(count), best], -np.inf)
        one = int(tops.argmax())
        if tops[one] < least:
            break
        other = int(best[one])
        kept, gone = min(one, other), max(one, other)
        total[kept] += total[gone]
        total[:, kept] += total[:, gone]
        sizes[kept] += sizes[gone]
        members[kept] += members[gone]
        alive[gone] = False
        is_begun[kept] |= is_begun[gone]
        mean[gone], mean[:, gone] = -np.inf, -np.inf
        row = np.where(alive, total[kept] / (sizes[kept] * sizes), -np.inf)
        row[kept] = -np.inf
        row[is_begun & is_begun[kept]] = -np.inf
        mean[kept], mean[:, kept] = row, row
        # Only rows whose nearest was one of the two, or that the new group is nearer to, have another nearest now.
        stale = alive & ((best == kept) | (best == gone))
        stale[kept] = True
        best[stale] = mean[stale].argmax(axis=1)
        nearer = alive & ~stale & (row > mean[np.arange(count), best])
        best[nearer] = kept
    return [sorted(members[place]) for place in range(count) if alive[place]]


def _words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit rows of word weights: how often a word stands in a text, and how rare it is among all."""
    stems = tokenizer(DEFAULT_LOCALE)
    terms = Terms.count([stems(text) for text in texts])
    matrix = np.zeros((len(texts), len(terms.words)), dtype=np.float32)
    for number in range(len(terms.words)):
        part = slice(terms.starts[number], terms.starts[number + 1])
        rarity = np.log(1 + len(texts) / (terms.starts[number + 1] - terms.starts[number]))
        matrix[terms.documents[part], number] = (1 + np.log(terms.counts[part])) * rarity
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: NDArray[np.float32] = matrix / np.maximum(lengths, 1e-9)
    return unit


def _unit(found: Vectors) -> Vectors:
    unit: Vectors = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return unit
