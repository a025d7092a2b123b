"""Whatever text an article file holds, parsing it gives an article or InvalidArticles, and nothing else."""

import subprocess
import sys
from contextlib import suppress
from datetime import date

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.article_file import to_markdown
from ingest.article import Article, parse, read_files
from ingest.errors import InvalidArticles, Problem
from tests.ingest.article_factory import HEAD, source

LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60).filter(
    str.strip
)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
ARTICLES = st.builds(
    Article,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    title=LINES,
    kind=st.just("faq"),
    audience=st.sampled_from([("buyer",), ("seller",), ("buyer", "seller")]),
    locale=st.sampled_from(["en", "es", "pt-BR"]),
    topic=st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True),
    questions=st.lists(LINES, max_size=4).map(tuple),
    owner=st.none() | LINES,
    reviewed=DAYS,
    review_every=st.none() | st.integers(1, 3650),
    body=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t"), min_size=1)
    .filter(str.strip),
)  # fmt: skip
YAMLISH = st.lists(
    st.sampled_from(
        [
            *("id", "title", ": ", "- ", "[", "]", "{", "}", "&a", "*a", "? ", "|", ">", "\n", "\n  ", "'", '"', "#"),
            *("!!int", "!!bool", "!!timestamp", "!!binary", "!!set", "---", "<<", "2026-02-30", "0x", "1e5", ".nan"),
            *("~", "%", "@", "\t"),
        ]
    ),
    max_size=30,
).map("".join)


@given(ARTICLES)
def test_round_trip(article: Article) -> None:
    """What is written as a file is read back as it was."""
    assert parse(to_markdown(article), "f.md") == article


@given(st.text())
def test_any_text(text: str) -> None:
    """No text makes parsing fail in another way than InvalidArticles."""
    _survives(text)


@settings(max_examples=400)
@given(YAMLISH, st.booleans())
def test_any_front_matter(front_matter: str, after_valid: bool) -> None:
    """No YAML, however odd, makes parsing fail in another way than InvalidArticles."""
    _survives(source(f"{HEAD}\nowner: {front_matter}" if after_valid else front_matter))


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """No file content makes reading fail in another way than InvalidArticles."""
    with suppress(InvalidArticles):
        assert len(read_files([("f.md", content), ("g.md", b"---\n" + content + b"\n---\nx")])) == 2


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_any_value_of_any_field(value: object) -> None:
    """A field of a wrong type is a fault of that field."""
    for field in ("title", "audience", "questions", "reviewed", "review_every"):
        fields = {"id": "a", "title": "T", "kind": "faq", "audience": ["buyer"], field: value}
        _survives(source(yaml.safe_dump(fields)))


def test_deep_nesting_does_not_kill_the_process() -> None:
    """A small file that nests as deep as its size allows is refused like any other; it must not crash the server."""
    code = f"from ingest.article import parse\nparse('---\\nid: ' + '[' * 90_000 + ']' * 90_000 + {source()[3:]!r}, 'f.md')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, f"exit {done.returncode}"
    assert "InvalidArticles" in done.stderr


def _survives(text: str) -> None:
    problems: list[Problem] = []
    try:
        article = parse(text, "f.md")
    except InvalidArticles as error:
        problems = error.problems
    else:
        assert article.body
        assert article.title
        return
    assert problems
    assert all(problem.file == "f.md" and problem.message for problem in problems)
