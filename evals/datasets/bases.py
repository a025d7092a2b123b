"""Loader for the help centres of ``bases/``: fictional companies, invented for Baton, with questions as people ask
them.

They are what one set of parameters is fitted on and tried on, so that it holds for every knowledge base. The embedder's
adapter is fitted on FITTED and never saw HELD_OUT; so the confidence, which must see what is found for questions that
nothing was fitted on, is fitted on HELD_OUT, and graded there out of fold. On FRESH nothing at all is fitted: they were
written last, and show how all that is fitted does elsewhere. Most have about thirty articles, in families that are near
misses of each other, and for each article the same kinds of questions: a situation told in other words, a search
phrase, a rambling message, a plain question, a hurried one, a layman's word, a detail, and one in Spanish or
Portuguese. Twelve have 36, and questions that no article answers.
"""

import json
import os
from pathlib import Path
from typing import Any

from evals.datasets.public import EvalQuestion
from ingest.article import Article

FOLDER = Path(os.environ.get("EVAL_BASES", Path(__file__).parent / "bases"))
FITTED = (
    "gigbench",
    "greenbasket",
    "handloom",
    "lernio",
    "lunabank",
    "platterly",
    "seatwise",
    "staylo",
    "skylark",
    "taskboard",
    "hopcab",
    "brightwatt",
    "procura",
    "pawpantry",
    "bazarly",
    "parcelo",
    "motorlane",
    "gadgethive",
    "fitloop",
    "stagecast",
    "homefleet",
    "sneakvault",
    "covera",
    "homecrew",
    "railhop",
    "bookfold",
    "cloudnest",
    "rentora",
    "streamio",
    "playforge",
    "farmgate",
    "civilo",
    "auctiva",
    "unikampus",
    "printly",
    "glowshelf",
)
"""In the order that the adapter was fitted in."""
HELD_OUT = ("bricolo", "fundlift", "mediqo", "partshub", "telzo", "trunkroom", "voltcart", "wardrobly")
FRESH = (
    "carenest",
    "cellarway",
    "chatdock",
    "dentigo",
    "domainly",
    "floristo",
    "formwise",
    "gemmary",
    "inkwell",
    "jobspring",
    "lendwell",
    "mailloft",
    "movely",
    "nutrivia",
    "payrail",
    "podhaven",
    "remitto",
    "shopnest",
    "signalytic",
    "toyhaus",
    "vuewell",
)
UNSEEN = (*HELD_OUT, *FRESH)
"""By the adapter."""


def base_articles(name: str) -> list[Article]:
    """A company's articles."""
    return [
        Article(
            id=row["id"],
            title=row["title"],
            kind="faq",
            audience=tuple(row["audience"]),
            topic=row["topic"],
            questions=tuple(row["variants"]),
            body=row["text"],
        )
        for row in _rows(name, "documents.jsonl")
    ]


def base_questions(name: str) -> list[EvalQuestion]:
    """Its questions; ``relevant`` is empty when no article answers."""
    return [
        EvalQuestion(
            id=f"{name}.{row['id']}",
            text=row["text"],
            relevant=frozenset(row["relevant"]),
            audience=row["audience"],
            locale=row["locale"],
            group=name,
        )
        for row in _rows(name, "queries.jsonl")
    ]


def _rows(name: str, file: str) -> list[dict[str, Any]]:
    with (FOLDER / name / file).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
