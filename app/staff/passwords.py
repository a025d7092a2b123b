"""Passwords: argon2id, in a thread, two at a time (each check takes 64 MiB)."""

import asyncio
from functools import lru_cache
from typing import TYPE_CHECKING

from app.errors import InvalidInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_LENGTH = 12
MAX_LENGTH = 256
AT_ONCE = 2


@lru_cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415  only who signs in needs it

    return PasswordHasher()


@lru_cache
def _nobody() -> str:
    """A hash to check against when there is no account: both cases take equally long."""
    return _hasher().hash("nobody has this password")


class Passwords:
    """Makes and checks hashes."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str, email: str) -> str:
        """A new hash. Raises InvalidInput for a password that is too easy to guess."""
        if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
            raise InvalidInput(f"password: needs {MIN_LENGTH} to {MAX_LENGTH} characters; take a few unrelated words")
        if len(set(password)) < 5 or password.lower() in (email.lower(), email.lower().partition("@")[0] * 2):
            raise InvalidInput("password: is too easy to guess; a few unrelated words do well")
        async with self._turns:
            return await asyncio.to_thread(_hasher().hash, password)

    async def is_right(self, password: str, stored: str | None) -> bool:
        """Whether a password is the stored one's; takes as long when nothing is stored."""
        async with self._turns:
            return await asyncio.to_thread(_check, password[: MAX_LENGTH + 1], stored)


def _check(password: str, stored: str | None) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415  see _hasher

    try:
        _hasher().verify(stored or _nobody(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None
