"""Connect: to the very address that was checked, so that no second look-up can lead elsewhere."""

from collections.abc import Iterable

import httpcore

from app.editor.imports.hosts import Hosts


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to hosts that are allowed."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's addresses."""
        last: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._hosts.addresses(host, port)[:4]:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last
