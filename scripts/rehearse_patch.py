"""Rehearse a patch from beginning to end: `make rehearse-patch PIN=segno==1.6.5`.

In a folder of its own: the present version is deployed and serves; one pin is changed and locked
with its hashes; the smoke tests pass with it; it is deployed beside the first by changing a link;
and taken back. A reader writes before and after each step, and nothing of it may be lost. Each step
is printed with its seconds; whatever goes wrong ends it with 1.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from scripts.lock import OPTIONS, ROOT, run, visitor
from scripts.pins import pins

PIN = "segno==1.6.5"  # a small one, which nothing else needs
PAGES = ("/", "/es/", "/search/?q=copay", "/needs/", "/list/", "/readyz", "/admin/login/")
SMOKE = ("tests/directory/test_headers.py", "tests/handouts/test_code.py", "tests/test_checks.py")
PATIENCE = 60  # seconds that a start may take
OLD_ENOUGH = 4  # seconds: a form that comes back sooner was filled in by a robot


def main() -> None:
    """Rehearse, and print each step."""
    parser = argparse.ArgumentParser(prog="python -m scripts.rehearse_patch")
    parser.add_argument("pin", nargs="?", default=PIN, help="the pin to change: name==version")
    pin = parser.parse_args().pin
    with tempfile.TemporaryDirectory(prefix="directory-patch-") as name:
        Rehearsal(Path(name)).play(pin)


class Rehearsal:
    """A machine in a folder: `releases/`, the link `current` to one of them, and the database."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.current = folder, folder / "current"
        self.database = folder / "db.sqlite3"
        command = ("git", "rev-parse", "HEAD")  # once: somebody may commit meanwhile
        self.commit = subprocess.check_output(command, cwd=ROOT, text=True).strip()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "PUBLIC_URL"},
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SECRET_KEY": "only for a rehearsal, on a port of this machine",
            "DATA_FOLDER": str(folder / "data"),
            "PORT": str(self.port),
        }
        self.server: subprocess.Popen[bytes] | None = None
        self.written: list[str] = []

    def play(self, pin: str) -> None:
        """The steps, one after the other."""
        before, after = self.folder / "releases" / "1", self.folder / "releases" / "2"
        try:
            with step("take out the present version, and install its lock"):
                self.take_out(before)
            with step("prepare its database, and serve it"):
                self.switch(before)
                self.look()
            with step(f"take out the next one, and lock {pin}"):
                self.take_out(after, pin)
            with step("run the smoke tests with it"):
                self.run(after, "-m", "pytest", "-q", *SMOKE, alone=True)
            with step("deploy it: prepare, change the link, start again"):
                self.switch(after)
                self.look()
            with step("roll back to the former"):
                self.switch(before)
                self.look()
        finally:
            self.stop()
            for release in filter(Path.exists, (before, after)):
                run("git", "worktree", "remove", "--force", release)
        print(f"Nothing was lost: {len(self.written)} of {len(self.written)} reports are there.")

    def take_out(self, release: Path, pin: str = "") -> None:
        """This commit in a folder of its own, perhaps with another pin, and its environment."""
        run("git", "worktree", "add", "--quiet", "--detach", release, self.commit)
        if pin:
            lock = release / "requirements.lock"
            was = pins(lock.read_text())
            with visitor("uv") as bin_:
                keep = [option for option in OPTIONS if option != "--upgrade"]
                wish = ("--upgrade-package", pin, "--output-file", lock)
                command = ("pip", "compile", "pyproject.toml", *keep)
                run(bin_ / "uv", *command, *wish, folder=release)
            now = pins(lock.read_text())
            changed = {name: now.get(name) for name in was | now if was.get(name) != now.get(name)}
            if changed != dict([pin.split("==")]):
                sys.exit(f"{pin} was to change, and this changed: {changed}")
        run(sys.executable, "scripts/environment.py", folder=release)

    def switch(self, release: Path) -> None:
        """Prepare a release, let the link lead to it, and start it in place of the one before."""
        self.run(release, "manage.py", "prepare")
        self.stop()
        link = self.folder / "next"
        link.symlink_to(release)
        link.replace(self.current)
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [self.current / ".venv/bin/python", "-m", "directory.serve"],
                cwd=self.current.resolve(),
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._is_up():
            if time.monotonic() > until or self.server.poll() is not None:
                sys.exit("It did not start:\n" + (self.folder / "log").read_text()[-3000:])
            time.sleep(0.1)

    def look(self) -> None:
        """Every page answers, what a reader writes is kept, and so is all that was written."""
        for page in PAGES:
            self.ask(page)
        self.write(f"The number is wrong, says reader {len(self.written) + 1}.")
        with closing(sqlite3.connect(self.database)) as file:
            file.create_function("regexp", 2, _matches)  # which Django's constraints ask for
            kept = [text for (text,) in file.execute("SELECT text FROM resources_report")]
            (sound,) = file.execute("PRAGMA integrity_check").fetchone()
        if sorted(kept) != sorted(self.written) or sound != "ok":
            sys.exit(f"Written {self.written}, kept {kept}; the database is {sound}.")

    def write(self, words: str) -> None:
        """Report something as a reader does, by the form of the page."""
        ticket = re.search(r'name="ticket" value="([^"]+)"', self.ask("/report/"))
        time.sleep(OLD_ENOUGH)
        form = {"wrong": "contact", "text": words, "ticket": ticket[1] if ticket else ""}
        self.ask("/report/", urlencode(form).encode())
        self.written.append(words)

    def ask(self, path: str, form: bytes | None = None) -> str:
        """A page of the site; whatever is no success ends the rehearsal."""
        request = Request(f"http://127.0.0.1:{self.port}{path}", form)
        with urlopen(request, timeout=30) as answer:  # noqa: S310  (this machine's)
            return str(answer.read().decode())

    def run(self, release: Path, *arguments: str, alone: bool = False) -> None:
        """Run Python in a release; `alone` with nothing of this site in its environment."""
        environment = self.environment
        if alone:
            own = ("DATABASE_URL", "SECRET_KEY", "DATA_FOLDER", "PORT")
            environment = {name: environment[name] for name in environment if name not in own}
        done = subprocess.run(
            [release / ".venv/bin/python", *arguments],
            cwd=release,
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")

    def stop(self) -> None:
        """End the server that runs, its workers included."""
        server, self.server = self.server, None
        if server:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()

    def _is_up(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _matches(pattern: str, text: object) -> bool:
    return text is not None and re.search(pattern, str(text)) is not None


@contextmanager
def step(words: str) -> Iterator[None]:
    """Print what is done, and how long it took."""
    began = time.monotonic()
    print(f"{words} ...", end=" ", flush=True)
    yield
    print(f"{time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    if shutil.which("git") is None:
        sys.exit("git is missing.")
    main()
