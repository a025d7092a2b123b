"""SIGKILL at random while the console publishes: what was live stays live, and nobody repairs anything by hand.

``BATON_KILLS`` is how often; the whole promise is 100.
"""

import json
import os
import random
import re
import sqlite3
import time
from pathlib import Path

import pytest

from tests.support.articles import write_article
from tests.support.console import Console, shown, text_of
from tests.support.server import Server, run_baton
from tests.support.visitors import Visitor, open_client

KILLS = int(os.environ.get("BATON_KILLS", "3"))
SEED = int(os.environ.get("BATON_SEED", "7"))
QUESTION = "How much is the lantern voucher worth?"


def text(number: int) -> str:
    """The article at its publication of this number."""
    return text_of(
        "lantern-voucher", f"The lantern voucher is worth ${number} and carries the code FACT{number}.", QUESTION
    )


def in_sql(data_dir: Path) -> int:
    """The number of the text that SQL says is live, while no server runs."""
    query = """
        SELECT revision.article FROM revision JOIN live_revision ON live_revision.revision_id = revision.id
        WHERE revision.article_id = 'lantern-voucher' AND live_revision.until IS NULL
    """
    database = sqlite3.connect(data_dir / "baton.db")
    try:
        ((article,),) = database.execute(query).fetchall()
    finally:
        database.close()
    return number_in(json.loads(article)["body"])


def seen(server: Server) -> tuple[int, int]:
    """The numbers that the help centre shows and, asked after it, an answer."""
    with Visitor(server.url) as visitor:
        body = shown(visitor.http, "lantern-voucher") or ""
        decision = visitor.ask(QUESTION)
    assert decision["outcome"] == "answer", decision
    return number_in(body), number_in(decision["text"])


def number_in(said: str) -> int:
    """The one number that a whole text has twice."""
    worth, code = re.findall(r"is worth \$(\d+) and carries the code FACT(\d+)\.", said)[0]
    assert worth == code, said
    return int(code)


@pytest.mark.slow
def test_killed_at_random_while_publishing(tmp_path: Path) -> None:
    """After each kill the old text is live or the new one, whole; the job ends by itself, once; the next one works."""
    chance = random.Random(SEED)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "lantern-voucher.md").write_text(text(0))
    write_article(folder, "other", "Where is the old mill?", "The old mill stands by the river.")
    assert run_baton("ingest", str(folder), "--data-dir", str(tmp_path / "data")).returncode == 0
    landed = {"before": 0, "after": 0}
    with Server(tmp_path / "data") as server:
        token = server.first_token
        for number in range(1, KILLS + 1):
            with open_client(server.url, token) as http:
                editor = Console(http)
                draft = editor.saved("lantern-voucher", text(number))
                asked = editor.ask(draft)
                assert asked.status_code == 202, asked.text
                time.sleep(chance.random() * 0.4)
            server.kill()
            stored = in_sql(server.data_dir)
            assert stored in (number - 1, number)
            landed["after" if stored == number else "before"] += 1
            server.start()
            if chance.random() < 0.2:  # and once more, while the job goes on
                time.sleep(chance.random() * 0.4)
                server.kill()
                server.start()
            page, answer = seen(server)
            # The job that was cut off goes on: it may switch between the one and the other.
            assert stored <= page <= answer <= number
            with open_client(server.url, token) as http:
                editor = Console(http)
                job = editor.ended(asked.json()["id"])
                assert job["state"] == "done", job
                assert seen(server) == (number, number)
                made = [one["job"] for one in editor.get("/publications")["items"]]
                assert made.count(job["id"]) == 1
                assert editor.rows(query="lantern")["lantern-voucher/en"]["status"] == "live"
        with open_client(server.url, token) as http:
            editor = Console(http)
            editor.publish(editor.saved("lantern-voucher", text(KILLS + 1)))
            assert editor.get("/jobs", state="running")["items"] == []
        assert seen(server) == (KILLS + 1, KILLS + 1)
        left = [path.name for path in (server.data_dir / "index").iterdir() if path.name.startswith(".")]
        assert left == []
    print(f"{KILLS} kills: {landed}")
