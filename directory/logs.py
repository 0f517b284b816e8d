"""Logs that say what went wrong and where, and nothing about who asked for what."""

from __future__ import annotations

import logging


class PrivateFormatter(logging.Formatter):
    """Leaves out query strings, exception messages and client addresses."""
