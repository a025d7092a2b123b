"""Publishing under questions: no answer from two versions, none from a text that was not live, none fails.

``BATON_PUBLISHES`` and ``BATON_QUESTIONS`` are how many; the whole promise is 200 and 50,000, with 8 clients.
"""

import http.client
import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.articles import write_article
from tests.support.console import Console, text_of
from tests.support.server import Server, run_baton
from tests.support.visitors import Visitor, open_client

PUBLISHES = int(os.environ.get("BATON_PUBLISHES", "4"))
QUESTIONS = int(os.environ.get("BATON_QUESTIONS", "200"))
CLIENTS = 8
QUESTION = "How much is the lantern voucher worth?"
_FACT = re.compile(r"FACT(\d+)\b")


def texts(number: int) -> dict[str, str]:
    """The two articles whose fact changes with every publish."""
    code = f"FACT{number}"
    body = f"The lantern voucher is worth ${number} and carries the code {code}.\n\n## When it ends\n\nThe voucher {code} ends after {number} days."
    use = f"A lantern voucher with the code {code} is used in the basket, before you pay."
    return {
        "lantern-voucher": text_of("lantern-voucher", body, QUESTION),
        "lantern-voucher-use": text_of("lantern-voucher-use", use, "Where do I use the lantern voucher?"),
    }


@dataclass
class Clock:
    """What may be live: from the last publish that is known to be over to the last that was asked for."""

    over: int = 0
    asked: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    left: Iterator[int] = field(default_factory=lambda: iter(range(QUESTIONS)))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def more(self) -> bool:
        """Whether another question is to be asked."""
        with self.lock:
            return next(self.left, None) is not None or not self.stop.is_set()


def faults(status: int, body: bytes, low: int, high: int) -> list[str]:
    """What is wrong with an answer, given what may have been live from its question to its end."""
    if status != 200:
        return [f"status {status}: {body[:200]!r}"]
    decision = json.loads(body)
    if decision["outcome"] != "answer":
        return [f"outcome {decision['outcome']}: {decision['reason']}"]
    said = {int(number) for number in _FACT.findall(decision["text"] + json.dumps(decision["citations"]))}
    if len(said) != 1:
        return [f"two versions: {sorted(said)}"]
    (number,) = said
    return [] if low <= number <= high else [f"{number} was not live: {low} to {high}"]


def ask(server: Server, clock: Clock) -> Counter[str]:
    """One client, which asks and asks; what it saw."""
    seen: Counter[str] = Counter()
    with Visitor(server.url) as visitor:
        headers = {"authorization": f"Bearer {visitor.token}", "content-type": "application/json"}
    address = urlsplit(server.url)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    body = json.dumps({"question": QUESTION})
    try:
        while clock.more():
            low = clock.over
            connection.request("POST", "/v1/answers", body, headers)
            answer = connection.getresponse()
            content = answer.read()
            seen["asked"] += 1
            seen.update(faults(answer.status, content, low, clock.asked))
    finally:
        connection.close()
    return seen


@pytest.mark.slow
def test_publishes_under_questions(tmp_path: Path) -> None:
    """Each publish is a job of the console's, under clients that never pause."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in texts(0).items():
        (folder / f"{name}.md").write_text(text)
    for number in range(6):
        write_article(
            folder, f"other-{number}", f"Where is mill number {number}?", f"Mill {number} stands by the river."
        )
    assert run_baton("ingest", str(folder), "--data-dir", str(tmp_path / "data")).returncode == 0
    clock = Clock()
    begun = time.monotonic()
    with Server(tmp_path / "data", {"MESSAGES_PER_MINUTE": "10000000"}) as server, ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(ask, server, clock) for _ in range(CLIENTS)]
        try:
            with open_client(server.url, server.first_token, seconds=120.0) as client:
                editor = Console(client)
                for number in range(1, PUBLISHES + 1):
                    drafts = [editor.saved(name, text) for name, text in texts(number).items()]
                    clock.asked = number
                    editor.publish(*drafts)
                    clock.over = number
        finally:
            clock.stop.set()
        seen = sum((client.result() for client in clients), Counter[str]())
        made = Console(open_client(server.url, server.first_token))
        with made.http:
            assert made.get("/publications")["items"][0]["counts"]["changed"] == 2
    asked = seen.pop("asked")
    print(
        f"{PUBLISHES} publishes under {asked} questions of {CLIENTS} clients in {time.monotonic() - begun:.0f} s: {seen}"
    )
    assert asked >= QUESTIONS
    assert not seen
