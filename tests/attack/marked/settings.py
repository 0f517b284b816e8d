"""The settings of the server that marked words are sent to: mails as files, every line logged."""

from __future__ import annotations

import os

from directory.logs import private_config
from tests.served_settings import *  # noqa: F403

ROOT_URLCONF = "tests.attack.marked.urls"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["MARKED_MAILS"]
LOGGING = private_config("DEBUG")
