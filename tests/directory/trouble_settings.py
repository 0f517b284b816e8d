"""The settings, with addresses that go wrong: for a server that a test starts."""

from __future__ import annotations

from directory.settings import *  # noqa: F403

ROOT_URLCONF = "tests.directory.trouble"
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
