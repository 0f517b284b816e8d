"""The settings of a measured server: as it is served, but that it may be asked without end."""

from __future__ import annotations

from tests.served_settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.api.urls"
