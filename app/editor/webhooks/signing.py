"""Signing of messages as Standard Webhooks has it (version 1.0.0: ``webhook-id``, ``-timestamp``, ``-signature``)."""

import hashlib
import hmac
from base64 import b64encode

PREFIX = "whsec_"


def key_of(server_key: str, salt: str) -> bytes:
    """The 32 bytes that a webhook's messages are signed with. A copy of the database alone does not give them away."""
    return hmac.digest(server_key.encode(), f"webhook:{salt}".encode(), hashlib.sha256)


def shown(key: bytes) -> str:
    """The secret as its receiver keeps it."""
    return PREFIX + b64encode(key).decode()


def headers(key: bytes, message_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """Of one attempt, begun at ``seconds`` since the epoch."""
    signed = b".".join((message_id.encode(), str(seconds).encode(), body))
    signature = b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
    }
