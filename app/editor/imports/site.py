"""Site: the pages that a sitemap names, read one after the other, politely and with an eye on the door."""

import gzip
import io
import zlib
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urldefrag, urljoin
from xml.parsers import expat

import httpcore

from app.editor.imports.connect import CheckedBackend
from app.editor.imports.hosts import Hosts
from app.editor.imports.limits import MAX_NAME, SIZES, Refused

MAX_PAGES = 10_000
MAX_SITEMAPS = 50
MAX_SITEMAP = 20_000_000
MAX_REDIRECTS = 5
STEP_SECONDS = 10.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PAGES = ("text/html", "application/xhtml+xml")
AGENT = "Baton import (help centre)"


@dataclass(frozen=True)
class Reply:
    """``url`` is where the last redirect led."""

    url: str
    type: str
    charset: str
    content: bytes


class Site:
    """A context manager: the connections to a site whose ``hosts`` are allowed."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._pool = httpcore.ConnectionPool(
            network_backend=CheckedBackend(hosts), max_connections=2, keepalive_expiry=10.0
        )

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self._pool.close()

    def pages(self, sitemap: str) -> list[str]:
        """Addresses of all pages, those of sitemaps of sitemaps too, each once. Raises Refused."""
        waiting, seen, found = [sitemap], {sitemap}, dict[str, None]()
        while waiting:
            url = waiting.pop(0)
            pages, maps = _locations(_unpacked(self.get(url, MAX_SITEMAP)))
            for one in maps:
                place = urljoin(url, one)
                if place not in seen:
                    seen.add(place)
                    waiting.append(place)
            if len(seen) > MAX_SITEMAPS:
                raise Refused(f"names more than {MAX_SITEMAPS} sitemaps; import one of them at a time")
            found.update((urldefrag(urljoin(url, one)).url[: MAX_NAME + 1], None) for one in pages)
            if len(found) > MAX_PAGES:
                raise Refused(f"names more than {MAX_PAGES:,} pages; import a smaller sitemap")
        if not found:
            raise Refused("names no page; give the address of a sitemap.xml")
        return list(found)

    def page(self, url: str) -> Reply:
        """A page. Raises Refused for what is none."""
        if len(url) > MAX_NAME:
            raise Refused(f"its address is longer than {MAX_NAME} characters")
        reply = self.get(url, SIZES["html"])
        if reply.type not in PAGES:
            raise Refused(f"is {reply.type or 'of no type'}, no HTML page")
        return reply

    def get(self, url: str, most: int) -> Reply:
        """What an address gives, through redirects that stay with us. Raises Refused."""
        for _ in range(MAX_REDIRECTS + 1):
            self._hosts.check(url)
            try:
                reply = self._once(url, most)
            except httpcore.TimeoutException:
                raise Refused(f"did not answer within {STEP_SECONDS:.0f} seconds") from None
            except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
                raise Refused(f"cannot be read ({type(error).__name__})") from None
            if isinstance(reply, Reply):
                return reply
            url = urljoin(url, reply)
        raise Refused(f"redirects more than {MAX_REDIRECTS} times")

    def _once(self, url: str, most: int) -> Reply | str:
        """The reply, or where it sends us."""
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), STEP_SECONDS)
        accepted = "text/html, application/xml;q=0.9"
        headers = [("user-agent", AGENT), ("accept", accepted), ("accept-encoding", "identity")]
        with self._pool.stream("GET", _ascii(url), headers=headers, extensions={"timeout": timeouts}) as answer:
            given = {name.lower(): value for name, value in answer.headers}
            if answer.status in REDIRECTS and given.get(b"location"):
                return given[b"location"].decode("utf-8", "replace")
            if answer.status != 200:
                raise Refused(f"answered {answer.status}")
            if given.get(b"content-encoding", b"identity").lower() != b"identity":
                raise Refused("came packed, though it was asked for as it is")
            pieces, size = [], 0
            for piece in answer.iter_stream():
                size += len(piece)
                if size > most:
                    raise Refused(f"is larger than {most / 1e6:,.0f} MB")
                pieces.append(piece)
        kind, _, rest = given.get(b"content-type", b"").decode("ascii", "replace").partition(";")
        charset = rest.partition("charset=")[2].strip(" \"'").split(";")[0]
        return Reply(url, kind.strip().lower(), charset, b"".join(pieces))


def _ascii(url: str) -> str:
    """The address as it goes over the wire."""
    try:
        import httpx  # noqa: PLC0415  its parser escapes what people write

        return str(httpx.URL(url))
    except httpx.InvalidURL:
        raise Refused("is no address of a page") from None


def _unpacked(reply: Reply) -> bytes:
    if not reply.content.startswith(b"\x1f\x8b"):
        return reply.content
    try:
        with gzip.open(io.BytesIO(reply.content)) as stream:
            content = stream.read(MAX_SITEMAP + 1)
    except (OSError, EOFError, zlib.error):
        raise Refused("its sitemap cannot be unpacked") from None
    if len(content) > MAX_SITEMAP:
        raise Refused(f"its sitemap is larger than {MAX_SITEMAP / 1e6:,.0f} MB")
    return content


def _locations(xml: bytes) -> tuple[list[str], list[str]]:
    """Addresses of pages, and of further sitemaps. A document type is refused: entities have no business here."""
    pages: list[str] = []
    maps: list[str] = []
    path: list[str] = []
    text: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        text.clear()

    def end(_: str) -> None:
        said = "".join(text).strip()
        if path[-2:] == ["url", "loc"] and said:
            pages.append(said)
        elif path[-2:] == ["sitemap", "loc"] and said:
            maps.append(said)
        path.pop()
        text.clear()

    def refuse(*_: object) -> None:
        raise Refused("its sitemap has a document type, which sitemaps do not have")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Refused(f"is no sitemap ({error}); give the address of a sitemap.xml") from None
    return pages, maps
