"""HostPage: somebody else's site, at an origin of its own, with the widget in it."""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

SHOP = "<h1>My shop</h1><p>A page of somebody else's.</p><button>Buy</button>"


class HostPage:
    """Serves one page, and a stylesheet at ``/page.css``, from entering the block to leaving it."""

    def __init__(self, widget_url: str, attributes: str = "", body: str = SHOP, css: str = "", head: str = "") -> None:
        self.script = f'<script src="{widget_url}/widget.js" data-baton {attributes}></script>'
        self.html = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="stylesheet" '
            f'href="/page.css">{head}</head><body>{body}{self.script}</body></html>'
        )
        self.css = css
        self.headers: Mapping[str, str] = {}
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "HostPage":
        self._thread.start()
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://localhost:{self._http.server_address[1]}"


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, page: HostPage) -> None:
        self.page = page
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Http

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        page = self.server.page
        is_css = self.path.startswith("/page.css")
        body = (page.css if is_css else page.html).encode()
        self.send_response(204 if self.path == "/favicon.ico" else 200)
        self.send_header("content-type", f"text/{'css' if is_css else 'html'}; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.path != "/favicon.ico":
            self.wfile.write(body)
