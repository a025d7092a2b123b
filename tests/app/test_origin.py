"""Where a request comes from: only our own proxies are believed, and what many share is nobody's."""

import pytest

from app.origin import Origins, is_ours


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("24.1.1.1", "", "24.1.1.1"),
        ("24.1.1.1", "25.2.2.2", "24.1.1.1"),  # not our proxy: anybody can write a header
        ("10.0.0.1", "24.1.1.1", "24.1.1.1"),
        ("10.0.0.1", "25.2.2.2, 24.1.1.1", "24.1.1.1"),  # what the visitor wrote stands before what our proxy saw
        ("10.0.0.1", "24.1.1.1, 10.0.0.2", "24.1.1.1"),  # two proxies of ours
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "nonsense"),
        ("192.168.7.7", " 24.1.1.1 ", "24.1.1.1"),
    ],
)
def test_address(peer: str, forwarded: str, address: str) -> None:
    """The nearest hop that is not ours."""
    assert Origins("key", "10.0.0.0/24, 192.168.7.7").address(peer, forwarded) == address


def test_origin() -> None:
    """One network is one origin, keyed; addresses behind which many may stand have none."""
    origins = Origins("key", "")
    assert origins.of("24.1.1.1") == origins.of("24.1.1.1") != origins.of("24.1.1.2")
    assert origins.of("2600::1:2") == origins.of("2600::9:9") != origins.of("2600:0:0:1::1")
    assert origins.of("24.1.1.1") != Origins("another key", "").of("24.1.1.1")
    for shared in ("127.0.0.1", "10.1.2.3", "::1", "fd00::1", "nonsense", "", "24.1.1.1:80"):
        assert origins.of(shared) is None
    assert "24.1.1.1" not in str(origins.of("24.1.1.1"))


def test_a_proxy_that_is_no_address() -> None:
    """A wrong setting stops the start instead of trusting everybody."""
    with pytest.raises(ValueError, match="proxy"):
        Origins("key", "the-proxy")


@pytest.mark.parametrize(
    ("site", "origin", "ours"),
    [
        (None, None, True),
        ("same-origin", None, True),
        ("none", None, True),
        ("same-site", "http://desk.example:80", False),
        ("cross-site", None, False),
        (None, "http://desk.example", True),
        (None, "https://help.example", True),
        (None, "https://help.example.evil.example", False),
        (None, "http://evil.example", False),
        (None, "null", False),
        (None, "", False),
    ],
)
def test_our_pages(site: str | None, origin: str | None, ours: bool) -> None:
    """By what browsers say and pages cannot forge."""
    assert is_ours(site, origin, "desk.example", "https://help.example/") is ours
