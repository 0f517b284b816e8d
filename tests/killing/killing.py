"""One import, killed or not, and what was found afterwards."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.sites import Site
from tests.served import ROOT

INSIDE = "tests.killing.inside"


@dataclass
class Found:
    """`saved`: records of the import after the kill; `unsound`: sentences; `seconds` it took."""

    saved: int = 0
    seconds: float = 0
    unsound: list[str] = field(default_factory=list)


def kill_once(site: Site, folder: Path, number: int, services: int, after: float | None) -> Found:
    """Import new services, killed `after` so many seconds (None: not), look, and complete it."""
    file = folder / f"{number}.ndjson"
    records = site.run_inside(
        INSIDE, "write", {"number": number, "services": services, "file": str(file)}
    )
    command = [
        sys.executable,
        "manage.py",
        "import_hsds",
        str(file),
        "--publish",
        f"--source={number}",
    ]
    found, began = Found(), time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    found.seconds = time.perf_counter() - began
    found.saved, found.unsound = site.run_inside(INSIDE, "look", {"source": str(number)})
    subprocess.run(
        command,
        cwd=ROOT,
        env=site.environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    saved, unsound = site.run_inside(INSIDE, "look", {"source": str(number)})
    found.unsound += unsound
    if saved != records:
        found.unsound.append(f"{saved} of {records} records after it was run again")
    return found
