"""A sitemap is followed through one's own site and not a step out of it."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.editor.imports.compose import Found
from app.editor.imports.hosts import Hosts
from app.editor.imports.limits import Refused
from app.editor.imports.runner import read
from app.editor.imports.work import Work
from tests.editor.imports.files import page

HTML = "text/html; charset=utf-8"
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A web site on loopback: what it answers by path, and what was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                status, headers, body = site.answers.get(self.path, (404, {}, b"no"))
                self.send_response(status)
                for name, value in {"content-length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def put(self, path: str, body: str | bytes, kind: str = HTML, status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        named = {{"packed": "content-encoding"}.get(name, name): value for name, value in headers.items()}
        self.answers[path] = (status, {"content-type": kind, **named}, content)

    def sitemap(self, *paths: str, name: str = "/sitemap.xml") -> str:
        places = "".join(f"<url><loc>{path if '://' in path else self.url + path}</loc></url>" for path in paths)
        self.put(name, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>', "text/xml")
        return self.url + name

    async def read(self, sitemap: str, hosts: str = "127.0.0.1") -> dict[str, Found]:
        work = Work(name=sitemap, sitemap=sitemap, hosts=hosts)
        return {one.name: one async for file in read(work) for one in file.found}


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


async def test_every_page_becomes_an_article_whose_links_lead_to_articles(site: Site) -> None:
    site.put(
        "/help/returns",
        page("Returns", "<p>Free. See <a href='/help/refunds/'>refunds</a>, <a href='/shop'>shop</a>.</p>"),
    )
    site.put("/help/refunds", page("Refunds", "<p>Fünf Tage.</p>").encode("latin-1"), "text/html; charset=iso-8859-1")
    site.put(
        "/more.xml.gz",
        gzip.compress(
            site.answers["/help/returns"][2][:0]
            + f"<urlset><url><loc>{site.url}/help/refunds</loc></url></urlset>".encode()
        ),
        "application/gzip",
    )
    site.sitemap("/help/returns", name="/first.xml")
    index = "".join(f"<sitemap><loc>{site.url}{name}</loc></sitemap>" for name in ("/first.xml", "/more.xml.gz"))
    site.put("/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>", "text/xml")
    found = await site.read(f"{site.url}/sitemap.xml")
    returns, refunds = found[f"{site.url}/help/returns"], found[f"{site.url}/help/refunds"]
    assert (returns.article_id, refunds.article_id) == ("returns", "refunds")
    assert f"See [refunds](article:refunds), [shop]({site.url}/shop)." in returns.text
    assert "Fünf Tage." in refunds.text


async def test_what_leads_away_or_is_no_page_is_refused_and_the_rest_read(site: Site) -> None:
    site.put("/good", page("Good", "<p>Yes.</p>"))
    site.put("/moved", b"", status=301, location="/good?moved")
    site.put("/good?moved", page("Moved", "<p>Here.</p>"))
    site.put("/away", b"", status=302, location="https://elsewhere.example/")
    site.put("/inner", b"", status=302, location="http://169.254.169.254/latest/meta-data")
    site.put("/file", b"", status=302, location="file:///etc/passwd")
    site.put("/round", b"", status=302, location="/round")
    site.put("/pdf", b"%PDF", "application/pdf")
    site.put("/packed", gzip.compress(b"<p>x</p>"), HTML, packed="gzip")
    site.put("/large", b"<p>word</p>" * 500_000)
    reasons = {
        "/away": "leads to elsewhere.example, which IMPORT_HOSTS does not allow",
        "/inner": "leads to 169.254.169.254",
        "/file": "no http or https",
        "/round": "redirects more than 5 times",
        "/pdf": "is application/pdf",
        "/packed": "came packed",
        "/large": "larger than 5 MB",
        "/gone": "answered 404",
        "https://elsewhere.example/x": "IMPORT_HOSTS does not allow",
    }
    found = await site.read(site.sitemap("/good", "/moved", *reasons))
    assert {name for name, one in found.items() if not one.is_refused} == {f"{site.url}/good", f"{site.url}/moved"}
    for path, reason in reasons.items():
        assert reason in found[path if "://" in path else site.url + path].reason


async def test_a_name_that_leads_to_a_private_address_is_not_enough(site: Site) -> None:
    """``localhost`` is allowed by name; that it lies in this machine has to be said, too."""
    sitemap = site.sitemap("/good").replace("127.0.0.1", "localhost")
    with pytest.raises(Refused, match=r"private address (127\.0\.0\.1|::1)"):
        await site.read(sitemap, "localhost")
    assert site.asked == []
    site.put("/good", page("Good", "<p>Yes.</p>"))
    assert len(await site.read(sitemap, "localhost, 127.0.0.0/8, ::1")) == 1


async def test_a_sitemap_with_entities_or_without_pages_is_none(site: Site) -> None:
    site.put("/laugh.xml", '<!DOCTYPE u [<!ENTITY a "ha">]><urlset><url><loc>&a;</loc></url></urlset>', "text/xml")
    with pytest.raises(Refused, match="document type"):
        await site.read(f"{site.url}/laugh.xml")
    site.put("/page.html", page("A page", "<p>x</p>"))
    with pytest.raises(Refused, match=r"is no sitemap|names no page|document type"):
        await site.read(f"{site.url}/page.html")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fd00::1", "fe80::1", "::ffff:10.0.0.1", "224.0.0.1"])  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (address, 443))])
    with pytest.raises(Refused, match="private address"):
        Hosts.of("help.example.com").addresses("help.example.com", 443)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.215.14", 443))])
    assert Hosts.of("help.example.com").addresses("help.example.com", 443) == ["93.184.215.14"]
