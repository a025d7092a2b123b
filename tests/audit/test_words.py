"""Whatever the program writes into the audit log has words at the desk."""

import ast
import re
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
WORDS = APP / "web" / "console" / "words" / "en-audit.ts"
COMPOSED = {
    "conversation.read",
    "conversation.claimed",
    "conversation.taken_over",
    *(f"draft.{action}" for action in ("request", "approve", "reject")),
    *(f"knowledge.{kind}" for kind in ("publish", "rollback", "ingest", "push")),
}
"""Names that are put together, or chosen, where they are written."""


def written() -> set[str]:
    """The names that stand as they are in calls of ``record`` and ``entry``."""
    found = set()
    for file in APP.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name in ("record", "entry"):
                values = [one.value for one in call.args if isinstance(one, ast.Constant)]
                found |= {one for one in values if isinstance(one, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", one)}
    return found


def test_every_action_has_words() -> None:
    """And every word belongs to an action."""
    text = WORDS.read_text(encoding="utf-8").partition("actions: {")[2].partition("} as ")[0]
    known = set(re.findall(r'^ *"([a-z_.]+)":', text, re.MULTILINE))
    assert len(written()) > 30
    assert known == written() | COMPOSED
