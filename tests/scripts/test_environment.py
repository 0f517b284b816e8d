from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts import environment


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A folder without an environment; the programs that would be run are listed."""
    ran: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        ran.append(command)
        (tmp_path / ".venv").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(environment, "FOLDER", str(tmp_path / ".venv"))
    monkeypatch.setattr(environment, "STAMP", str(tmp_path / ".venv" / "made-from"))
    monkeypatch.setattr(subprocess, "run", run)
    return ran


def test_it_installs_from_the_lock_by_hash(here: list[list[str]]) -> None:
    environment.main()
    assert "--require-hashes" in here[-1]


def test_it_does_nothing_the_second_time(here: list[list[str]]) -> None:
    environment.main()
    done = len(here)
    environment.main()
    assert len(here) == done


def test_it_begins_anew_when_the_lock_has_changed(
    here: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.main()
    done = len(here)
    lock = tmp_path / "requirements.lock"
    lock.write_text("another\n")
    monkeypatch.setattr(environment, "LOCK", str(lock))
    environment.main()
    assert "--clear" in here[done]


def test_it_names_the_package_where_python_has_no_venv(
    here: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find(name)
    )
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment.main()
    assert here == []


def test_it_sends_an_old_python_away(
    here: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed; this one is 3\.9"):
        environment.main()
