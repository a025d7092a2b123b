"""Whatever is sent: a problem document or an answer, never a 500, and nothing that was accepted is lost."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from evals.datasets.public import EVAL_DATA, rows
from tests.support.promises import once
from tests.support.questions import TWICE
from tests.support.server import Server, run_baton
from tests.support.visitors import Talk, Visitor

BLNS = "adversarial/blns.jsonl"
needs_strings = pytest.mark.skipif(not (EVAL_DATA / BLNS).is_file(), reason=f"needs {BLNS} below EVAL_DATA")
PER_TALK = 25

NOT_OBJECTS = [b"", b"{", b"[]", b"null", b'"text"', b"1", b"\xff\xfe", b"{'a':1}", b'{"text":', b"[" * 60_000, b"NaN"]
RAW_TEXTS = [
    b'""',
    b'"   \\n\\t "',
    b'"\\u0000"',
    b'"a\\u0000b"',
    b'"\\ud800"',
    b'"x\\udfff\\ud83dx"',
    b'"\\ude00\\ud83d"',
    b"null",
    b"1",
    b"1e400",
    b"-0",
    b"9" * 5_000,
    b"true",
    b"[]",
    b'["a"]',
    b"{}",
    b'"\xed\xa0\x80"',
    b'"\xff"',
    b'"\x01"',
    b'"' + b"a" * 4_001 + b'"',
]


def is_problem(answer: httpx.Response) -> None:
    """A refusal that says what is wrong, as RFC 9457 has it."""
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:500])
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.text


def is_well(answer: httpx.Response) -> None:
    """An answer, or a refusal that is one."""
    if answer.status_code >= 400:
        is_problem(answer)


def raw(http: httpx.Client, path: str, body: bytes) -> httpx.Response:
    """POST bytes as JSON."""
    return http.post(path, content=body, headers={"content-type": "application/json"})


def paths(talk: Talk) -> list[str]:
    """Every route of a visitor's that takes a body."""
    own = [f"{talk.path}/{what}" for what in ("messages", "handoff", "contact", "feedback", "rating")]
    return ["/v1/visitors", "/v1/conversations", "/v1/answers", *own]


@pytest.mark.parametrize("body", NOT_OBJECTS, ids=lambda body: str(body[:12]))
def test_bodies_that_are_no_objects(talk: Talk, body: bytes) -> None:
    """Broken JSON and JSON of another shape are refused by every route that takes a body."""
    for path in paths(talk):
        answer = raw(talk.http, path, body)
        if path.endswith("/handoff") and body in (b"", b"null"):
            assert answer.status_code == 202
        else:
            is_problem(answer)


@pytest.mark.parametrize("text", RAW_TEXTS, ids=lambda text: str(text[:14]))
def test_texts_that_are_none(talk: Talk, text: bytes) -> None:
    """Empty, NUL, halves of characters, other types, too long: refused as a question and as a message."""
    is_problem(raw(talk.http, f"{talk.path}/messages", b'{"client_id":"x","text":' + text + b"}"))
    is_problem(raw(talk.http, "/v1/answers", b'{"question":' + text + b"}"))
    assert talk.events() == []


@pytest.mark.parametrize("text", RAW_TEXTS, ids=lambda text: str(text[:14]))
def test_no_other_field_breaks_the_server(talk: Talk, text: bytes) -> None:
    """The same in every other field: ids, languages, notes, comments, histories, contexts, numbers."""
    bodies = {
        "/v1/visitors": (b'{"locale":%s}', b'{"audience":%s}', b'{"token":%s}'),
        "/v1/conversations": (
            b'{"locale":%s}',
            b'{"context":%s}',
            b'{"context":{"order_id":%s}}',
            b'{"context":{"article_id":%s,"page":%s}}',
        ),
        "/v1/answers": (
            b'{"question":"How do I change my email address?","locale":%s}',
            b'{"question":"and that?","history":[{"role":"user","text":%s}]}',
            b'{"question":"and that?","history":[{"role":%s,"text":"x"}]}',
            b'{"question":"and that?","history":%s}',
            b'{"question":"How do I change my email address?","exclude_articles":[%s]}',
        ),
        f"{talk.path}/messages": (b'{"text":"hello","client_id":%s}',),
        f"{talk.path}/feedback": (b'{"seq":%s,"helpful":true}', b'{"seq":1,"helpful":%s,"comment":%s}'),
        f"{talk.path}/rating": (b'{"stars":%s}', b'{"stars":5,"solved":%s}', b'{"stars":5,"comment":%s}'),
        f"{talk.path}/handoff": (b'{"note":%s}',),
        f"{talk.path}/contact": (
            b'{"reach":%s,"client_id":"a"}',
            b'{"reach":"x","note":%s,"client_id":"b"}',
            b'{"reach":"x","client_id":%s}',
        ),
    }
    for path, shapes in bodies.items():
        for shape in shapes:
            is_well(raw(talk.http, path, shape.replace(b"%s", text)))
    once(talk.events())


@pytest.mark.parametrize("number", ["99999999999", "9223372036854775808", "1" + "0" * 400, "-1", "0", "1.5", "1e3"])
def test_numbers_that_no_column_holds(talk: Talk, number: str) -> None:
    """Too large, too small, broken: refused wherever a number is taken."""
    seq = talk.post(TWICE)
    is_problem(raw(talk.http, f"{talk.path}/feedback", b'{"helpful":true,"seq":%s}' % number.encode()))
    for path in (f"{talk.path}/events?after={number}", f"/v1/articles/change-email?revision={number}"):
        answer = talk.http.get(path)
        if number != "0" or "revision" in path:
            is_well(answer)
    is_problem(talk.http.get(f"/v1/search?q=refund&limit={number}"))
    talk.wait_for("message.bot", after=seq)


def test_unknown_fields_are_named(talk: Talk) -> None:
    """A misspelt field is an error that names it."""
    for path in paths(talk):
        answer = talk.http.post(path, json={"texxt": "x"})
        is_problem(answer)
        assert "texxt" in answer.json()["detail"]


def test_a_hundred_kilobytes(talk: Talk) -> None:
    """Too large a body is 413 by every route, announced or in pieces; a large address is refused too."""
    for path in paths(talk):
        answer = talk.http.post(path, json={"text": "x" * 100_000, "client_id": "x"})
        is_problem(answer)
        assert answer.status_code == 413
    pieces = iter([b'{"client_id":"x","text":"'] + [b"y" * 10_000] * 10 + [b'"}'])
    answer = talk.http.post(f"{talk.path}/messages", content=pieces, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    is_well(talk.http.get("/v1/search", params={"q": "x" * 20_000}))
    assert talk.events() == []


@pytest.mark.parametrize(
    "path",
    ["%00", "%ED%A0%80", "%FF", "..%2f..%2fetc%2fpasswd", "a" * 500, "'; DROP TABLE event; --", "💥", "%0d%0aX: y"],
)
def test_names_that_nothing_has(visitor: Visitor, path: str) -> None:
    """Ids of conversations and articles that cannot be: not found, and no more."""
    for address in (
        f"/v1/conversations/{path}",
        f"/v1/conversations/{path}/events",
        f"/v1/articles/{path}",
        f"/articles/{path}",
        f"/topics/{path}",
        f"/static/{path}",
        f"/v1/{path}",
        f"/{path}",
        f"/v1/search?q={path}",
        f"/v1/search?q=x&locale={path}",
        f"/search?q={path}&lang={path}",
    ):
        answer = visitor.http.get(address)
        assert answer.status_code < 500, (address, answer.text[:300])


@pytest.mark.parametrize(
    "header", [b"", b"Bearer", b"Basic YTpi", b"Bearer \xff\xfe", b"Bearer bst_\xc3\x28", b"Bearer bow_\xff",
               b"Bearer a.b.c", b"Bearer " + b"x" * 8_000, b"bearer bst_x", b"Bearer bst_" + b"0" * 43]
)  # fmt: skip
def test_tokens_that_are_none(shared_server: Server, header: bytes) -> None:
    """Whatever stands in Authorization that we did not give out is 401."""
    with httpx.Client(base_url=shared_server.url, trust_env=False) as http:
        for path in ("/v1/conversations", "/v1/queue", "/v1/me"):
            answer = http.get(path, headers=[(b"authorization", header)])
            is_problem(answer)
            assert answer.status_code == 401


def test_wrong_methods_and_routes_are_problems(visitor: Visitor) -> None:
    """405 and 404 are problem documents as well."""
    is_problem(visitor.http.delete("/v1/conversations"))
    is_problem(visitor.http.put("/v1/answers", json={}))
    is_problem(visitor.http.get("/v1/nothing"))


@needs_strings
def test_naughty_strings_as_messages(visitor: Visitor) -> None:
    """Each is refused as a problem or stands in the log byte for byte, and ends with one outcome."""
    texts = [row["text"] for row in rows(BLNS)]

    def send(some: list[str]) -> None:
        talk = visitor.begin()
        kept: list[str] = []
        for text in some:
            answer = talk.send(text)
            if answer.status_code == 202:
                kept.append(text)
            else:
                is_problem(answer)
        events = talk.events()
        assert [event.data["text"] for event in events if event.type == "message.visitor"] == kept
        last = next(event.seq for event in reversed(events) if event.type == "message.visitor")
        if "handoff.opened" not in [event.type for event in events]:
            talk.wait_for("message.bot", "handoff.opened", after=last or 0)
        once(talk.events())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, [texts[at : at + PER_TALK] for at in range(0, len(texts), PER_TALK)]))


@needs_strings
def test_naughty_strings_as_questions_and_searches(visitor: Visitor, shared_server: Server) -> None:
    """Stateless answers, search in JSON and as a page: an answer or a problem, each time."""

    def ask(text: str) -> None:
        is_well(visitor.http.post("/v1/answers", json={"question": text}))
        is_well(visitor.http.get("/v1/search", params={"q": text}))
        page = visitor.http.get("/search", params={"q": text})
        assert page.status_code in (200, 400, 422)
        if "<" in text and len(text.strip()) > 3 and re.search(r"<\w", text):
            assert text not in page.text, "a query stands unescaped in the page"

    before = len(shared_server.stderr())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, [row["text"] for row in rows(BLNS)]))
    assert "request.failed" not in shared_server.stderr()[before:]


@needs_strings
def test_naughty_strings_at_the_command_line(data_dir: Path) -> None:
    """``baton ask --jsonl`` writes one Decision a line, in order, and names what it cannot read."""
    lines = [{"id": row["id"], "question": row["text"]} for row in rows(BLNS)]
    bad: list[Any] = ["[]", "nonsense", "{}", '{"question": 1e999}', '{"id":"s","question":"\\ud800 half"}']
    stdin = "\n".join([json.dumps(line) for line in lines] + bad).encode() + b"\n\xff\xfe\n"
    done = run_baton("ask", "--jsonl", "--data-dir", str(data_dir), stdin=stdin)
    decisions = [json.loads(line) for line in done.stdout.splitlines()]
    said = done.stderr.decode()
    assert [decision["id"] for decision in decisions][: len(lines)] == [line["id"] for line in lines]
    assert done.returncode == 1
    assert "Traceback" not in said
    assert "line 510" in said


def test_bad_lines_one_by_one_at_the_command_line(data_dir: Path) -> None:
    """A command line with a NUL, a blank question or half a character fails with one clear line."""
    for args, code in ((["ask", "   "], 2), (["ask", "\udcff\udcfe"], (0, 1, 2)), (["ask", "x", "--as", "agent"], 2)):
        done = run_baton(*args, "--data-dir", str(data_dir))
        assert done.returncode in (code if isinstance(code, tuple) else (code,)), done.stderr
        assert b"Traceback" not in done.stderr
