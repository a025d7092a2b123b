"""Encoding: bytes of unknown origin as text, or the line where they stop making sense."""

import codecs
import re

from app.editor.imports.limits import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
LOOK_AHEAD = 4_096
SURE_SHARE = 0.1
"""Of the bytes above ASCII: when more than this belongs to valid UTF-8 the text is UTF-8 that was damaged."""


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text, and a note when its encoding had to be guessed.

    In turn: a byte order mark, UTF-8, what ``declared`` or the page's own ``<meta charset>`` says, UTF-16 by its
    zero bytes, and Windows-1252 (which has Latin-1 in it). Raises Refused for bytes that are none of these.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name), ""
    if b"\0" in data[:LOOK_AHEAD]:
        return _strict(data, _utf16(data)), "read as UTF-16"
    try:
        return _clean(data.decode("utf-8")), ""
    except UnicodeDecodeError as error:
        broken = error
    meta = _META.search(data[:LOOK_AHEAD])
    said = declared or (meta[1].decode("ascii") if meta else "")
    if said and _is_other(said):
        return _strict(data, said), ""
    if _mostly_utf8(data):
        line = data.count(b"\n", 0, broken.start) + 1
        raise Refused(f"line {line}: holds bytes that are no UTF-8; save the file as UTF-8 again") from None
    return _strict(data, "cp1252"), "read as Windows-1252, for it is not UTF-8"


def _is_other(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "ascii") and codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False


def _strict(data: bytes, name: str) -> str:
    try:
        return _clean(data.decode(name))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"line {line}: cannot be read as {name}; save the file as UTF-8") from None


def _utf16(data: bytes) -> str:
    """Latin text has its zero bytes at odd places in little-endian order, at even ones in the other."""
    ahead = data[:LOOK_AHEAD]
    odd, even = ahead[1::2].count(0), ahead[0::2].count(0)
    if max(odd, even) < len(ahead) // 4 or min(odd, even) > max(odd, even) // 10:
        raise Refused("is no text; it holds zero bytes")
    return "utf-16-le" if odd > even else "utf-16-be"


def _mostly_utf8(data: bytes) -> bool:
    valid = data.decode("utf-8", "ignore").encode("utf-8")
    above = sum(byte > 127 for byte in data)
    return sum(byte > 127 for byte in valid) > SURE_SHARE * above


def _clean(text: str) -> str:
    if bad := _CONTROL.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        raise Refused(f"line {line}: holds the control character {bad[0]!r}; save the file as UTF-8 text")
    return text
