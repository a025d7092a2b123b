"""How property tests run here."""

from hypothesis import settings

settings.register_profile("baton", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("baton")
