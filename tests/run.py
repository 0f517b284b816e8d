"""Run the tests: `python -m tests.run [--only sqlite,postgresql] [pytest's arguments]`.

All that need no browser on SQLite, those that need a database on PostgreSQL too, and those that
need a browser in Chromium (`browser`); what happens with several database servers only by
`--only replicas`. Where a program is missing, its part is left out, and it says so; with CI=true
that fails.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable

from tests import postgresql

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a developer may have set for a server of his own must not reach the tests.
OWN = (
    "PUBLIC_URL",
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "REPLICA_URLS",
    "TRUSTED_PROXIES",
    "DATA_FOLDER",
    "BACKUP_FOLDER",
    "BACKUP_RECIPIENT",
    "CONTACT_EMAIL",
)
# Where a worker is killed, the run ends and says so: pytest-xdist 3.8 would put another in its
# place and then wait for ever (https://github.com/pytest-dev/pytest-xdist/issues/1323).
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses=4", "--dist=loadgroup", "--max-worker-restart=0")

Part = Callable[[list[str]], str]


def main(arguments: list[str]) -> int:
    """0 when every part passed; the words for each part stand at the end."""
    parts: dict[str, Part] = {
        "sqlite": _sqlite,
        "postgresql": _postgresql,
        "replicas": _replicas,
        "browser": _browser,
    }
    if arguments[:1] == ["--only"]:
        chosen = arguments[1].split(",")
        parts = {name: part for name, part in parts.items() if name in chosen}
        arguments = arguments[2:]
    else:
        del parts["replicas"]
    for name in OWN:
        os.environ.pop(name, None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped
    outcomes = {name: part(arguments) for name, part in parts.items()}
    for name, outcome in outcomes.items():
        print(f"{name}: {outcome}")
    return 0 if all(_is_good(outcome) for outcome in outcomes.values()) else 1


def _is_good(outcome: str) -> bool:
    left_out_is_good = os.environ.get("CI", "").lower() not in ("true", "1")
    return outcome == "passed" or (outcome.startswith("left out") and left_out_is_good)


def _sqlite(arguments: list[str]) -> str:
    return _pytest("on SQLite", "-m", "not browser and not replicas", *SIDE_BY_SIDE, *arguments)


def _postgresql(arguments: list[str]) -> str:
    programs = postgresql.programs()
    if programs is None:
        return f"left out, PostgreSQL is missing. {postgresql.HOW_TO_GET_IT}"
    with postgresql.cluster(programs) as url:
        return _pytest(
            "on PostgreSQL",
            *("-m", "not browser and not replicas", *SIDE_BY_SIDE, "--database-only"),
            *arguments,
            DATABASE_URL=url,
        )


def _replicas(arguments: list[str]) -> str:
    if postgresql.programs() is None:
        return f"left out, PostgreSQL is missing. {postgresql.HOW_TO_GET_IT}"
    return _pytest("with replicas", "-m", "replicas", *arguments)


def _browser(arguments: list[str]) -> str:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return "left out, Chromium is missing. On Debian and Ubuntu: apt-get install chromium"
    # One after the other: two browsers and two servers on two cores take twice as long.
    return _pytest("in the browser", "-m", "browser", *arguments, CHROMIUM=browser)


def _pytest(title: str, *arguments: str, **environment: str) -> str:
    print(f"\n=== {title} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    code = subprocess.run(command, env={**os.environ, **environment}).returncode
    return "passed" if code == 0 else f"failed (pytest ended with {code})"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
