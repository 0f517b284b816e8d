"""A backup of an older version's tables, by the commands that people type."""

from __future__ import annotations

from pathlib import Path

import pytest
from environ import Env

from tests.backups.doing import CANARY, ask
from tests.served import Served, database

pytestmark = pytest.mark.django_db

OLDER = "0018"


def test_it_is_made_and_brought_up_to_this_code(tmp_path: Path) -> None:
    backups = str(tmp_path / "backups")
    with database(tmp_path) as url:
        old = Served(tmp_path, url, BACKUP_FOLDER=backups)
        old.manage("migrate", "resources", OLDER)
        ask(
            Env.db_url_config(url),
            "INSERT INTO resources_auditevent (at, by_name, what, about)"
            f" VALUES ('2026-11-01 12:00:00', 'ann', 'merged', '{CANARY}')",
        )

        backed_up = old.run("backup", "--unencrypted")
        assert backed_up.returncode == 0, backed_up.stderr
        assert "The backup is whole, but the desk does not know of it" in backed_up.stderr

        refused = old.run("enqueue_due")
        assert refused.returncode == 1
        assert refused.stderr.startswith("The database is of an older version than this code.")

    (elsewhere := tmp_path / "new").mkdir()
    with database(elsewhere) as url:
        new = Served(elsewhere, url, BACKUP_FOLDER=backups)
        restored = new.run("restore")
        assert restored.returncode == 0, restored.stderr
        assert "all as they were in the backup" in restored.stdout
        assert new.run("migrate", "--check").returncode == 0
        merged = "SELECT about FROM resources_auditevent WHERE what = 'merged'"
        assert ask(Env.db_url_config(url), merged) == [(CANARY,)]
