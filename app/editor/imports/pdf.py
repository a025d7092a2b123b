"""PDF: the title and text of a document, its headings told by their size."""

import io
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from app.editor.imports.limits import MAX_PDF_PAGES, Refused
from app.editor.imports.pages import SITE, Page, tidy

HEADING_RATIO = 1.12
"""A heading's letters to those of the text; the next size of type above 10 points is 11.2."""
HEADING_LENGTH = 150
SHORT_SHARE = 0.25
"""Of a box's width. In ragged text the longest word that moves to the next line is seldom longer."""
LEVELS = 3
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLET = re.compile(r"^[•◦▪‣·●○∙*–-]\s+")
_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+")
_NO_TITLE = re.compile(r"^(?:microsoft word|untitled|document\d*|.*\.(?:docx?|pdf|indd|pages|odt))", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    page: int
    box: int
    text: str
    size: float
    is_short: bool
    """It ends well before its box does: the next line begins something new."""


def read_pdf(data: bytes) -> Page:
    """The document. Raises Refused when it needs a password, holds no text, or is broken."""
    try:
        title = _title(data)
        lines = list(_lines(data))
    except (MemoryError, Refused):
        raise
    except PDFPasswordIncorrect:
        raise Refused("is encrypted; save it without a password") from None
    except Exception as error:  # noqa: BLE001  whatever a library makes of a broken document
        raise Refused(f"cannot be read as a PDF ({type(error).__name__}); print it to a new PDF") from None
    if not lines:
        raise Refused("holds no text, only pictures; scanned pages need text recognition first")
    body = tidy("\n\n".join(_blocks(_without_repeated(lines))))
    body = re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", body)
    if len(body) < 2 or body.count("(cid:") * 12 > len(body):
        raise Refused("its text cannot be read out (its fonts do not say which letters they draw)")
    if not title and body.count("\n# ") + body.startswith("# ") == 1:
        found = re.search(r"^# (.+)$", body, re.MULTILINE)
        if found and not body[: found.start()].strip():
            title, body = found[1], body[found.end() :].strip()
    elif title:
        body = tidy(re.sub(rf"(?m)^# {re.escape(title)}$\n", "", body, count=1))
    return Page(title, body)


def _title(data: bytes) -> str:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    for info in document.info:
        said = info.get("Title")
        text = SITE.sub("", " ".join(decode_text(said).split())) if isinstance(said, bytes) else ""
        if text and not _NO_TITLE.match(text):
            return text
    return ""


def _lines(data: bytes) -> Iterator[_Line]:
    pages = extract_pages(io.BytesIO(data), laparams=LAParams(), maxpages=MAX_PDF_PAGES + 1)
    for number, page in enumerate(pages):
        if number >= MAX_PDF_PAGES:
            raise Refused(f"has more than {MAX_PDF_PAGES:,} pages; split it")
        for box_number, box in enumerate(page):
            if not isinstance(box, LTTextContainer):
                continue
            for line in box:
                if not isinstance(line, LTTextLine):
                    continue
                drawn = [one for one in line if isinstance(one, LTChar) and one.get_text().strip()]
                text = " ".join(line.get_text().replace("\0", "").translate(_LIGATURES).split())
                if text and drawn:
                    size = statistics.median(letter.size for letter in drawn)
                    is_short = box.x1 - line.x1 > SHORT_SHARE * box.width
                    yield _Line(number, box_number, text, round(size, 1), is_short)


def _without_repeated(lines: list[_Line]) -> list[_Line]:
    """Without running heads and page numbers: what stands on most pages first or last, but for its digits."""
    pages = {line.page for line in lines}
    if len(pages) < 3:
        return lines
    edges: Counter[str] = Counter()
    for page in pages:
        on_page = [line for line in lines if line.page == page]
        edges.update({_shape(line.text) for line in (*on_page[:2], *on_page[-2:])})
    repeated = {shape for shape, times in edges.items() if times > len(pages) / 2}
    return [line for line in lines if _shape(line.text) not in repeated]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text.casefold())


def _blocks(lines: list[_Line]) -> Iterator[str]:
    """Headings, items of lists and paragraphs, in reading order."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    ordinary = letters.most_common(1)[0][0] if letters else 0.0
    larger = sorted({line.size for line in lines if _is_large(line, ordinary)}, reverse=True)
    level = {size: min(rank, LEVELS) for rank, size in enumerate(larger, 1)}
    before: _Line | None = None
    text, kind = "", ""
    for line in lines:
        head = "#" * level[line.size] + " " if _is_large(line, ordinary) else ""
        mark = "" if head else _mark(line.text)
        same_box = before is not None and (line.page, line.box) == (before.page, before.box)
        follows = same_box and (bool(head) or not (before and before.is_short))
        goes_on = before is not None and not mark and head == kind and (follows or _is_open(text, line))
        if goes_on:
            text = _continued(text, line.text)
        else:
            if text:
                yield text
            text = head + mark + (_BULLET.sub("", line.text) if mark == "- " else line.text)
        before, kind = line, head
    if text:
        yield text


def _is_large(line: _Line, ordinary: float) -> bool:
    return line.size >= HEADING_RATIO * ordinary and len(line.text) <= HEADING_LENGTH


def _mark(text: str) -> str:
    """What an item of a list begins with in Markdown; a number stays as it stands."""
    return "- " if _BULLET.match(text) else ""


def _is_open(text: str, line: _Line) -> bool:
    """Whether a paragraph goes on in the next box or on the next page."""
    return bool(text) and not text.startswith("#") and text[-1] not in '.!?:;"”»)' and line.text[:1].islower()


def _continued(text: str, more: str) -> str:
    if _NUMBER.match(more):
        return f"{text}\n{more}"
    if text.endswith("-") and more[:1].islower() and text[-2:-1].isalpha():
        return text[:-1] + more
    return f"{text} {more}"
