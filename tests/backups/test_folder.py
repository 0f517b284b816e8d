"""The folder of the backups, and who can open what is in it. On a small database of SQLite."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from resources.backups import folder, restoring, sealing
from resources.backups.databases import module_of
from resources.backups.folder import Backup
from resources.backups.picture import Database, NotADirectory, Unsound
from resources.backups.programs import ProgramFailed
from resources.files import Taken, locked
from tests.backups.conftest import Keys
from tests.backups.doing import (
    AUDIT,
    CANARY,
    DAY,
    EDITION,
    NOW,
    ask,
    is_empty,
    restore,
    rewrite,
    small_database,
)
from tests.served import ROOT


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return small_database(tmp_path / "db.sqlite3")


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Database:
    return {**database, "NAME": str(tmp_path / "place" / "db.sqlite3")}


def test_it_can_be_read_by_nobody_else(make: Callable[..., Backup]) -> None:
    backup = make()

    assert backup.file.read_bytes().startswith(b"age-encryption.org/")
    assert not any(CANARY.encode() in path.read_bytes() for path in backup.path.iterdir())
    assert backup.file.stat().st_mode & 0o077 == 0


def test_its_manifest_says_what_is_in_it_without_the_key(
    make: Callable[..., Backup], keys: Keys
) -> None:
    said = make().manifest

    assert (said.edition, said.kind) == (EDITION, "sqlite")
    assert said.recipients == keys.recipients.keys
    assert "resources.0001_initial" in said.migrations
    assert said.tables["resources_auditevent"].rows == 1


def test_a_file_that_was_cut_off_is_refused(
    make: Callable[..., Backup], place: Database, keys: Keys
) -> None:
    backup = make()
    backup.file.write_bytes(backup.file.read_bytes()[:-1])

    with pytest.raises(Unsound, match="damaged or cut off"):
        restore(backup, place, keys.identity)
    assert is_empty(place)


def test_it_says_which_table_is_not_as_it_was(
    make: Callable[..., Backup], place: Database, keys: Keys
) -> None:
    backup = make()
    tables = json.loads((backup.path / folder.MANIFEST).read_text())["tables"]
    tables["resources_auditevent"]["rows"] = 2

    with pytest.raises(Unsound, match="resources_auditevent: 1 rows, 2 in the backup"):
        restore(rewrite(backup, tables=tables), place, keys.identity)


def test_one_that_is_broken_off_is_no_backup(
    make: Callable[..., Backup], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age = tmp_path / "bin" / "age"
    age.parent.mkdir()
    age.write_text("#!/bin/sh\nhead -c 20000\necho no space left on device >&2\nexit 1\n")
    age.chmod(0o755)
    monkeypatch.setenv("PATH", f"{age.parent}:/usr/bin:/bin")

    with pytest.raises(ProgramFailed, match=r"age failed .*no space left on device"):
        make()
    assert folder.listed(root) == []
    assert [path.name for path in root.iterdir()] == [".lock"]


@pytest.mark.parametrize("note", [b"", b"[]", b"{}", b'{"at": 3}', b'{"at": "yesterday"}'])
def test_a_note_that_cannot_be_read_is_none(
    make: Callable[..., Backup], root: Path, note: bytes
) -> None:
    (make().path / folder.CHECKED).write_bytes(note)

    (backup,) = folder.listed(root)
    assert backup.checked_at is None


def test_what_a_killed_one_left_is_cleared_away(make: Callable[..., Backup], root: Path) -> None:
    make().path.rename(root / folder.DRAFT)

    assert folder.listed(root) == []
    make()
    assert not (root / folder.DRAFT).exists()


def test_two_are_never_made_at_once(make: Callable[..., Backup], root: Path) -> None:
    with locked(root), pytest.raises(Taken):
        make()


def test_it_keeps_the_newest_and_the_newest_that_was_ever_tried(
    make: Callable[..., Backup], root: Path
) -> None:
    for day in range(3):
        backup = make(now=NOW + day * DAY)
        if day == 0:
            folder.note_check(backup, NOW)
    make(now=NOW + 3 * DAY, keep=2)

    kept = [backup.made_at for backup in folder.listed(root)]
    assert kept == [NOW + 3 * DAY, NOW + 2 * DAY, NOW]


def test_it_keeps_what_was_just_made_though_the_clock_was_ahead(
    make: Callable[..., Backup], root: Path
) -> None:
    folder.note_check(make(now=NOW + DAY), NOW)
    newest = make(now=NOW, keep=1)

    assert newest.name in [backup.name for backup in folder.listed(root)]


def gpg_keys(folder: Path, passphrase: str = "") -> tuple[Path, Path]:
    """The files of a public key of GPG and of its private one."""
    home = folder / "g"
    home.mkdir(mode=0o700)
    gpg = ["gpg", f"--homedir={home}", "--batch", "--quiet", "--pinentry-mode=loopback"]

    def run(*words: str) -> bytes:
        command = [*gpg, "--passphrase", passphrase, *words]
        return subprocess.run(command, check=True, capture_output=True).stdout

    run("--quick-generate-key", "ann@example.org", "future-default")
    public, private = folder / "public", folder / "private"
    public.write_bytes(run("--armor", "--export"))
    private.write_bytes(run("--armor", "--export-secret-keys"))
    subprocess.run(["gpgconf", f"--homedir={home}", "--kill", "all"], check=True)
    return public, private


def test_it_writes_for_gpg_too(
    make: Callable[..., Backup], place: Database, tmp_path: Path
) -> None:
    public, private = gpg_keys(tmp_path)

    backup = make(to=sealing.recipients([str(public)]))

    assert backup.file.suffix == ".gpg"
    assert len(backup.manifest.recipients[0]) == 40
    restoring.restore(backup, place, identity=private, overwrite=False)
    assert ask(place, AUDIT) == [(CANARY,)]


READ = """
from pathlib import Path
from resources.backups.sealing import unsealed
with open({file!r}, "rb") as file, unsealed(file, "gpg", Path({key!r})) as pieces:
    print(len(b"".join(pieces)))
"""


def test_gpg_asks_whoever_restores_for_the_passphrase(
    make: Callable[..., Backup], tmp_path: Path
) -> None:
    public, private = gpg_keys(tmp_path, "correct horse")
    backup = make(to=sealing.recipients([str(public)]))
    program = [sys.executable, "-c", READ.format(file=str(backup.file), key=str(private))]

    # What "script" starts has a terminal. GPG forgets what is typed before it has asked: it is
    # typed again until somebody listens.
    with subprocess.Popen(
        ["timeout", "60", "script", "-qec", shlex.join(program), "/dev/null"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as terminal:
        assert terminal.stdin
        while terminal.poll() is None:
            with suppress(BrokenPipeError):
                terminal.stdin.write(b"correct horse\n")
                terminal.stdin.flush()
            with suppress(subprocess.TimeoutExpired):
                terminal.wait(1)
        assert terminal.stdout
        said = terminal.stdout.read()
    assert terminal.returncode == 0, said
    assert b"passphrase" in said
    assert int(said.split()[-1]) > 0


def test_it_says_that_it_was_checked(
    make: Callable[..., Backup], place: Database, keys: Keys, root: Path
) -> None:
    restoring.check(make(), place, identity=keys.identity, now=NOW + DAY)

    assert folder.listed(root)[0].checked_at == NOW + DAY


def test_it_refuses_a_database_without_a_directory(
    make: Callable[..., Backup], place: Database
) -> None:
    with pytest.raises(NotADirectory):
        make(of=place)


def test_a_backup_of_newer_code_or_of_another_database_is_refused(
    make: Callable[..., Backup], place: Database
) -> None:
    backup = make()
    restoring.refuse_unless_it_fits(backup, place, [*backup.manifest.migrations, "resources.9999"])

    with pytest.raises(restoring.NoBackup, match=r"newer version .*resources\.0001_initial"):
        restoring.refuse_unless_it_fits(backup, place, [])
    other = rewrite(backup, kind="another")
    with pytest.raises(restoring.NoBackup, match="Restore it to"):
        restoring.refuse_unless_it_fits(other, place, backup.manifest.migrations)


def test_it_rehearses_without_the_private_key(
    make: Callable[..., Backup], monkeypatch: pytest.MonkeyPatch, root: Path, database: Database
) -> None:
    make(rehearse=True)
    speaker = module_of(database)
    monkeypatch.setattr(speaker, "look", lambda place: {})

    with pytest.raises(Unsound, match="resources_auditevent"):
        make(rehearse=True, now=NOW + DAY)
    assert len(folder.listed(root)) == 1
