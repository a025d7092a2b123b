"""Convert: one file's content to articles, by its kind."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urldefrag, urlsplit

from app.editor.imports.compose import Found, Options, compose
from app.editor.imports.encoding import decode
from app.editor.imports.limits import SIZES, Refused
from app.editor.imports.naming import Names, locale_in

KINDS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".docx": "docx",
    ".docm": "docx",
    ".dotm": "docx",
    ".pdf": "pdf",
}
ASSETS = frozenset(
    ".png .jpg .jpeg .gif .svg .webp .bmp .ico .css .js .mjs .map .json .xml .txt .woff .woff2 .ttf .eot .otf .mp4 "
    ".webm .mp3 .toml .jsonl .yml .yaml".split()
)
"""What belongs to a site and is no article."""
_ARCHIVE = "http://archive.invalid/"
"""Where the files of an archive stand while links between them are followed; RFC 6761 keeps the name free."""


def kind_of(name: str) -> str:
    """``markdown``, ``html``, ``csv``, ``docx`` or ``pdf``. Raises Refused for anything else."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in KINDS:
        return KINDS[suffix]
    if suffix == ".doc":
        raise Refused("is from before Word 2007; save it as .docx")
    raise Refused("is no Markdown, HTML, DOCX, PDF or CSV")


def most_bytes(name: str) -> int:
    """How large a file of this kind may be."""
    return SIZES[kind_of(name)]


def convert(name: str, data: bytes, names: Names, options: Options, whole: bool, charset: str = "") -> Iterator[Found]:
    """The articles in a file, or what of it was refused. Raises Refused for the file as a whole."""
    kind = kind_of(name)
    if not data.strip():
        raise Refused("is empty")
    if kind in ("docx", "pdf"):
        yield from _document(kind, name, data, names, options, whole)
        return
    text, note = decode(data, charset)
    if kind == "markdown":
        from app.editor.imports.markdown_file import read_markdown  # noqa: PLC0415  each loads what it needs

        yield read_markdown(name, text, names, options, note)
    elif kind == "csv":
        from app.editor.imports.table import read_table  # noqa: PLC0415

        yield from read_table(name, text, names, options, note)
    else:
        yield convert_page(name, text, names, options, note)


def convert_page(name: str, html: str, names: Names, options: Options, note: str = "") -> Found:
    """The article of a page; ``name`` is its address, or its path in an archive, to which its links are relative."""
    from app.editor.imports.pages import read_page, within  # noqa: PLC0415

    is_web = "://" in name
    absolute = within(name if is_web else f"{_ARCHIVE}{quote(name)}")

    def resolve(href: str) -> str:
        url = absolute(href)
        is_ours = url.startswith(_ARCHIVE)
        place = unquote(urlsplit(url).path.lstrip("/")) if is_ours else urldefrag(url).url
        if target := names.target(place):
            return f"article:{target}"
        return "" if is_ours else url

    page = read_page(html, resolve)
    return compose(
        name,
        names.id_of(name),
        page.title,
        page.body,
        options,
        note,
        locale=options.locale or locale_in(name) or page.locale,
    )


def _document(kind: str, name: str, data: bytes, names: Names, options: Options, whole: bool) -> Iterator[Found]:
    from app.editor.imports.sections import articles  # noqa: PLC0415

    if kind == "docx":
        from app.editor.imports.word import read_word  # noqa: PLC0415

        page = read_word(name, data)
    else:
        from app.editor.imports.pdf import read_pdf  # noqa: PLC0415

        page = read_pdf(data)
    yield from articles(name, page.title, page.body, whole, names, options)
