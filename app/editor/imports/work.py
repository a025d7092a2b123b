"""Work: what the server asks of the process that reads an import, and the lines it gets back."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.editor.imports.compose import Options


@dataclass(frozen=True)
class Work:
    """``path`` is the upload, called ``name`` by whom it came from; else ``sitemap`` is read, from ``hosts`` only.

    ``known`` and ``taken`` as in ``naming.Names``. The files before ``start`` were read already.
    """

    name: str
    path: str = ""
    sitemap: str = ""
    hosts: str = ""
    options: Options = field(default_factory=Options)
    whole: bool = False
    known: dict[str, str] = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    start: int = 0

    def to_json(self) -> bytes:
        """For the pipe."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Work":
        """From the pipe."""
        fields: dict[str, Any] = json.loads(text)
        given = fields.pop("options")
        options = Options(tuple(given["audience"]), given["locale"], given["topic"])
        fields["taken"], fields["pages"] = tuple(fields["taken"]), tuple(fields["pages"])
        return cls(**fields, options=options)

    @property
    def file(self) -> Path:
        """The upload."""
        return Path(self.path)
