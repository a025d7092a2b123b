"""``baton ask``: one question for a person to read, many as JSON lines for a program."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.answer.types import Decision
from tests.commands.conftest import lines
from tests.support.server import run_baton


@pytest.fixture(scope="module")
def asked_dir(knowledge_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our knowledge, for questions that change nothing."""
    return Path(shutil.copytree(knowledge_dir, tmp_path_factory.mktemp("ask") / "data"))


def ask(data_dir: Path, *entries: Any) -> tuple[int, list[dict[str, Any]], list[str]]:
    """Exit code, Decisions and lines on standard error for lines on standard input; bytes are sent as they are."""
    stdin = b"\n".join(e if isinstance(e, bytes) else json.dumps(e).encode() for e in entries)
    done = run_baton("ask", "--jsonl", "--data-dir", str(data_dir), stdin=stdin)
    return done.returncode, [json.loads(line) for line in lines(done.stdout)], lines(done.stderr)


def test_one_question(asked_dir: Path) -> None:
    """The answer in the article's words, where it stands, and how sure Baton is."""
    done = run_baton(
        "ask", "how long until paypal shows my refund", "--data-dir", str(asked_dir), env={"COLUMNS": "200"}
    )
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "2 business days" in said
    assert "[1] When does my refund arrive? (refund-arrival-times, revision 1)" in said
    assert "confidence 0." in said or "confidence 1." in said


def test_lines_are_answered_in_order(asked_dir: Path) -> None:
    """Every line gets a whole Decision under its own id, in the order of the lines; empty lines are passed over."""
    questions = [
        "where is my refund",
        "hi",
        "I want a human",
        "qwxz vbnk?",
        "¿cuándo llega mi reembolso?",
        "order invoice",
    ]
    entries = [{"id": f"q{n}", "question": question} for n, question in enumerate(questions)]
    code, decisions, errors = ask(asked_dir, *entries[:3], b"", b"   ", *entries[3:])
    assert (code, errors) == (0, [])
    assert [decision["id"] for decision in decisions] == [entry["id"] for entry in entries]
    for decision in decisions:
        Decision.model_validate(decision)
        assert {"ranking", "timings_ms", "certificate", "kb_version"} <= decision.keys()
        assert decision["timings_ms"]["total"] > 0
    assert [decisions[1]["outcome"], decisions[2]["reason"]] == ["smalltalk", "asked_for_person"]
    assert decisions[4]["locale"] == "es"
    assert decisions[0]["ranking"][0].keys() == {"article_id", "score"}


def test_bad_lines_are_named_and_others_answered(asked_dir: Path) -> None:
    """A line that cannot be read is named with its number and fault, and costs the others nothing but the exit code."""
    code, decisions, errors = ask(
        asked_dir,
        {"id": 1, "question": "where is my refund"},
        b"{not json",
        {"id": "no question"},
        b"[1, 2]",
        {"id": "aud", "question": "x", "audience": "agent"},
        b'"\xff\xfe"',
        {"id": "his", "question": "x", "history": [{"role": "system", "text": "y"}]},
        {"id": "last", "question": "order invoice", "unknown": True},
    )
    assert code == 1
    assert [decision["id"] for decision in decisions] == ["1", "last"]
    for number, says in ((2, "JSON"), (3, "question"), (4, ""), (5, "audience"), (6, ""), (7, "history")):
        assert any(f"line {number}: " in error and says in error for error in errors), (number, errors)
    assert "6 of the lines could not be read" in errors[-1]
    assert not any("Traceback" in error for error in errors)


def test_excluded_articles_do_not_exist(asked_dir: Path) -> None:
    """An article that is excluded is neither ranked nor cited."""
    entry = {"question": "how long until paypal shows my refund"}
    _, (with_it, without), _ = ask(
        asked_dir, entry, {**entry, "exclude_articles": ["refund-arrival-times", "nonsense"]}
    )
    assert with_it["ranking"][0]["article_id"] == "refund-arrival-times"
    for used in (without["ranking"], without["citations"], without["candidates"]):
        assert "refund-arrival-times" not in {item["article_id"] for item in used}
    assert without["ranking"]


def test_history_is_read(asked_dir: Path) -> None:
    """A follow-up is understood from what came before, whatever the texts of turns are called."""
    for name in ("text", "content"):
        history = [
            {"role": "user", name: "I paid with PayPal and returned the item, where is my refund"},
            {"role": "assistant", name: "Refunds take some days."},
        ]
        _, (alone, follow_up), errors = ask(
            asked_dir, {"question": "how long then"}, {"question": "how long then", "history": history}
        )
        assert not errors
        assert "refund" in follow_up["ranking"][0]["article_id"]
        assert follow_up["ranking"] != alone["ranking"]


def test_audience(asked_dir: Path) -> None:
    """A buyer's ranking holds no seller's article, and the other way round."""
    entry = {"question": "when do I get my payout"}
    _, (buyer, seller), _ = ask(asked_dir, entry, {**entry, "audience": "seller"})
    assert seller["ranking"][0]["article_id"].startswith(("payout", "express-payout"))
    assert not {"payout-schedule", "express-payout-daily"} & {item["article_id"] for item in buyer["ranking"]}


def test_odd_questions(asked_dir: Path) -> None:
    """Nothing that a visitor could type is left without a Decision."""
    questions = [
        "",
        " ",
        "?",
        "\x00",
        "\ud83d",
        "👋",
        ". Where is my order",
        "a" * 20_000,
        "{{ x }}",
        "\u202eabc",
        "[1]",
    ]
    code, decisions, errors = ask(asked_dir, *({"id": str(n), "question": q} for n, q in enumerate(questions)))
    assert (code, errors) == (0, [])
    assert len(decisions) == len(questions)
    assert [d["id"] for d in decisions if d["reason"] == "provider_failure"] == []


def test_nothing_on_standard_input(asked_dir: Path) -> None:
    """No lines make no Decisions and no error."""
    assert ask(asked_dir) == (0, [], [])


def test_nothing_published(tmp_path: Path) -> None:
    """An empty knowledge base passes on to people instead of failing."""
    code, (decision,), _ = ask(tmp_path / "data", {"id": "x", "question": "where is my refund"})
    assert (code, decision["outcome"], decision["reason"]) == (0, "handoff", "no_knowledge")
