"""The two databases that rows go into."""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite


def ours() -> ModuleType:
    """The module for the database that this directory is in."""
    return {"postgresql": postgresql, "sqlite": sqlite}[connection.vendor]
