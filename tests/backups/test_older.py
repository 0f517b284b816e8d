"""A backup of an older version's tables, by the commands that people type."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from resources.backups import postgresql
from resources.backups.picture import Database
from tests.backups.doing import CANARY, ask

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
OLDER = "0018"
Place = Callable[[str], Database]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An empty place for each name."""
    own = connection.settings_dict
    with ExitStack() as stack:

        def made(name: str) -> Database:
            if connection.vendor == "sqlite":
                return {**own, "NAME": str(tmp_path / f"{name}.sqlite3")}
            return stack.enter_context(postgresql.scratch(own))

        yield made


@pytest.fixture
def manage(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command at a database."""

    def run(database: Database, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "DATABASE_URL": _url(database),
            "DATA_FOLDER": str(tmp_path / "data"),
            "BACKUP_FOLDER": str(tmp_path / "backups"),
        }
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )

    return run


def _url(database: Database) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()


def test_it_is_made_and_brought_up_to_this_code(
    place: Place, manage: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    old, new = place("old"), place("new")
    assert manage(old, "migrate", "resources", OLDER).returncode == 0
    ask(
        old,
        "INSERT INTO resources_auditevent (at, by_name, what, about)"
        f" VALUES ('2026-11-01 12:00:00', 'ann', 'merged', '{CANARY}')",
    )

    backed_up = manage(old, "backup", "--unencrypted")
    assert backed_up.returncode == 0, backed_up.stderr
    assert "The backup is whole, but the desk does not know of it" in backed_up.stderr

    refused = manage(old, "enqueue_due")
    assert refused.returncode == 1
    assert refused.stderr.startswith("The database is of an older version than this code.")

    restored = manage(new, "restore")
    assert restored.returncode == 0, restored.stderr
    assert "all as they were in the backup" in restored.stdout
    assert manage(new, "migrate", "--check").returncode == 0
    assert ask(new, "SELECT about FROM resources_auditevent WHERE what = 'merged'") == [(CANARY,)]
