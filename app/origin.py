"""Origin: where a request comes from, as far as it can be believed."""

import hashlib
import hmac
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

IPV6_SITE = 64
"""Bits of an IPv6 address that one customer has for all machines."""


@lru_cache
def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks of TRUSTED_PROXIES. Raises ValueError for what is no address."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def client_address(peer: str, forwarded: str, trusted: str) -> str:
    """The address that sent a request: the peer's, or what our own proxies say of it, nearest first."""
    ours = networks(trusted)
    address = peer
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _within(address, ours):
            break
        address = hop
    return address


def origin_of(address: str, key: str) -> str | None:
    """A keyed hash that is the same for one network; None for an address that many may share, such as a proxy's."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    if not parsed.is_global:
        return None
    site = ip_network((parsed, IPV6_SITE), strict=False) if isinstance(parsed, IPv6Address) else parsed
    return hmac.new(key.encode(), f"origin {site}".encode(), hashlib.sha256).hexdigest()[:32]


def is_ours(site: str | None, origin: str | None, host: str | None, public_url: str) -> bool:
    """Whether a request was made by a page of ours, by ``Sec-Fetch-Site`` and else ``Origin``; no browser: yes."""
    if site is not None:
        return site in ("same-origin", "none")
    if origin is None:
        return True
    found = urlsplit(origin)
    return bool(found.netloc) and (found.netloc == host or origin.rstrip("/") == public_url.rstrip("/"))


def _within(address: str, ours: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in ours)
