"""Standing: what is promised of answers from one knowledge version, and whether it still holds."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache

from app.answer.confidence import BASE_MODEL, ConfidenceModel, base_model
from app.answer.prompt import REWRITE, SCHEMA, SYSTEM
from app.answer.types import Certificate
from app.answer.watch import Watch
from app.settings import Settings
from ingest.ranking import RANKING


@lru_cache(maxsize=64)
def binding(kb_version: str, model: str, alpha: float, delta: float) -> str:
    """What a certificate is bound to: ``kb_version`` stands for articles, topics, chunker and embedder; the rest is
    ranking, the shipped confidence model, the language ``model`` (empty without one), the prompt, and the promise."""
    shipped = hashlib.sha256(BASE_MODEL.read_bytes()).hexdigest()
    prompt = hashlib.sha256(json.dumps([SYSTEM, REWRITE, SCHEMA]).encode()).hexdigest() if model else ""
    parts = [kb_version, RANKING, shipped, model, prompt, alpha, delta]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def binding_of(settings: Settings, kb_version: str) -> str:
    """The same for what these settings would run."""
    model = f"{settings.openai_base_url or ''} {settings.openai_model}" if settings.has_model else ""
    return binding(kb_version, model, settings.max_risk, settings.max_doubt)


@dataclass(frozen=True)
class Standing:
    """``binds`` is the binding that it was made for; whoever runs something else must not use it."""

    binds: str
    model: ConfidenceModel
    promise: Certificate
    watch: Watch = field(default_factory=lambda: Watch(()))

    @property
    def certificate(self) -> Certificate:
        """The promise; without its threshold once traffic has left what it was made of."""
        if self.promise.certified and self.watch.suspended:
            return self.promise.model_copy(
                update={"certified": False, "threshold": self.model.careful, "coverage": None, "reason": "suspended"}
            )
        return self.promise


def careful(settings: Settings) -> Standing:
    """What holds where nothing was proved: the shipped model and its careful threshold."""
    model = base_model()
    promise = Certificate(
        certified=False,
        alpha=settings.max_risk,
        delta=settings.max_doubt,
        n=0,
        threshold=model.careful,
        coverage=None,
        reason="not_calibrated",
    )
    return Standing("", model, promise)
