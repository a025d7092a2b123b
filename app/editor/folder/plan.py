"""Plan: what an import of a folder does to each article, when the console may have changed it too.

A file that is what it was at its last import, or as we last wrote it, says nothing new: whatever is live stays. A file
that was changed replaces what it was made from. Where both were changed nobody can say which is right: that is a
conflict, which is shown, and nothing is lost of either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.editor.keys import Key

ConflictKind = Literal["both_changed", "both_added", "removed_here", "removed_there"]
"""``removed_here``: in the console, and the file was changed. ``removed_there``: the file is gone, and the console
changed the article."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Content hashes of a file: at its last import, and as it was last written; ``here``: to this folder."""

    imported: str
    exported: str | None = None
    here: bool = False

    def knew(self, live: str) -> bool:
        """Whether who changed the file could see what is live."""
        return live == self.imported or (live == self.exported and self.here)


@dataclass(frozen=True, slots=True)
class Plan:
    """``take`` and ``remove`` are published; ``same`` files say what is live; ``seen`` are those to be remembered as
    they are now, ``forget`` those whose file and article are gone."""

    take: set[Key] = field(default_factory=set)
    remove: set[Key] = field(default_factory=set)
    same: set[Key] = field(default_factory=set)
    forget: set[Key] = field(default_factory=set)
    conflicts: dict[Key, ConflictKind] = field(default_factory=dict)

    @property
    def seen(self) -> set[Key]:
        return self.take | self.same


def plan(files: Mapping[Key, str], live: Mapping[Key, str], memory: Mapping[Key, Seen]) -> Plan:
    """``files`` and ``live`` are content hashes; ``memory`` is what earlier imports left."""
    made = Plan()
    for key, file in files.items():
        _file(made, key, file, live.get(key), memory.get(key))
    for key in memory.keys() - files.keys():
        now, seen = live.get(key), memory[key]
        if now is None:
            made.forget.add(key)
        elif seen.knew(now):
            made.remove.add(key)
            made.forget.add(key)
        else:
            made.conflicts[key] = "removed_there"
    return made


def _file(made: Plan, key: Key, file: str, now: str | None, seen: Seen | None) -> None:
    if file == now:
        made.same.add(key)
    elif seen is None:
        if now is None:
            made.take.add(key)
        else:
            made.conflicts[key] = "both_added"
    elif file in (seen.imported, seen.exported):
        return
    elif now is None:
        made.conflicts[key] = "removed_here"
    elif seen.knew(now):
        made.take.add(key)
    else:
        made.conflicts[key] = "both_changed"
