"""``python -m evals.hints``: fit the hints and write ``app/answer/hints.npz``.

Positives were written by hand (``datasets/hints``, the phrases of ``topics.toml``, the tests' cases that have been
looked at, the golden questions' dev side) or are public (the training half of bitext, the half of the injection set
that weights were set on). Negatives are what help centres are really asked: known phrasings and questions of companies
(but for those that are cases, ``asked_cases.txt``), bitext, half of curekart, and look-alikes written by hand. What is
graded on is never read here: the golden questions' test side, the other halves, and ``tests/answer/first_sight``.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from app.answer.hints import BUCKETS, CASES, HINTS, KINDS, WORDS_WEIGHT, buckets
from app.answer.intent import SensitiveCases
from app.answer.person import asks_for_person
from evals.datasets.bases import FITTED, HELD_OUT, base_articles, base_questions
from evals.datasets.golden import KNOWLEDGE, golden
from evals.datasets.public import EVAL_DATA, rows
from ingest.article import read_folder
from ingest.embed import minilm
from ingest.topics import read_topics

COUNTED = ("fundlift", "mediqo", "telzo", "wardrobly")
"""Companies whose questions are no lessons: by them false alarms are counted."""
FOLDER = Path(__file__).parent / "datasets" / "hints"
SEEN = Path("tests") / "answer" / "intent_cases"
C = 8.0
WEIGHT = 4.0
"""What a positive counts beside a negative."""
FALSE = {"person": 0.0065, "order": 0.006, "case": 0.01}
"""Share of the negatives, out of fold, above the threshold."""
FOLDS = 4
NONE, LOOKALIKE = "none", "look-alike"
"""Negatives, and those that were collected because they look like orders."""
LOOKALIKES_PASS, LOOKALIKE_WEIGHT = 0.96, 5.0


@dataclass
class Lessons:
    """Texts by what they are; ``none`` is none of it."""

    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def add(self, kind: str, texts: Iterable[str]) -> None:
        """Note texts of a kind."""
        for text in texts:
            if text.strip():
                self.texts.append(text.strip())
                self.kinds.append(kind)

    def without(self, dropped: Sequence[bool]) -> "Lessons":
        """The others."""
        kept = [(text, kind) for text, kind, drop in zip(self.texts, self.kinds, dropped, strict=True) if not drop]
        return Lessons([text for text, _ in kept], [kind for _, kind in kept])


def first_half(name: str) -> bool:
    """The half of a public set that may be fitted on."""
    return sha256(name.encode()).digest()[0] < 128


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def lessons() -> Lessons:
    """Everything that is fitted on."""
    found = Lessons()
    for kind in ("person", "order", NONE):
        found.add(kind, _lines(FOLDER / f"{kind}.txt"))
    found.add("person", _lines(SEEN / "wishes.txt"))
    found.add(NONE, _lines(SEEN / "no_wishes.txt") + _lines(SEEN / "ordinary.txt"))
    told = [line.split("|", 1) for line in _lines(FOLDER / "case.txt") + _lines(SEEN / "told.txt")]
    for topic, text in (*told, *read_topics(KNOWLEDGE).sensitive_phrases()):
        found.add(topic, [text])
    for question in golden("dev"):
        if question.kind in ("answerable", "unanswered", "off_topic"):
            found.add(NONE, [question.text])
        elif question.kind == "person":
            found.add("person", [question.text])
        elif question.kind == "sensitive" and question.topic in CASES:
            found.add(question.topic, [question.text])
    for article in read_folder(KNOWLEDGE):
        found.add(NONE, [article.title, *article.questions] if article.kind == "faq" else [])
    cases = set(_lines(FOLDER / "asked_cases.txt"))
    for company in (*FITTED, *HELD_OUT):
        if company not in COUNTED:
            for article in base_articles(company):
                found.add(NONE, [article.title, *article.questions])
            found.add(NONE, [question.text for question in base_questions(company) if question.text not in cases])
    for row in rows("bitext_intents/queries.jsonl"):
        if row["split"] == "train":
            found.add("person" if row["wants_human"] else NONE, [row["text"]])
    for row in rows("hint3_curekart/queries.jsonl"):
        found.add(NONE, [row["text"]] if first_half(row["id"]) else [])
    for row in rows("adversarial/injection.jsonl"):
        found.add(LOOKALIKE if row["label"] == "benign" else "order", [row["text"]] if first_half(row["id"]) else [])
    return found


def mistaken(found: Lessons, vectors: NDArray[np.float32]) -> list[bool]:
    """Which of the negatives are none: known phrasings of articles on fraud, and questions that want a person."""
    cases, topics = SensitiveCases(minilm().matrix), read_topics(KNOWLEDGE)
    return [
        kind == NONE and (bool(cases.topic_of(topics, text, [vector])[0]) or asks_for_person(text))
        for text, kind, vector in zip(found.texts, found.kinds, vectors, strict=True)
    ]


def vectors_of(texts: list[str]) -> NDArray[np.float32]:
    """The embedder's vectors; they take a minute."""
    return minilm().matrix(texts)


def words_of(texts: list[str]) -> csr_matrix:
    """The hashed words, each row of length WORDS_WEIGHT."""
    found = [buckets(text) for text in texts]
    values = np.concatenate([np.full(len(one), WORDS_WEIGHT / max(1, len(one)) ** 0.5) for one in found])
    starts = np.cumsum([0, *(len(one) for one in found)])
    return csr_matrix((values, np.concatenate(found), starts), shape=(len(texts), BUCKETS))


def _fitted(inputs: csr_matrix, kinds: NDArray[np.str_], kind: str) -> LogisticRegression:
    model = LogisticRegression(C=C, class_weight={True: WEIGHT, False: 1.0}, max_iter=400, solver="liblinear")
    return model.fit(inputs, kinds == kind, sample_weight=np.where(kinds == LOOKALIKE, LOOKALIKE_WEIGHT, 1.0))


def fit(
    inputs: csr_matrix, kinds: NDArray[np.str_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], dict[str, float]]:
    """``(coefficients, intercepts, share of positives found out of fold)``, in the order of KINDS, 0 being the
    threshold. The kinds of cases have one threshold, over the likeliest."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    logits = np.zeros((len(kinds), len(KINDS)))
    for learn, ask in folds.split(logits, kinds):
        for at, kind in enumerate(KINDS):
            logits[ask, at] = _fitted(inputs[learn], kinds[learn], kind).decision_function(inputs[ask])
    most = {"person": logits[:, 0], "order": logits[:, 1], "case": logits[:, 2:].max(axis=1)}
    told = {"person": kinds == "person", "order": kinds == "order", "case": np.isin(kinds, CASES)}
    floors = {name: float(np.quantile(most[name][kinds == NONE], 1 - FALSE[name])) for name in most}
    floors["order"] = max(floors["order"], float(np.quantile(logits[kinds == LOOKALIKE, 1], LOOKALIKES_PASS)))
    models = [_fitted(inputs, kinds, kind) for kind in KINDS]
    shift = [floors["case" if kind in CASES else kind] for kind in KINDS]
    return (
        np.stack([model.coef_[0] for model in models], axis=1),
        np.array([float(model.intercept_[0]) for model in models]) - shift,
        {name: round(float((most[name][told[name]] > floors[name]).mean()), 3) for name in most},
    )


def run() -> None:
    """Fit, write and say how many are found out of fold."""
    found = lessons()
    vectors = vectors_of(found.texts)
    dropped = mistaken(found, vectors)
    found, vectors = found.without(dropped), vectors[~np.array(dropped)]
    words, kinds, width = words_of(found.texts), np.array(found.kinds), vectors.shape[1]
    weights, intercept, share = fit(hstack([csr_matrix(vectors), words], format="csr"), kinds)
    alone, alone_intercept, share_alone = fit(words, kinds)
    np.savez_compressed(
        HINTS,
        embedder=np.array(minilm().name),
        vector=weights[:width].astype(np.float16),
        words=weights[width:].astype(np.float16),
        intercept=intercept.astype(np.float32),
        alone=alone.astype(np.float16),
        alone_intercept=alone_intercept.astype(np.float32),
    )
    print(json.dumps({"texts": Counter(found.kinds), "dropped": sum(dropped), "found": share, "by words": share_alone}))


if __name__ == "__main__":
    assert EVAL_DATA.is_dir(), "set EVAL_DATA"
    run()
