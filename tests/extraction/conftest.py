"""Settings of the property tests: parsing has no deadline on a busy machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("extraction", deadline=None)
settings.load_profile("extraction")
