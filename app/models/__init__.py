"""Every table, so that one import completes the metadata."""

from app.models.calibration import calibration, golden_question
from app.models.conversation import conversation, event
from app.models.handoff import handoff
from app.models.site_token import site_token
from app.models.staff import staff
from app.models.tables import metadata
from app.models.turn import turn

__all__ = [
    "calibration",
    "conversation",
    "event",
    "golden_question",
    "handoff",
    "metadata",
    "site_token",
    "staff",
    "turn",
]
