"""Origin: where a request comes from, as far as it can be believed."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

IPV6_SITE = 64
"""Bits of an IPv6 address that one customer has for all machines."""


class Origins:
    """``trusted``: addresses or networks of our own proxies, with commas. Raises ValueError for what is none."""

    def __init__(self, key: str, trusted: str) -> None:
        self._key = key.encode()
        self._ours = tuple(ip_network(part.strip(), strict=False) for part in trusted.split(",") if part.strip())

    def address(self, peer: str, forwarded: str) -> str:
        """The address that sent a request: the peer's, or what our own proxies say of it, nearest first."""
        address = peer
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if not self._is_ours(address):
                break
            address = hop
        return address

    def of(self, address: str) -> str | None:
        """A keyed hash that is the same for one network; None for an address that many share, such as a proxy's."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return None
        if not parsed.is_global:
            return None
        site = ip_network((parsed, IPV6_SITE), strict=False) if isinstance(parsed, IPv6Address) else parsed
        return hmac.new(self._key, f"origin {site}".encode(), hashlib.sha256).hexdigest()[:32]

    def _is_ours(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._ours)


def is_ours(site: str | None, origin: str | None, host: str | None, public_url: str) -> bool:
    """Whether a request was made by a page of ours, by ``Sec-Fetch-Site`` and else ``Origin``; no browser: yes."""
    if site is not None:
        return site in ("same-origin", "none")
    if origin is None:
        return True
    found = urlsplit(origin)
    return bool(found.netloc) and (found.netloc == host or origin.rstrip("/") == public_url.rstrip("/"))
