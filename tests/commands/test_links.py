"""One-time links: printed at the first start and by the command line, for the desk's sign-in."""

import re
from pathlib import Path

import httpx

from tests.support.server import Server, run_baton
from tests.support.visitors import open_client
from tests.support.waiting import until

PASSWORD = "seven unrelated words do very well"
_PAGE = re.compile(r"(http://127\.0\.0\.1:\d+)/desk/welcome#(\S+)")


def use(url: str, token: str) -> httpx.Response:
    """Set a password by a link."""
    with open_client(url) as http:
        return http.post("/v1/session/password", json={"token": token, "password": PASSWORD})


def test_the_first_admins_link(tmp_path: Path) -> None:
    """The first start prints a link that sets the admin's password once; later starts print none."""
    with Server(tmp_path / "data", wait_ready=False) as server:
        found = until(lambda: _PAGE.search(server.stdout()), 10.0, "the link")
        assert "once, within 24 hours" in server.stdout()
        assert found[1] == server.url
        first = use(server.url, found[2])
        assert first.json()["me"]["role"] == "admin"
        assert use(server.url, found[2]).status_code == 401
        with open_client(server.url) as http:
            given = {"email": "admin@localhost", "password": PASSWORD}
            assert http.post("/v1/session", json=given).status_code == 200
            assert http.get("/desk/welcome").status_code == http.get("/desk").status_code
        before = len(server.stdout())
        server.restart()
        assert "/desk/welcome#" not in server.stdout()[before:]
        stored = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("baton.db*"))
        assert found[2].encode() not in stored


def test_links_of_the_command_line(tmp_path: Path) -> None:
    """`staff add --link` prints token and link, `staff link` a new one; both lead to the server of the folder."""
    folder = ("--data-dir", str(tmp_path / "data"))
    with Server(tmp_path / "data", wait_ready=False) as server:
        done = run_baton("staff", "add", "ana@shop.example", "--role", "agent", "--link", *folder)
        assert done.returncode == 0, done.stderr.decode()
        token, page = done.stdout.decode().splitlines()
        assert token.startswith("bst_")
        first = _PAGE.fullmatch(page)
        assert first is not None
        assert first[1] == server.url
        again = _PAGE.fullmatch(run_baton("staff", "link", "Ana@shop.example", *folder).stdout.decode().strip())
        assert again is not None
        assert use(server.url, first[2]).status_code == 401, "a newer link ends it"
        assert use(server.url, again[2]).json()["me"]["name"] == "ana"
        with open_client(server.url, token) as http:
            assert http.get("/v1/me").json()["by"] == "token"
    nobody = run_baton("staff", "link", "ben@shop.example", *folder)
    assert nobody.returncode == 1
    assert "ben@shop.example has no account" in nobody.stderr.decode()
