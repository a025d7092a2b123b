"""Files that tests import, made on the spot: zips, Word documents, PDFs."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
"""Of passwords, as the PDF reference has it (algorithm 2)."""


def zipped(files: Mapping[str, bytes | str], path: Path) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def article(article_id: str, title: str, body: str, extra: str = "") -> str:
    """An article's file."""
    return f"---\nid: {article_id}\ntitle: {title}\nkind: faq\naudience: [buyer]\n{extra}---\n\n{body}\n"


def page(title: str, body: str, head: str = "") -> str:
    """A page of a help centre, with all that is around its text."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | Shop Help</title>{head}<style>p {{ color: red }}</style>'
        "<script>track('secretscript')</script></head><body><header><nav><a href='/'>Home of the shop</a></nav></header>"
        f"<main><h1>{title}</h1>{body}</main><aside>Popular things</aside><footer>All rights reserved</footer></body></html>"
    )


def docx(paragraphs: Sequence[tuple[str, str]], parts: Mapping[str, bytes] | None = None, kind: str = PLAIN) -> bytes:
    """A Word document of ``(style, text)`` paragraphs; ``parts`` are further files in it."""
    said = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in (
            ("Title", "Title"),
            ("Heading1", "heading 1"),
            ("Heading2", "heading 2"),
            ("Normal", "Normal"),
        )
    )
    relations = RELATIONS.replace("word/document.xml", "styles.xml").replace('officeDocument"', 'styles"')
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(kind))
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{said}</w:body></w:document>')
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>')
        archive.writestr("word/_rels/document.xml.rels", relations)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def pdf(pages: Sequence[Sequence[tuple[float, str]]], password: str = "") -> bytes:
    """A PDF whose pages hold ``(size, text)`` lines, encrypted (RC4, 40 bits) when there is a password."""
    number = 3
    kids, objects = [], {}
    for lines in pages:
        y, drawn = 760.0, []
        for size, text in lines:
            y -= size * 1.6
            safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn.append(f"BT /F1 {size} Tf 60 {y:.1f} Td ({safe}) Tj ET")
        content = "\n".join(drawn).encode("cp1252")
        number += 1
        kids.append(f"{number} 0 R")
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        number += 1
        if password:
            content = _rc4(hashlib.md5(_key(password) + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10], content)
        objects[number] = b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    return _file(objects, password)


def _file(objects: Mapping[int, bytes], password: str) -> bytes:
    out, places = b"%PDF-1.4\n", {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    out += b"trailer\n<< /Size %d /Root 1 0 R " % (len(objects) + 1)
    if password:
        user = _rc4(_key(password), PADDING).hex()
        encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{OWNER.hex()}> /U <{user}> /P -4 >> /ID [<00> <00>]"
        out += encrypt.encode()
    return out + b">>\nstartxref\n%d\n%%%%EOF\n" % table


OWNER = bytes(range(32))


def _key(password: str) -> bytes:
    padded = (password.encode() + PADDING)[:32]
    return hashlib.md5(padded + OWNER + struct.pack("<i", -4) + b"\0").digest()[:5]


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
