"""What the calibration's API says."""

from pydantic import BaseModel

from app.answer.types import Certificate


class CalibrationReport(BaseModel):
    """The live version's certificate and what it was made from. ``sources`` counts the questions by where their wording
    comes from; ``losses`` are mean log losses of the models that were tried; ``traffic`` counts the visitors' questions
    that were compared with them since; ``under_way`` says that a newer one is being made."""

    kb_version: str
    certificate: Certificate
    why: str
    model: str
    losses: dict[str, float]
    unanswerable_share: float
    sources: dict[str, int]
    topics: dict[str, dict[str, float | None]]
    traffic: int
    under_way: bool
