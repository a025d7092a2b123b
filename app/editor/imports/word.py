"""Word: the title and text of a DOCX."""

import io
import zipfile
from pathlib import PurePosixPath

import mammoth
from bs4 import Tag

from app.editor.imports.limits import MAX_MEMBERS, MAX_RATIO, RATIO_FROM, Refused
from app.editor.imports.pages import Page, parse_fragment, to_markdown

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
"""
MAX_XML = 30_000_000
"""Bytes of one part of the document; the XML reader holds it as a tree."""


def read_word(name: str, data: bytes) -> Page:
    """The document. Raises Refused when it is encrypted, holds macros, is a bomb, or is none at all."""
    if data.startswith(OLE):
        raise Refused("is encrypted, or from before Word 2007; save it as .docx without a password")
    _check(name, data)
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(_no_image),
            external_file_access=False,
        ).value
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a library makes of a broken document
        raise Refused(f"cannot be read as a Word document ({type(error).__name__}); open and save it again") from None
    soup = parse_fragment(html)
    marked = soup.find("h1", class_="title")
    title = marked.get_text(" ", strip=True) if isinstance(marked, Tag) else ""
    if isinstance(marked, Tag):
        marked.decompose()
    tops = soup.find_all("h1")
    if not title and len(tops) == 1:
        title = tops[0].get_text(" ", strip=True)
        tops[0].decompose()
    body = to_markdown(soup, lambda href: href)
    if not body:
        raise Refused("holds no text")
    return Page(title, body)


def _no_image(_: object) -> dict[str, str]:
    """Pictures are left out; their alternative text stays."""
    return {"src": ""}


def _check(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            types = _part(parts, "[Content_Types].xml")
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError):
        raise Refused("is no Word document; save it as .docx again") from None
    names = [info.filename.lower() for info in infos]
    if (
        PurePosixPath(name).suffix.lower() in (".docm", ".dotm")
        or b"macroEnabled" in types
        or any(PurePosixPath(one).name in ("vbaproject.bin", "vbadata.xml") for one in names)
    ):
        raise Refused("holds macros; save it as .docx without them")
    if len(infos) > MAX_MEMBERS or any(
        (info.file_size > MAX_XML and info.filename.endswith((".xml", ".rels")))
        or (info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1))
        for info in infos
    ):
        raise Refused(f"unpacks to more than {MAX_RATIO} times its size or to a part that is too large, as a bomb does")


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    info = parts.getinfo(name)
    if info.file_size > RATIO_FROM:
        raise ValueError("too large")
    return parts.read(info)
