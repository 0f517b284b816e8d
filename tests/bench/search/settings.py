"""The settings of a measured server: as it is served, with the pages to compare with beside it."""

from __future__ import annotations

from tests.served_settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.search.urls"
