"""Variables of saved replies: ``{{order_id}}`` stands for what the conversation knows."""

import re
from collections.abc import Mapping

VARIABLES = ("visitor_name", "order_id", "agent_name", "conversation_id", "queue_name")
OPTIONAL = "visitor_name"
"""A greeting reads well without it: most visitors are anonymous."""
_LEADING = re.compile(r"^\{\{\s*visitor_name\s*\}\}[,:!]?[ \t]*(\w?)", re.MULTILINE)
_WITHIN = re.compile(r"[ \t]*\{\{\s*visitor_name\s*\}\}")
_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def only_known(text: str) -> str:
    """The text as it is. Raises ValueError naming a variable that there is not."""
    for name in _VARIABLE.findall(text):
        if name not in VARIABLES:
            known = ", ".join(f"{{{{{one}}}}}" for one in VARIABLES)
            raise ValueError(f"`{{{{{name}}}}}` is no variable; known are {known}")
    return text


def fill(text: str, values: Mapping[str, str | None]) -> tuple[str, list[str]]:
    """The text with its values, and the variables that have none. Values are not searched for variables.

    A name that nobody knows is left out with the space before it: "Hi {{visitor_name}}," becomes "Hi,".
    """
    if not (values.get(OPTIONAL) or "").strip():
        text = _WITHIN.sub("", _LEADING.sub(lambda found: found[1].upper(), text))
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        given = values.get(found[1])
        if given is None or not given.strip():
            if found[1] not in missing:
                missing.append(found[1])
            return found[0]
        return given

    return _VARIABLE.sub(value, text), missing
