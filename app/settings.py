"""Settings, read once from the environment (and ``.env`` in the working folder)."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MIN_SECRET = 32
"""Bytes: HMAC-SHA256 is as strong as its key up to here (RFC 7518, 3.2)."""


def _async_driver(url: str) -> str:
    """The URL with the driver that we ship, whatever the deployer wrote."""
    for prefix in ("postgresql://", "postgres://", "postgresql+psycopg2://", "postgresql+asyncpg://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _long_enough(secret: SecretStr) -> SecretStr:
    if 0 < len(secret.get_secret_value().encode()) < MIN_SECRET:
        raise ValueError(f"is too short to sign with; use at least {MIN_SECRET} bytes")
    return secret


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"`{name}` is no time zone; write one such as `America/New_York`") from None
    return name


class Settings(BaseSettings):
    """Every name is also the environment variable's, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    data_dir: Path = Path("data")
    database_url: Annotated[str, AfterValidator(_async_driver)] = ""
    chroma_url: str = ""
    redis_url: str = ""
    secret_key: SecretStr | None = None

    site_secret: Annotated[SecretStr, AfterValidator(_long_enough)] = SecretStr("")
    """What the site around the widget signs its visitors' tokens with; without one nobody is identified."""
    site_audience: str = "baton"
    """``aud`` of those tokens: tells this server from others that the same site signs for."""
    widget_origins: str = "*"
    """Origins of pages that may use the widget, with commas between them."""
    public_url: str = ""
    """How browsers reach this server, such as ``https://help.example.com``: in links, and for cookies over https.
    Left out, it is taken from each request."""
    link_hosts: str = ""
    """Hosts that articles may link to, their subdomains too, with commas; PUBLIC_URL's is one of them."""
    trusted_proxies: str = ""
    """Addresses or networks of our own proxies, with commas; only their ``X-Forwarded-For`` is believed."""
    session_idle_hours: Annotated[float, Field(gt=0, le=720)] = 12.0
    session_hours: Annotated[float, Field(gt=0, le=8760)] = 168.0
    """A sign-in at the desk ends after this, however busy; and after ``session_idle_hours`` without a request."""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None

    import_hosts: str = ""
    """Hosts whose sitemaps may be imported, with commas; addresses or networks among them may be private ones."""

    owner_token: str = ""
    """Set by ``baton serve``: what the command line of the same data folder sends."""

    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    """The marketplace's, such as ``America/New_York``: articles become valid and end at its midnight."""
    review_required: bool = False
    """Whether a draft needs a second person's approval before it is published."""
    webhook_hosts: str = ""
    """Hosts that webhooks may call though they are private or without https, with commas. No others are."""

    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    openai_model: str = "gpt-4.1-mini"
    embedder: str = "minilm"

    answer_seconds: Annotated[float, Field(gt=0, le=60)] = 15.0
    """Time that a question may take from lease to outcome, the model included."""
    lease_seconds: Annotated[float, Field(gt=0, le=300)] = 20.0
    """After this a turn whose worker is silent is given to another; longer than ``answer_seconds``."""
    turn_workers: Annotated[int, Field(ge=1, le=256)] = 32
    messages_per_minute: Annotated[int, Field(ge=1)] = 60
    max_answers_per_minute: Annotated[int, Field(ge=1)] = 100_000
    """Model-backed answers a minute, all visitors together: the budget guard. Above it Baton answers verbatim."""
    unanswerable_share: Annotated[float, Field(ge=0, lt=1)] | None = None
    """Share of visitors' questions that no article answers. Not given: 0.3, and estimated once there is traffic."""
    max_risk: Annotated[float, Field(gt=0, lt=1)] = 0.05
    """Alpha: the share of given answers that may be wrong."""
    max_doubt: Annotated[float, Field(gt=0, lt=1)] = 0.05
    """Delta: the chance that the promise about ``max_risk`` fails."""

    @cached_property
    def sql_url(self) -> str:
        """SQLAlchemy's URL with an async driver."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'baton.db'}"

    @cached_property
    def has_model(self) -> bool:
        """Whether a model provider is configured; without one answers are verbatim."""
        return bool(self.openai_base_url or (self.openai_api_key and self.openai_api_key.get_secret_value()))

    @cached_property
    def has_oidc(self) -> bool:
        """Whether staff may sign in at an identity provider."""
        return bool(self.oidc_issuer and self.oidc_client_id)

    def signing_key(self) -> str:
        """The key of visitors' tokens: SECRET_KEY, or one made on first use and kept in the data folder."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        file = self.data_dir / "secret.key"
        if not file.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            scratch = file.with_suffix(f".{secrets.token_hex(4)}")
            scratch.touch(mode=0o600)
            scratch.write_text(secrets.token_urlsafe(48))
            if not file.exists():
                scratch.replace(file)
            else:
                scratch.unlink()
        return file.read_text().strip()
