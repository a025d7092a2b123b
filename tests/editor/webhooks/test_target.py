"""Targets: what may be called, by its words and by where it leads when it is called."""

import asyncio
import socket
from ipaddress import ip_address
from typing import Any

import aiohttp
import pytest

from app.editor.webhooks.target import CheckedResolver, Refused, Targets, is_public
from tests.support.receiver import Receiver

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    """Loopback, link-local, private, shared, metadata, multicast, and IPv6 that leads there."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public(address: str) -> None:
    """What everybody may reach."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0177.0.0.1", "127.0.0.1", "[::1]", "[fe80::1%25eth0]"])
def test_numbers_in_disguise(host: str) -> None:
    """The client would hand these to the system without asking a resolver."""
    with pytest.raises(Refused):
        Targets().check(f"https://{host}/")


def answering(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name lead to these."""

    async def getaddrinfo(_self: Any, _host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", getaddrinfo)


async def test_every_address_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """One private address among public ones is enough to refuse a name."""
    answering(monkeypatch, "1.1.1.1", "10.0.0.1")
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        await Targets().resolve("hooks.example", 443)
    answering(monkeypatch, "1.1.1.1", "1.0.0.1")
    assert await Targets().resolve("hooks.example", 443) == ["1.1.1.1", "1.0.0.1"]


async def test_a_name_that_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client itself connects only to what was checked for this call: a name that leads to this machine by now is
    refused, though a server listens there, and no connection is made."""
    with Receiver() as receiver:
        port = int(receiver.url.rsplit(":", 1)[1].split("/")[0])
        answering(monkeypatch, "127.0.0.1")

        async def post(targets: Targets) -> int:
            connector = aiohttp.TCPConnector(resolver=CheckedResolver(targets), use_dns_cache=False)
            async with (
                aiohttp.ClientSession(connector=connector) as session,
                session.post(f"http://hooks.example:{port}/hooks", data=b"{}") as answer,
            ):
                return answer.status

        with pytest.raises(aiohttp.ClientConnectorDNSError) as refused:
            await post(Targets())
        assert "not on the public internet" in str(refused.value.os_error)
        assert not receiver.received
        assert await post(Targets(["hooks.example"])) == 204
        assert len(receiver.received) == 1
