"""Visitors' tokens: what was checked once is known, and still expires."""

import time

import pytest

from app.auth import Visitor, VisitorTokens
from app.errors import Unauthorized

BUYER = Visitor("v1", "buyer", "en")


@pytest.fixture
def tokens() -> VisitorTokens:
    """With a key of their own."""
    return VisitorTokens("a key that is long enough to sign with")


def test_a_token_tells_who_it_is(tokens: VisitorTokens) -> None:
    """The first time and every later one."""
    token, _ = tokens.issue(BUYER)
    assert [tokens.read(token) for _ in range(3)] == [BUYER] * 3


def test_a_known_token_expires(tokens: VisitorTokens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Having been read does not make it live longer."""
    token, expires = tokens.issue(BUYER)
    assert tokens.read(token) == BUYER
    monkeypatch.setattr(time, "time", lambda: expires.timestamp() + 1)
    with pytest.raises(Unauthorized):
        tokens.read(token)


def test_a_foreign_token_is_refused_each_time(tokens: VisitorTokens) -> None:
    """Another site's secret, nonsense, and a token that was tampered with."""
    foreign, _ = VisitorTokens("another key that is long enough to sign with").issue(BUYER)
    own, _ = tokens.issue(BUYER)
    for token in (foreign, "nonsense", "", own[:-3] + "abc", "a\ud800b"):
        for _ in range(2):
            with pytest.raises(Unauthorized):
                tokens.read(token)
