"""Target: where a webhook may send to. Never inside our own network, whatever a name resolves to when it is called."""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

RESOLVE_SECONDS = 5.0
_NAT64 = IPv6Network("64:ff9b::/96")


class Refused(OSError):
    """An address that is not called; says why."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether everybody may reach it; an IPv6 address that leads to an IPv4 one is judged by that too."""
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or not all(is_public(one) for one in inner if one is not None):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class Targets:
    """What may be called. ``allowed`` are hosts of the deployer's choice, private ones among them."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(host.strip().lower() for host in allowed if host.strip())

    def check(self, url: str) -> SplitResult:
        """The parts of an address that may be called as far as its words tell. Raises Refused."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            raise Refused("this is no address; write one such as https://example.com/hooks") from None
        if not host or port == 0 or not url.isascii() or any(char <= " " for char in url):
            raise Refused("this is no address; write one such as https://example.com/hooks")
        if parts.username is not None or parts.password is not None:
            raise Refused("names and passwords do not belong in the address; check the signature instead")
        if host in self._allowed:
            if parts.scheme not in ("http", "https"):
                raise Refused("the address must begin with https://")
            return parts
        if parts.scheme != "https":
            raise Refused("the address must begin with https://")
        # The client hands what looks like a number to the system, which reads 127.1 and 2130706433 as addresses too.
        if ":" in host or host.replace(".", "").isdigit():
            try:
                literal = ip_address(host)
            except ValueError:
                raise Refused(f"`{host}` is no address that can be checked") from None
            self._admit(host, [literal])
        return parts

    async def resolve(self, host: str, port: int) -> list[str]:
        """The network addresses of a host, all of which may be called. Raises Refused."""
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, TimeoutError, UnicodeError):
            raise Refused(f"`{host}` has no address; check its spelling") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if host.rstrip(".").lower() not in self._allowed:
            self._admit(host, [ip_address(one) for one in addresses])
        return addresses

    @staticmethod
    def _admit(host: str, addresses: Iterable[IPv4Address | IPv6Address]) -> None:
        for address in addresses:
            if not is_public(address):
                raise Refused(f"`{host}` leads to {address}, which is not on the public internet")


class CheckedResolver(AbstractResolver):
    """Gives the client only addresses that were checked, at each call: a name may lead elsewhere than it did."""

    def __init__(self, targets: Targets) -> None:
        self._targets = targets

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """As aiohttp asks for it."""
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in await self._targets.resolve(host, port)
        ]

    async def close(self) -> None:
        """Nothing is held open."""
