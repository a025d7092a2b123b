"""Reading: an import as the server has it read, without a server."""

from pathlib import Path
from typing import Any

from app.editor.imports.compose import Found
from app.editor.imports.runner import read
from app.editor.imports.work import Work
from ingest.article import Article, parse


async def found_in(path: Path, **fields: Any) -> list[Found]:
    """What a file becomes."""
    work = Work(name=fields.pop("name", path.name), path=str(path), **fields)
    return [found async for file in read(work) for found in file.found]


async def by_name(path: Path, **fields: Any) -> dict[str, Found]:
    """The same by source; no two have one name."""
    found = await found_in(path, **fields)
    named = {one.name: one for one in found}
    assert len(named) == len(found)
    return named


def article_of(found: Found) -> Article:
    """The article that was found. It must be one."""
    assert not found.is_refused, found.reason
    return parse(found.text, found.name)
