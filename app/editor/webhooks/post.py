"""Post: brings one message to its receiver. Apart from the sender, which only a message makes load the HTTP client."""

import socket
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from app.editor.webhooks.target import Refused, Targets

ATTEMPT_SECONDS = 20.0


class Post:
    """An async context manager: the connections are gone at its end."""

    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=CheckedResolver(targets), use_dns_cache=False, force_close=True),
            timeout=aiohttp.ClientTimeout(total=ATTEMPT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def send(self, url: str, body: bytes, signed: dict[str, str]) -> tuple[int | None, str | None]:
        """The receiver's status, and why that is no success."""
        try:
            self._targets.check(url)
            async with self._session.post(
                url,
                data=body,
                headers={**signed, "content-type": "application/json", "user-agent": "Baton-Webhooks/1"},
                allow_redirects=False,
            ) as answer:
                status = answer.status
        except Refused as error:
            return None, str(error)[:300]
        except aiohttp.ClientConnectorDNSError as error:
            return None, str(error.os_error)[:300]
        except TimeoutError:
            return None, f"no answer within {ATTEMPT_SECONDS:.0f} seconds"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return None, f"the receiver cannot be reached ({type(error).__name__})"
        if 200 <= status < 300:
            return status, None
        moved = "; redirects are not followed, give the new address" if 300 <= status < 400 else ""
        return status, f"the receiver answered {status}{moved}"


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
