"""``python -m evals.adapt.measure [--model FOLDER]``: how well the embedder that set-up built finds articles.

By set and locale, through the whole of Baton without a model provider. Only the unseen companies and the golden
questions are new to the adapter; the public sets show whether other content suffers. FOLDER is what
``ingest.minilm_graph`` wrote with another adapter.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from app.settings import Settings
from evals.base import answerer_over, eval_publisher
from evals.datasets.bases import HELD_OUT, UNSEEN, base_articles, base_questions
from evals.datasets.golden import golden
from evals.rows import KNOWLEDGE, Row, decide_all, set_rows
from evals.scorers.auroc import auroc
from evals.scorers.hit import hit
from evals.scorers.ndcg import ndcg
from ingest import embed
from ingest.article import read_folder
from ingest.pipeline import Publisher
from ingest.topics import Topics, read_topics

PUBLIC = (
    ("gumroad_help", "anchor_queries.jsonl"),
    ("hint3_curekart", "queries.jsonl"),
    ("mtrag159", "queries.jsonl"),
)


def rows_of(settings: Settings, publisher: Publisher) -> Iterator[tuple[str, list[Row]]]:
    """Each set that is there, with its questions answered."""
    for name in UNSEEN:
        answerer = answerer_over(settings, publisher, base_articles(name), Topics())
        yield name, decide_all(answerer, base_questions(name))
    answerer = answerer_over(settings, publisher, read_folder(KNOWLEDGE), read_topics(KNOWLEDGE))
    kinds = ("answerable", "unanswered", "off_topic", "other_side")
    for split in ("dev", "test"):
        asked = [question.asked("golden") for question in golden(split) if question.kind in kinds]
        yield f"golden {split}", decide_all(answerer, asked)
    for folder, file in PUBLIC:
        yield folder, set_rows(settings, publisher, folder, file, with_absent=False)


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """Hit@1, Hit@3 and nDCG@10 of the answerable; AUROC of the score over all, right or wrong; the mean cosine of a
    right first article's best chunk."""
    answerable = [row for row in rows if row.answerable]
    ranked = [([match.article_id for match in row.decision.ranking], row.question.relevant) for row in answerable]
    scored = [row for row in rows if row.decision.ranking]
    return {
        "n": len(answerable),
        "hit1": float(np.mean([hit(ranking, relevant, 1) for ranking, relevant in ranked])),
        "hit3": float(np.mean([hit(ranking, relevant, 3) for ranking, relevant in ranked])),
        "ndcg": float(np.mean([ndcg(ranking, relevant) for ranking, relevant in ranked])),
        "auroc": auroc([row.decision.ranking[0].score for row in scored], [row.right for row in scored]),
        "cosine": float(np.mean([row.decision.signals["best"] for row in scored if row.right])),
    }


def random_cosine(embedder: embed.Embedder, rows: Iterable[Row]) -> float:
    """The mean cosine of questions that have nothing to do with each other, but for their domain."""
    vectors = embedder.matrix([row.question.text for row in rows][:200])
    return float((vectors @ vectors.T)[np.triu_indices(len(vectors), 1)].mean())


def main() -> None:
    """Print a line of JSON a set and locale."""
    parser = argparse.ArgumentParser(description="Measure the embedder.")
    parser.add_argument("--model", type=Path, default=embed.MODEL_FOLDER)
    embed.MODEL_FOLDER = parser.parse_args().model
    groups: dict[str, list[Row]] = {"held out": [], "fresh": []}
    with eval_publisher() as (settings, publisher):
        for name, rows in rows_of(settings, publisher):
            _print(name, rows, publisher.embedder)
            if name in UNSEEN:
                groups["held out" if name in HELD_OUT else "fresh"] += rows
        for name, rows in groups.items():
            _print(name, rows, publisher.embedder)


def _print(name: str, rows: Sequence[Row], embedder: embed.Embedder) -> None:
    locales = sorted({row.question.locale for row in rows})
    for locale in ["", *locales] if len(locales) > 1 else [""]:
        chosen = [row for row in rows if locale in ("", row.question.locale)]
        line = figures(chosen) | ({} if locale else {"random": random_cosine(embedder, chosen)})
        print(f"{name} {locale}".strip(), json.dumps({key: round(value, 3) for key, value in line.items()}), flush=True)


if __name__ == "__main__":
    main()
