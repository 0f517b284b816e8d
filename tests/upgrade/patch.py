"""Rehearse a patch from beginning to end: `make rehearse-patch PIN=segno==1.6.5`.

In a folder of its own: the present version is deployed and serves; one pin is changed and locked
with its hashes; the smoke tests pass with it; it is deployed beside the first by changing a link;
and taken back. A reader writes before and after each step, and nothing of it may be lost. Each step
is printed with its seconds; whatever goes wrong ends it with 1.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import httpx

from scripts.lock import OPTIONS, run, visitor
from scripts.pins import pins
from tests.bench.__main__ import run as run_all
from tests.faults.people import Reader
from tests.served import Served
from tests.upgrade.releases import code_of, present

PIN = "segno==1.6.5"  # a small one, which nothing else needs
PYTHON = ".venv/bin/python"  # of a release
OLD_ENOUGH = 4  # seconds: `resources.forms.tickets.LEAST`, and one more
PAGES = ("/", "/es/", "/search/?q=copay", "/needs/", "/list/", "/readyz", "/admin/login/")
SMOKE = ("tests/directory/test_headers.py", "tests/handouts/test_code.py", "tests/test_checks.py")

# Whether the database is sound, and all that readers wrote.
LEFT = """
import json
from django.db import connection
from resources.models import Report
with connection.cursor() as cursor:
    cursor.execute("PRAGMA integrity_check")
    (sound,) = cursor.fetchone()
print(json.dumps([sound, sorted(Report.objects.values_list("text", flat=True))]))
"""


def main() -> None:
    """Rehearse, and print each step."""
    parser = argparse.ArgumentParser(prog="python -m tests.upgrade.patch")
    parser.add_argument("pin", nargs="?", default=PIN, help="the pin to change: name==version")
    pin = parser.parse_args().pin
    with tempfile.TemporaryDirectory(prefix="directory-patch-") as name:
        written = rehearse(pin, Path(name))
    print(f"Nothing was lost: {written} of {written} reports are there.")


def rehearse(pin: str, folder: Path) -> int:
    """The steps, one after the other; returns how many reports were written meanwhile."""
    commit = present()  # once: somebody may commit meanwhile
    with code_of(commit, folder / "1") as before, code_of(commit, folder / "2") as after:
        machine = Machine(folder)
        try:
            with step("install the lock of the present version"):
                install(before)
            with step("prepare its database, and serve it"):
                machine.switch(before)
            with step(f"lock {pin} in the next one, and install that"):
                lock(after, pin)
                install(after)
            with step("run the smoke tests with it"):
                run(after / PYTHON, "-m", "pytest", "-q", *SMOKE, folder=after)
            with step("deploy it: prepare, change the link, start again"):
                machine.switch(after)
            with step("roll back to the former"):
                machine.switch(before)
        finally:
            machine.site.stop()
        return len(machine.written)


def install(release: Path) -> None:
    """Make the environment of a release from its lock."""
    run(sys.executable, "scripts/environment.py", folder=release)


def lock(release: Path, pin: str) -> None:
    """Change one pin of a release, and nothing else."""
    path = release / "requirements.lock"
    was = pins(path.read_text())
    with visitor("uv") as bin_:
        keep = [option for option in OPTIONS if option != "--upgrade"]
        wish = ("--upgrade-package", pin, "--output-file", path)
        run(bin_ / "uv", "pip", "compile", "pyproject.toml", *keep, *wish, folder=release)
    now = pins(path.read_text())
    changed = {name: now.get(name) for name in was | now if was.get(name) != now.get(name)}
    if changed != dict([pin.split("==")]):
        sys.exit(f"{pin} was to change, and this changed: {changed}")


class Machine:
    """A machine in a folder: the link `current` to a release, the site that it serves, a reader."""

    def __init__(self, folder: Path) -> None:
        self.current = folder / "current"
        url = f"sqlite:///{folder / 'db.sqlite3'}"
        self.site = Served(folder, url, root=self.current, python=self.current / PYTHON)
        self.written: list[str] = []

    def switch(self, release: Path) -> None:
        """Let the link lead to a release, prepare it, start it in place of the one before, look."""
        link = self.current.with_name("next")
        link.symlink_to(release)
        link.replace(self.current)
        self.site.prepare()  # while the former one goes on
        self.site.stop()
        self.site.start()
        self._look()

    def _look(self) -> None:
        """Every page answers, what a reader writes is kept, and so is all that was written."""
        with httpx.Client(base_url=self.site.url, timeout=30, follow_redirects=True) as visitor:
            for page in PAGES:
                visitor.get(page).raise_for_status()
            ticket = re.search(r'name="ticket" value="([^"]+)"', visitor.get("/report/").text)
        time.sleep(OLD_ENOUGH)  # a form that comes back sooner was filled in by a robot
        text = f"The number is wrong, says reader {len(self.written) + 1}."
        answer = Reader(self.site, 0, ticket[1] if ticket else "").report(text)
        if answer.status_code != HTTPStatus.FOUND:
            sys.exit(f"A report was answered {answer.status_code}.")
        self.written.append(text)
        sound, kept = json.loads(self.site.manage("shell", "-c", LEFT).splitlines()[-1])
        if (sound, kept) != ("ok", sorted(self.written)):
            sys.exit(f"Written {self.written}, kept {kept}; the database is {sound}.")


@contextmanager
def step(words: str) -> Iterator[None]:
    """Print what is done, and how long it took."""
    began = time.monotonic()
    print(f"{words} ...", end=" ", flush=True)
    yield
    print(f"{time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    run_all(main)
