"""Detectors: orders to the assistant, and the wish for a person, on public messages, by rules and hints together."""

import hashlib

from app.answer.hints import Hints, hint_model, texts_to_hear
from app.answer.injection import is_injection
from app.answer.person import asks_for_person
from evals.datasets.public import EVAL_DATA, rows
from evals.scorers.detection import Detection, detection
from ingest.embed import minilm

INJECTION = "adversarial/injection.jsonl"
UTTERANCES = "bitext_intents/queries.jsonl"


def heard(text: str) -> Hints:
    """What the hints hear in a message, as the answerer asks them."""
    texts = texts_to_hear(text)
    return hint_model().hear(texts, [minilm().vector(one) for one in texts], minilm().name)


def gives_orders(text: str) -> bool:
    """Whether a model would not be asked."""
    return is_injection(text) or heard(text).order > 0


def wants_person(text: str) -> bool:
    """Whether a person would take over."""
    return asks_for_person(text) or heard(text).person > 0


def injection() -> dict[str, Detection]:
    """Over all messages, and over the half that nothing was fitted on; empty when the set is not there."""
    if not (EVAL_DATA / INJECTION).is_file():
        return {}
    messages = rows(INJECTION)
    held_back = [row for row in messages if hashlib.sha256(row["id"].encode()).digest()[0] >= 128]
    sides = {"injection, all": messages, "injection, half that nothing was fitted on": held_back}
    return {
        name: detection([gives_orders(row["text"]) for row in side], [row["label"] != "benign" for row in side])
        for name, side in sides.items()
    }


def wishes() -> dict[str, Detection]:
    """Over the customer-support utterances that nothing was fitted on; empty when the set is not there."""
    if not (EVAL_DATA / UTTERANCES).is_file():
        return {}
    said = [row for row in rows(UTTERANCES) if row["split"] != "train"]
    found = [wants_person(row["text"]) for row in said]
    return {"wants a person, bitext": detection(found, [bool(row["wants_human"]) for row in said])}
