from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from directory.databases import kept_open
from tests.served import ROOT


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "db.sqlite3"


def read(database: Path, *before: str) -> str:
    """Which files are beside a database once a process has read it."""
    code = f"""
import django
django.setup()
from pathlib import Path
from django.db import connection
from directory.databases import kept_open
{before[0] if before else ""}
connection.cursor().execute("SELECT count(*) FROM sqlite_master")
connection.close()
print(sorted(file.name for file in Path({str(database.parent)!r}).iterdir()))
"""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "directory.settings",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode().strip()


def test_a_server_keeps_the_files_that_a_full_disk_would_have_no_room_for(database: Path) -> None:
    assert read(database) == "['db.sqlite3']"
    kept = read(database, "kept_open.keep_open()")
    assert kept == "['db.sqlite3', 'db.sqlite3-shm', 'db.sqlite3-wal']"


def test_it_keeps_nothing_open_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql")
    kept_open.keep_open()
    assert kept_open._kept == []


def test_a_command_says_in_a_sentence_that_the_database_is_gone(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder"}
    done = subprocess.run(
        [sys.executable, "manage.py", "rebuild_search"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be used: ")
    assert "Traceback" not in done.stderr
