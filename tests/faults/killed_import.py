"""An import is killed; what is left is whole, and the same command completes it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.sites import Site
from tests.faults.options import Options
from tests.faults.places import Place
from tests.served import ROOT

INSIDE = "tests.faults.importing"


def attack(place: Place, options: Options) -> Iterator[tuple[str, list[str]]]:
    """Import new services so many times, killed at a random moment; then complete it."""
    chance, longest = random.Random(options.seed), 0.0
    for number in range(options.times + 1):
        # The first run is let through: it tells how long one takes.
        after = chance.uniform(0, longest) if number else None
        one = Import(place.site, place.folder, f"import-{number}", options.services)
        began = time.perf_counter()
        one.run(after)
        longest = longest or time.perf_counter() - began
        saved, unsound = one.look()
        one.run()
        unsound += one.look_at_all() + place.look()
        when = f"killed after {after:.2f} s" if after is not None else "let through"
        yield f"{when}, {saved} saved", unsound


class Import:
    """An import of new services from a file; it can be run again."""

    def __init__(self, site: Site, folder: Path, source: str, services: int) -> None:
        self.site, self.source = site, source
        file = folder / f"{site.name}-{source}.ndjson".replace(" ", "")
        given = {"source": source, "services": services, "file": str(file)}
        self.records: int = site.run_inside(INSIDE, "write", given)
        self.command = [
            *(sys.executable, "manage.py", "import_hsds", str(file)),
            *("--publish", f"--source={source}"),
        ]

    def start(self) -> subprocess.Popen[str]:
        """Run it beside."""
        return subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.site.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, after: float | None = None) -> tuple[int, str]:
        """Run it, killed after so many seconds (None: not): how it ended, what it said."""
        process = self.start()
        try:
            _nothing, said = process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            _nothing, said = process.communicate()
        return process.returncode, said

    def look(self) -> tuple[int, list[str]]:
        """How many records are saved, and what is unsound."""
        saved, unsound = self.site.run_inside(INSIDE, "look", {"source": self.source})
        return saved, unsound

    def look_at_all(self) -> list[str]:
        """What is unsound, or missing."""
        saved, unsound = self.look()
        missing = [f"{saved} of {self.records} records after it was run again"]
        return unsound + (missing if saved != self.records else [])
