"""What the API of whole folders and of other systems that push articles takes and gives."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.editor.folder.plan import ConflictKind
from ingest.article import MAX_BYTES

MAX_FILES = 50_000


class KnowledgeFile(BaseModel):
    """One file of a knowledge folder; ``path`` is named in errors, and where an export writes it again."""

    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(max_length=1_000)]
    text: Annotated[str, Field(max_length=MAX_BYTES)]


class KnowledgeFolder(BaseModel):
    """A whole folder: what it brought earlier and is not in it any more is removed. ``root``: how its files' paths
    begin; ``place``: which folder it is, to know what was exported to it."""

    model_config = ConfigDict(extra="forbid")

    files: Annotated[list[KnowledgeFile], Field(max_length=MAX_FILES)]
    topics: Annotated[str, Field(max_length=MAX_BYTES)] | None = None
    golden: Annotated[str, Field(max_length=MAX_BYTES)] | None = None
    topics_path: Annotated[str, Field(max_length=1_000)] = "topics.toml"
    root: Annotated[str, Field(max_length=1_000)] = ""
    place: Annotated[str, Field(max_length=1_000)] = ""
    dry_run: bool = False


class FolderConflict(BaseModel):
    """An article that was changed in the folder and in the console; nothing of either is lost."""

    article_id: str
    locale: str
    path: str
    kind: ConflictKind


class Outcome(BaseModel):
    """What a publish did. ``switched`` is false when all of it was live already; ``conflicts`` were not imported."""

    counts: dict[str, int]
    embedded: int
    switched: bool
    kb_version: str
    conflicts: list[FolderConflict] = []


class ExportedFile(BaseModel):
    path: str
    text: str
    article_id: str
    locale: str
    content_hash: str


class ExportedFolder(BaseModel):
    files: list[ExportedFile]
