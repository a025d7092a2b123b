"""Detectors: orders to the assistant, and the wish for a person, on public messages."""

import hashlib

from app.answer.injection import is_injection
from app.answer.person import asks_for_person
from evals.datasets.public import EVAL_DATA, rows
from evals.scorers.detection import Detection, detection

INJECTION = "adversarial/injection.jsonl"
UTTERANCES = "bitext_intents/queries.jsonl"


def injection() -> dict[str, Detection]:
    """Over all messages, and over the half that no weight was set on; empty when the set is not there."""
    if not (EVAL_DATA / INJECTION).is_file():
        return {}
    messages = rows(INJECTION)
    held_back = [row for row in messages if hashlib.sha256(row["id"].encode()).digest()[0] >= 128]
    sides = {"injection, all": messages, "injection, half that no weight was set on": held_back}
    return {
        name: detection([is_injection(row["text"]) for row in side], [row["label"] != "benign" for row in side])
        for name, side in sides.items()
    }


def wishes() -> dict[str, Detection]:
    """Over customer-support utterances; empty when the set is not there."""
    if not (EVAL_DATA / UTTERANCES).is_file():
        return {}
    said = rows(UTTERANCES)
    found = [asks_for_person(row["text"]) for row in said]
    return {"wants a person, bitext": detection(found, [bool(row["wants_human"]) for row in said])}
