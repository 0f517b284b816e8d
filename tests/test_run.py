from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests import postgresql, run


def test_it_leaves_out_what_is_missing_and_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(postgresql, "programs", lambda: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert run.main(["--only", "postgresql,browser"]) == 0
    said = capsys.readouterr().out
    assert "postgresql: left out, PostgreSQL is missing" in said
    assert "apt-get install chromium" in said


def test_it_fails_where_something_is_missing_on_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(postgresql, "programs", lambda: None)
    assert run.main(["--only", "postgresql"]) == 1


@pytest.fixture
def programs() -> Path:
    """PostgreSQL's programs, or the test is skipped."""
    found = postgresql.programs()
    if found is None:
        pytest.skip("PostgreSQL is missing")
    return found


def test_it_brings_a_cluster_and_takes_it_away(programs: Path) -> None:
    with postgresql.cluster(programs) as url:
        folder = Path(url.partition("host=")[2])
        with psycopg.connect(host=str(folder), user="postgres") as connection:
            row = connection.execute("SHOW server_encoding").fetchone()
        assert row == ("UTF8",)
    assert not folder.exists()


PROGRAM = """
import signal, sys, time
from pathlib import Path
from tests import postgresql
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
# Where tests run in the background, Ctrl-C is ignored from the start.
signal.signal(signal.SIGINT, signal.default_int_handler)
with postgresql.cluster(Path(sys.argv[1])) as url:
    print(url.partition("host=")[2], flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
def test_it_takes_the_cluster_away_when_it_is_stopped(programs: Path, told: signal.Signals) -> None:
    command = [sys.executable, "-c", PROGRAM, str(programs)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ}
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        pid = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        process.send_signal(told)
        process.wait(timeout=20)
    assert not folder.exists()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.05)
    raise AssertionError("the server is still there")
