"""Cursors: where a page of a list ended, as its sort values."""

import base64
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.errors import InvalidInput
from app.inbox.repository import Order


def cursor_of(row: Row[Any], order: Order, sort: str) -> str:
    """The cursor of the page behind a row."""
    values = [getattr(row, f"key_{place}") for place in range(len(order.columns))]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([sort, *plain]).encode()).decode()


def read_cursor(cursor: str, order: Order, sort: str) -> list[Any]:
    """The sort values that a cursor holds. Raises InvalidInput for one that the list never gave."""
    try:
        named, *plain = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        if named != sort or len(plain) != len(order.columns):
            raise ValueError
        return [datetime.fromisoformat(value) if isinstance(value, str) else int(value) for value in plain]
    except (ValueError, TypeError):
        raise InvalidInput("cursor: is none that this list gave; leave it out to begin at the start") from None
