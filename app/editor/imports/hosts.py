"""Hosts: where an import may read pages from. The owner names them; nothing else is asked, wherever it leads."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from app.editor.imports.limits import Refused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Hosts:
    """``names`` as in addresses; ``networks`` whose addresses may be private."""

    names: frozenset[str]
    networks: tuple[Network, ...]

    @classmethod
    def of(cls, setting: str) -> "Hosts":
        """From names, addresses and networks with commas between them, as in ``help.example.com, 10.2.0.0/16``."""
        names, networks = set(), []
        for one in (part.strip().lower() for part in setting.split(",")):
            try:
                networks.append(ip_network(one, strict=False))
            except ValueError:
                if one:
                    names.add(one)
        return cls(frozenset(names), tuple(networks))

    def check(self, url: str) -> str:
        """The host of an address that may be read. Raises Refused."""
        try:
            parts = urlsplit(url)
            host, _ = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            raise Refused("is no address of a page") from None
        if parts.scheme not in ("http", "https") or not host or parts.username is not None:
            raise Refused("is no http or https address")
        if host not in self.names and not self._covers_name(host):
            raise Refused(f"leads to {host}, which IMPORT_HOSTS does not allow")
        return host

    def _covers_name(self, host: str) -> bool:
        try:
            return self._covers(ip_address(host))
        except ValueError:
            return False

    def _covers(self, address: Address) -> bool:
        return any(address in network for network in self.networks)

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be asked. Raises Refused when one of them is private and not named."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Refused(f"{host} is not found; check its name") from None
        said = [str(info[4][0]) for info in found]
        for one in said:
            address = ip_address(one.partition("%")[0])
            inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
            if not self._covers(address) and not self._covers(inner or address) and not _is_public(inner or address):
                raise Refused(f"{host} has the private address {one}; IMPORT_HOSTS must name it, too")
        return said


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast
