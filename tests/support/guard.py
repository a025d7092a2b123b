"""Guard: no test speaks to anything but this machine."""

import ipaddress
import socket
from typing import Any

import pytest


def is_local(address: Any) -> bool:
    """Whether a socket address is a path, loopback, or a name for it."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def install(patch: pytest.MonkeyPatch) -> None:
    """Make connecting anywhere else an error."""
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, original: Any = original) -> Any:
            if not is_local(address):
                raise AssertionError(f"a test tried to reach {address}; only loopback is allowed")
            return original(self, address)

        patch.setattr(socket.socket, name, guarded)
