"""The project's settings for a server of the tests' own: static files in a folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

from directory.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["SERVED_STATIC"])
