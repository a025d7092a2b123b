"""The environment of the processes that tests start: ours, without what would change their behaviour."""

import os
from collections.abc import Mapping

from app.settings import Settings

_OURS = {name.upper() for name in Settings.model_fields} | {"CI", "BATON_DEBUG"}
_PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}


def is_foreign(name: str) -> bool:
    """Whether a variable could point Baton at a provider, a database or a proxy that the test did not choose."""
    upper = name.upper()
    return upper.startswith("OPENAI_") or upper in _PROXIES or upper in _OURS


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without foreign variables, with ``extra``."""
    kept = {name: value for name, value in os.environ.items() if not is_foreign(name)}
    return {**kept, "PYTHONWARNINGS": "ignore", **(extra or {})}
