"""Naming: ids for articles that come without one, the same at every import."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

MAX_SLUG = 80
_LOCALES = {
    "en": "en",
    "en-us": "en",
    "en-gb": "en",
    "es": "es",
    "es-es": "es",
    "es-mx": "es",
    "es-419": "es",
    "pt": "pt-BR",
    "pt-br": "pt-BR",
}
"""Folders that only say a language: an article and its translations have one id."""
_GENERIC = frozenset({"index", "default", "readme", "home"})
_EXTENSIONS = (".html", ".htm", ".xhtml", ".php", ".aspx", ".md", ".markdown", ".docx", ".pdf", ".csv", ".tsv", ".erb")


def slug(text: str, otherwise: str = "article") -> str:
    """``text`` as an id: small letters of ASCII, digits and hyphens, at most MAX_SLUG of them."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    said = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if not said and text.strip():
        return f"{otherwise}-{_short(text)}"  # a script that ASCII has no letters for
    if len(said) > MAX_SLUG:
        said = said[: MAX_SLUG - 7].rpartition("-")[0] or said[: MAX_SLUG - 7]
        said = f"{said}-{_short(text)}"
    return said or otherwise


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _parts(name: str) -> list[str]:
    """The path of a file or an address, without extensions and pages that only stand for their folder."""
    path = unquote(urlsplit(name).path) if "://" in name else name
    parts = [part for part in PurePosixPath(path).parts if part != "/"]
    parts = [part for part in parts[:-1] if part.lower() not in _LOCALES] + parts[-1:]
    if not parts:
        return [urlsplit(name).hostname or name]
    last = parts[-1]
    while (stem := last.lower()).endswith(_EXTENSIONS):
        last = last[: stem.rindex(".")]
    if last.lower() in _GENERIC and len(parts) > 1:
        return parts[:-1]
    return [*parts[:-1], last]


def locale_in(name: str) -> str:
    """The language that a folder of the path says, or nothing."""
    path = urlsplit(name).path if "://" in name else name
    return next((_LOCALES[part.lower()] for part in PurePosixPath(path).parts[:-1] if part.lower() in _LOCALES), "")


@dataclass
class Names:
    """Which ids the files of one import get.

    ``known``: ids by file name or address, of earlier imports. ``taken``: ids of articles that came from elsewhere.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    _wanted: dict[str, str] = field(default_factory=dict)

    def plan(self, names: Iterable[str]) -> None:
        """Look at all names first: those that end alike are told apart by the folder before."""
        named = [(name, _parts(name)) for name in names]
        ends = Counter((slug(parts[-1]), locale_in(name)) for name, parts in named)
        crowded = {end for (end, _), times in ends.items() if times > 1}
        for name, parts in named:
            alone = slug(parts[-1]) not in crowded
            self._wanted[name] = slug(parts[-1] if alone else " ".join(parts[-3:]))

    def id_of(self, name: str, heading: str = "") -> str:
        """The id of a file's article; with ``heading`` of the part of it below that heading."""
        whole = f"{name}#{slug(heading)}" if heading else name
        if whole in self.known:
            return self.known[whole]
        wanted = slug(heading) if heading else self._wanted.get(name) or slug(_parts(name)[-1])
        return f"{wanted}-{_short(whole)}" if wanted in self.taken else wanted

    def target(self, name: str) -> str | None:
        """The id of what a link leads to, when it is of this import. Sites leave out of their links what they can."""
        bare = name.rstrip("/")
        for one in (name, bare, f"{bare}/", *(f"{bare}{end}" for end in (".html", ".htm", ".md", "/index.html"))):
            if one in self._wanted:
                return self.id_of(one)
        return None
