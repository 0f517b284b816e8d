"""Rehearse the container file without an engine: `make rehearse-container`.

Its steps are run one after another in a fresh folder in place of /app, by this machine's Python in
place of the image's. What asks for root of a whole system (apt-get, useradd) is left out and said
so. After `USER` everything runs as "nobody", where this is run by root.
"""

from __future__ import annotations

import json
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.deploy.__main__ import held, waited
from tests.served import ROOT, free_port

FILE = ROOT / "deploy" / "Containerfile"
IGNORED = ROOT / ".containerignore"
ONLY_IN_AN_IMAGE = ("apt-get", "useradd")
NOBODY = pwd.getpwnam("nobody")


def steps(text: str) -> list[tuple[str, str]]:
    """(instruction, what follows) of each line that is no comment."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


class Image:
    """What the steps have made so far."""

    def __init__(self, folder: Path) -> None:
        self.app = folder / "app"
        self.app.mkdir()
        # The system's own Python, which every user may run, under the name it has in the image.
        python = shutil.which("python3", path=os.defpath)
        assert python
        (folder / "bin").mkdir()
        (folder / "bin" / "python").symlink_to(python)
        self.environment = {"PATH": f"{folder / 'bin'}:{os.defpath}", "LANG": "C.UTF-8"}
        self.user: str | None = None
        self.command: list[str] = []

    def take(self, instruction: str, said: str) -> None:
        """Do one step. Raises `CalledProcessError` where it fails."""
        here = said.replace("/app", str(self.app))
        if instruction == "COPY":
            self._copy(*shlex.split(said))
        elif instruction == "ENV":
            name, _, value = here.partition("=")
            self.environment[name] = value
        elif instruction == "RUN":
            self._run(here.replace("chown -R directory", f"chown -R {NOBODY.pw_uid}"))
        elif instruction == "USER":
            self.user = "nobody"
        elif instruction == "CMD":
            self.command = json.loads(said)
        else:
            assert instruction in ("FROM", "WORKDIR", "EXPOSE"), instruction

    def _run(self, command: str) -> None:
        if command.startswith(ONLY_IN_AN_IMAGE):
            print(f"  left out: {command[:60]}…")
            return
        if command.startswith("chown") and os.geteuid() != 0:
            print(f"  left out, since it is not run by root: {command}")
            return
        subprocess.run(["sh", "-c", command], cwd=self.app, env=self.environment, check=True)

    def _copy(self, *places: str) -> None:
        """From the files that are tracked, without those that the engine is told to ignore."""
        *sources, target = places
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        )
        ignored = set(IGNORED.read_text().splitlines())
        for name in filter(None, listed.stdout.decode().split("\0")):
            if not ignored.isdisjoint({name, name.split("/")[0]}):
                continue
            if "." in sources:
                to = self.app / target / name
            elif name in sources:
                to = self.app / target / Path(name).name
            else:
                continue
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to)

    def start(self, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        """Start something in the container, as its user."""
        user = NOBODY.pw_uid if self.user and os.geteuid() == 0 else None
        path = self.environment["PATH"]
        program = shutil.which(command[0], path=path)
        assert program, command
        return subprocess.Popen(
            [program, *command[1:]],
            cwd=self.app,
            env={**self.environment, **environment},
            start_new_session=True,
            user=user,
            group=NOBODY.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def main() -> None:
    """Build, prepare, serve, look."""
    with tempfile.TemporaryDirectory(prefix="directory-container-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        image = Image(folder)
        for instruction, said in steps(FILE.read_text()):
            print(f"{instruction} {said[:90]}", flush=True)
            image.take(instruction, said)
        state = folder / "state"
        state.mkdir(mode=0o777)
        state.chmod(0o777)
        port = free_port()
        environment = {
            "DATABASE_URL": f"sqlite:///{state}/db.sqlite3",
            "DATA_FOLDER": str(state / "data"),
            "SECRET_KEY": "only-for-a-rehearsal-of-a-container-0123456789-0123456789",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "XDG_CACHE_HOME": str(state / "cache"),
        }
        prepared = image.start(["python", "manage.py", "prepare"], **environment)
        held(prepared.wait() == 0, "it is prepared as the image's user")
        served = image.start(image.command, **environment)
        try:
            waited(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "it is alive")
            held(answers(f"http://127.0.0.1:{port}/"), "it serves the first page")
            held(not (image.app / "var" / "secret_key").exists(), "no secret is in the image")
            owner = Path(f"/proc/{served.pid}").stat().st_uid
            held(owner != 0 or os.geteuid() != 0, f"it is not run by root, but by {owner}")
        finally:
            os.killpg(served.pid, signal.SIGTERM)
            served.wait(timeout=30)


def answers(url: str) -> bool:
    """Whether it answers 200 there."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        time.sleep(0.1)
        return False


if __name__ == "__main__":
    main()
