"""Look at every address of the starter data, on servers of this machine that play every case.

`python -m tests.rehearsal [--seconds 1] [--pause 0.2]`. What each case was taken for is printed as
Markdown; it ends with an error that names whatever was taken for something else.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django

from tests.rehearsal import certificates
from tests.run import OWN

SECONDS, PAUSE = 1.0, 0.2


def main() -> None:
    """Rehearse, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.rehearsal")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="that an address may take")
    parser.add_argument("--pause", type=float, default=PAUSE, help="for each host, in seconds")
    options = parser.parse_args()
    if not certificates.is_there():
        sys.exit(f"openssl is missing. {certificates.HOW_TO_GET_IT}")
    with tempfile.TemporaryDirectory(prefix="directory-rehearsal-") as folder:
        _database(Path(folder))
        mistakes = _rehearse(Path(folder), options.seconds, options.pause)
    if mistakes:
        sys.exit("\n".join(["", *mistakes]))


def _database(folder: Path) -> None:
    """The starter data in a database that goes with the folder."""
    for name in OWN:
        os.environ.pop(name, None)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'db.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    from django.core.management import call_command

    from resources.interchange import starter

    call_command("migrate", verbosity=0)
    starter.load()


def _rehearse(folder: Path, seconds: float, pause: float) -> list[str]:
    """Print what came of it; what was not as it should be, in words."""
    from django.utils import timezone

    from resources.trust import named
    from resources.trust.links import Limits
    from tests.rehearsal.report import report
    from tests.rehearsal.running import rehearse
    from tests.rehearsal.shares import shared_out
    from tests.rehearsal.stage import stage

    urls = sorted(named.addresses())
    sites, limits = shared_out(urls), Limits(seconds=seconds)
    with stage(sites, folder) as playing:
        today = timezone.localdate()
        found = rehearse(urls, sites, playing, today=today, limits=limits, pause=pause)
    print(report(found, sites, limits, pause))
    return found.mistakes


if __name__ == "__main__":
    main()
