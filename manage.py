#!/usr/bin/env python
"""Run one of Django's or the directory's own commands."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        from directory.health import lacks_migrations

        if sys.argv[1] not in ("migrate", "prepare") and lacks_migrations():
            sys.exit(
                "The database is of an older version than this code. Run manage.py prepare, and"
                f" then the same command again: {error}"
            )
        if not isinstance(error, OperationalError):
            raise  # a fault of ours
        # Full, locked or gone: the way here says nothing more.
        sys.exit(
            f"The database cannot be used: {error}\n"
            "What was being written is taken back. Mend that, and run the same command again."
        )
