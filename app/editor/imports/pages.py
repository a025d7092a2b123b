"""Pages: what a reader of an HTML page came for, as Markdown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, Tag
from markdownify import MarkdownConverter

from app.editor.imports.limits import Refused

_DROPPED = (
    "script style noscript template svg math canvas iframe object embed audio video map input select textarea nav "
    "aside footer dialog link meta"
).split()
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu", "menubar"})
_FURNITURE = re.compile(
    r"(?:^|[-_])(?:breadcrumbs?|cookies?|cookie-?banner|navbar|side-?bar|pagination|pager|skip-?(?:link|nav)|"
    r"share|social|sr-only|visually-hidden|screen-reader-text|related(?:-?articles)?|vote|feedback)(?:$|[-_])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SITE = re.compile(r"\s+(?:[|–—·»]|-)\s+[^|–—·»]{1,60}$")
"""The site's name behind a title."""
_CONTENTS = re.compile(
    r"(?:in this (?:article|guide|page)|on this page|(?:table of )?contents|jump to|en este artículo|en esta página|"
    r"contenido|índice|neste artigo|nesta página|conteúdo|sumário)\b[^.]{0,20}$",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"(?:related|see also|further reading|more (?:articles|help)|learn more|artículos relacionados|véase también|"
    r"ver también|más información|artigos relacionados|veja também|saiba mais)\b[^.]{0,20}$",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
KEPT_SHARE = 0.2
"""Of the text: when taking furniture away leaves less, it was no furniture."""

Resolve = Callable[[str], str]
"""A link's address as the article has it, or nothing when it leads nowhere from there."""


@dataclass(frozen=True)
class Page:
    """``body`` is Markdown whose headings begin at ``##``; ``locale`` is what the page says of itself, if it does."""

    title: str
    body: str
    locale: str = ""


class _Converter(MarkdownConverter):
    """Pictures become their alternative text, in italics: articles hold no pictures."""

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        alt = " ".join(str(el.get("alt") or "").split())
        return f"*{alt}*" if alt and not _is_file_name(alt) else ""


_converter = _Converter(
    heading_style="ATX",
    bullets="-",
    escape_underscores=False,
    table_infer_header=True,
    autolinks=False,
    newline_style="BACKSLASH",
)


def read_page(html: str, resolve: Resolve = lambda href: href) -> Page:
    """The page's title and text. Raises Refused when it holds none."""
    soup = BeautifulSoup(html, "html.parser")
    head = soup.find("title")
    root = soup.find("html")
    locale = _attribute(root, "lang") if isinstance(root, Tag) else ""
    main = _main(soup)
    _strip(main)
    heading = next((one for one in main.find_all("h1") if one.get_text(strip=True)), None)
    title = _line(heading) if heading else SITE.sub("", _line(head)) if head else ""
    if heading:
        heading.decompose()
    body = to_markdown(main, resolve)
    if not body:
        raise Refused("holds no text beside navigation and scripts")
    return Page(title, body, locale)


def parse_fragment(html: str) -> BeautifulSoup:
    """HTML that is all content, such as a converter's."""
    return BeautifulSoup(html, "html.parser")


def to_markdown(part: Tag, resolve: Resolve) -> str:
    """Markdown of a part of a page. Raises Refused when it is nested deeper than any text is."""
    _signposts(part)
    _terms(part)
    _emphasis(part)
    _links(part, resolve)
    _headings(part)
    try:
        markdown = _converter.convert_soup(part)
    except RecursionError:
        raise Refused("is nested too deep to be a text") from None
    return tidy(re.sub(r"(?<=[^\s*])\*{4}(?=[^\s*])", "", str(markdown)))  # two bold pieces side by side are one


def tidy(markdown: str) -> str:
    """No spaces at ends of lines, at most one empty line, and only ordinary spaces."""
    text = re.sub("[\u200b\u200c\u200d\u2060\ufeff\u00ad]", "", markdown.replace("\u00a0", " "))
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    text = re.sub(r"(?:^|(?<!\\))\\\n(?=\n|\Z)|^\\$", "\n", text + "\n", flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _main(soup: BeautifulSoup) -> Tag:
    """The part that says of itself that it is the content; else the body."""
    articles = soup.find_all("article")
    named = soup.find("main") or soup.find(None, {"role": "main"})
    if named is None and len(articles) == 1:
        named = articles[0]
    found = named if isinstance(named, Tag) and named.get_text(strip=True) else soup.find("body")
    return found if isinstance(found, Tag) else soup


def _strip(main: Tag) -> None:
    for comment in main.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for header in main.find_all("header"):
        if header.find(_HEADINGS) is None:
            header.decompose()
    for tag in main.find_all(_DROPPED):
        tag.decompose()
    for button in main.find_all(["button", "summary"]):
        _button(button)
    whole = len(main.get_text())
    unwanted = [tag for tag in main.find_all(True) if _is_unwanted(tag)]
    sizes = sum(len(tag.get_text()) for tag in unwanted if not any(parent in unwanted for parent in tag.parents))
    for tag in unwanted:
        if _says_hidden(tag) or whole - sizes > KEPT_SHARE * whole:
            tag.decompose()


def _button(tag: Tag) -> None:
    """Accordions have their headings in buttons; other buttons do something that an article cannot."""
    if tag.name == "summary":
        if tag.find(_HEADINGS) is None:
            tag.name = "h3"
        else:
            tag.unwrap()
    elif tag.find_parent(_HEADINGS) or tag.find(_HEADINGS):
        tag.unwrap()
    else:
        tag.decompose()


def _is_unwanted(tag: Tag) -> bool:
    if _says_hidden(tag) or _attribute(tag, "role").lower() in _ROLES:
        return True
    names = [*str(tag.get("id") or "").split(), *(tag.get("class") or [])]
    return tag.name not in ("body", "main", "article") and any(_FURNITURE.search(name) for name in names)


def _says_hidden(tag: Tag) -> bool:
    return (
        tag.has_attr("hidden")
        or _attribute(tag, "aria-hidden") == "true"
        or bool(_HIDDEN.search(_attribute(tag, "style")))
    )


def _signposts(part: Tag) -> None:
    """Lists of a page's own headings, and of further pages below its end, are for readers of pages, not of answers."""
    for found in part.find_all(["ul", "ol"]):
        links = _only_links(found)
        before = found.find_previous_sibling()
        above = _line(before) if isinstance(before, Tag) else ""
        is_own = bool(links) and all(_attribute(link, "href").startswith("#") for link in links)
        is_further = bool(links) and bool(_FURTHER.match(above)) and not _text_behind(found, part)
        if is_own or is_further:
            if isinstance(before, Tag) and (is_further or _CONTENTS.match(above)):
                before.decompose()
            found.decompose()


def _terms(part: Tag) -> None:
    """Lists of terms, which Markdown does not have, as bold lines with their text below."""
    for term in part.find_all("dt"):
        term.name = "strong"
        term.wrap(Tag(name="p"))
    for text in part.find_all(["dd", "dl"]):
        text.name = "div"


def _emphasis(part: Tag) -> None:
    """Emphasis of nothing, or within the same, is what editors of pages leave behind."""
    for names in (["b", "strong"], ["i", "em"]):
        for tag in part.find_all(names):
            if tag.find_parent(names) or not (tag.get_text(strip=True) or tag.find("img")):
                tag.unwrap()


def _only_links(found: Tag) -> list[Tag]:
    """The links of a list that holds nothing else."""
    links = found.find_all("a")
    rest = len("".join(found.get_text().split())) - sum(len("".join(link.get_text().split())) for link in links)
    return list(links) if rest == 0 else []


def _text_behind(found: Tag, part: Tag) -> bool:
    """Whether the part goes on behind a list."""
    for one in found.next_elements:
        if isinstance(one, str) and one.strip() and found not in one.parents:
            return part in one.parents
    return False


def _links(part: Tag, resolve: Resolve) -> None:
    for link in part.find_all("a"):
        href = _attribute(link, "href").strip()
        target = resolve(href) if href and not href.startswith("#") else ""
        if link.find("img") and not link.get_text(strip=True):
            target = ""  # a picture that opens itself
        if target and urlsplit(target).scheme in ("http", "https", "mailto", "article"):
            link["href"] = target
            del link["title"]
        else:
            link.unwrap()


def _headings(part: Tag) -> None:
    """The title is the article's ``#``; its headings begin at ``##`` and lose what Markdown needs no second time."""
    headings = [heading for heading in part.find_all(_HEADINGS) if heading.get_text(strip=True)]
    lower = 2 - min((int(heading.name[1]) for heading in headings), default=2)
    for heading in part.find_all(_HEADINGS):
        if heading not in headings:
            heading.unwrap()
            continue
        heading.name = f"h{min(6, int(heading.name[1]) + lower)}"
        for bold in heading.find_all(["b", "strong"]):
            bold.unwrap()


def within(base: str) -> Resolve:
    """Links of a page at ``base``, made absolute."""

    def resolve(href: str) -> str:
        try:
            return urldefrag(urljoin(base, href)).url if not urlsplit(href).fragment else urljoin(base, href)
        except ValueError:
            return ""

    return resolve


def _attribute(tag: Tag, name: str) -> str:
    value: Any = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "")


def _line(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def _is_file_name(alt: str) -> bool:
    return bool(re.fullmatch(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp)", alt, re.IGNORECASE))
