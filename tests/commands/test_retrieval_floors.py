"""Floors of retrieval on public questions, through the command line; a change that ranks worse fails here."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import pytest

from evals.article_file import write_folder
from evals.datasets.public import EVAL_DATA, EvalQuestion, articles, questions
from evals.scorers.hit import hit
from evals.scorers.ndcg import ndcg
from ingest.article import Article
from tests.commands.conftest import lines
from tests.support.server import run_baton

pytestmark = pytest.mark.slow


def rankings(base: Path, found: Sequence[Article], asked: Sequence[EvalQuestion]) -> list[list[str]]:
    """What ``baton ask --jsonl`` ranks for each question over these articles."""
    write_folder(found, base / "articles")
    done = run_baton("ingest", str(base / "articles"), "--data-dir", str(base / "data"))
    assert done.returncode == 0, done.stderr.decode()
    entries = [
        {"id": q.id, "question": q.text, "audience": q.audience, "exclude_articles": sorted(q.exclude)} for q in asked
    ]
    stdin = "\n".join(json.dumps(entry) for entry in entries).encode()
    done = run_baton("ask", "--jsonl", "--data-dir", str(base / "data"), stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    shutil.rmtree(base)
    decisions = [json.loads(line) for line in lines(done.stdout)]
    assert [decision["id"] for decision in decisions] == [q.id for q in asked]
    return [[item["article_id"] for item in decision["ranking"]] for decision in decisions]


def answerable(file: str) -> list[EvalQuestion]:
    """The questions of a set that an article answers."""
    if not (EVAL_DATA / file).is_file():
        pytest.skip(f"EVAL_DATA has no {file}")
    return [question for question in questions(file) if question.relevant]


def test_gumroad_link_texts(tmp_path: Path) -> None:
    """Link texts of a help centre find the article that they lead to, over all its articles."""
    asked = answerable("gumroad_help/anchor_queries.jsonl")
    found = rankings(tmp_path / "gumroad", articles("gumroad_help", ("buyer",)), asked)
    assert mean(hit(ranking, q.relevant) for ranking, q in zip(found, asked, strict=True)) >= 0.70
    assert mean(ndcg(ranking, q.relevant) for ranking, q in zip(found, asked, strict=True)) >= 0.84


def test_hint3_messages(tmp_path: Path) -> None:
    """Real messages to a shop's bot find their intent, whose known phrasings are the articles' questions."""
    asked = answerable("hint3_curekart/queries.jsonl")
    found = rankings(tmp_path / "hint3", articles("hint3_curekart", ("buyer",)), asked)
    assert mean(hit(ranking, q.relevant) for ranking, q in zip(found, asked, strict=True)) >= 0.85
