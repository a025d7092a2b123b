"""Files of a folder on disk: read to import, written by an export."""

from collections.abc import Sequence
from pathlib import Path

from app.editor.folder.service import Exported, FolderFile, is_within
from ingest.article import Article, folder_files, parse, read_files, text_of
from ingest.errors import InvalidArticles


def folder_file(root: str, name: str, text: str, article: Article) -> FolderFile:
    """A file by its path within ``root``."""
    return FolderFile(name.removeprefix(root).lstrip("/") if root else name, text, article)


def read(folder: Path) -> list[FolderFile]:
    """Every article below ``folder``. Raises InvalidArticles naming every fault in every file."""
    files = folder_files(folder)
    articles = read_files(files)
    return [
        folder_file(str(folder), name, text_of(content, name), article)
        for (name, content), article in zip(files, articles, strict=True)
    ]


def write(folder: Path, files: Sequence[Exported]) -> tuple[int, list[Path]]:
    """Write what differs, to the byte: how many files that were, and files of articles that are live no more, which
    are left alone."""
    written = 0
    for one in files:
        assert is_within(one.path)
        path = folder / one.path
        content = one.text.encode("utf-8")
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".md.tmp")
        scratch.write_bytes(content)
        scratch.replace(path)
        written += 1
    return written, _left(folder, files)


def _left(folder: Path, files: Sequence[Exported]) -> list[Path]:
    ours = {folder / one.path for one in files}
    left = []
    for name, content in folder_files(folder):
        if Path(name) not in ours:
            try:
                parse(text_of(content, name), name)
            except InvalidArticles:
                continue
            left.append(Path(name))
    return left
