"""Every table, so that one import completes the metadata."""

from app.models.audit import audit
from app.models.calibration import calibration, golden_question
from app.models.conversation import conversation, event
from app.models.desk import mention, saved_reply, step_tick
from app.models.editor import (
    draft,
    draft_comment,
    draft_save,
    folder_conflict,
    folder_import,
    publication_record,
    publish_job,
)
from app.models.gap import gap, gap_cursor, gap_question
from app.models.handoff import handoff, label
from app.models.imports import import_item, import_job, import_source
from app.models.site_token import site_token
from app.models.staff import availability, staff, staff_link, staff_picture, staff_session
from app.models.tables import metadata
from app.models.turn import turn
from app.models.webhook import webhook, webhook_delivery

__all__ = [
    "audit",
    "availability",
    "calibration",
    "conversation",
    "draft",
    "draft_comment",
    "draft_save",
    "event",
    "folder_conflict",
    "folder_import",
    "gap",
    "gap_cursor",
    "gap_question",
    "golden_question",
    "handoff",
    "import_item",
    "import_job",
    "import_source",
    "label",
    "mention",
    "metadata",
    "publication_record",
    "publish_job",
    "saved_reply",
    "site_token",
    "staff",
    "staff_link",
    "staff_picture",
    "staff_session",
    "step_tick",
    "turn",
    "webhook",
    "webhook_delivery",
]
