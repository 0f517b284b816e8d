"""The example units of systemd, read as they are, and started as systemd would start them."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.served import ROOT

FOLDER = ROOT / "deploy" / "systemd"


@dataclass(frozen=True)
class Unit:
    """One file: (section, key, value) of each line, in their order."""

    name: str
    lines: tuple[tuple[str, str, str], ...]

    def values(self, key: str) -> list[str]:
        """Everything that is said of a key."""
        return [value for _section, name, value in self.lines if name == key]


def read(path: Path) -> Unit:
    """The unit in this file."""
    section, lines = "", []
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            lines.append((section, key, value))
    return Unit(path.name, tuple(lines))


def all_units() -> dict[str, Unit]:
    """Every unit by the name of its file."""
    return {path.name: read(path) for path in sorted(FOLDER.iterdir())}


def environment_in(text: str) -> dict[str, str]:
    """What an environment file sets."""
    said = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in said)


@dataclass(frozen=True)
class Machine:
    """Stands in for a machine: `places` are the folders of the examples -> the ones used here."""

    places: Mapping[str, Path]
    log: Path

    def here(self, text: str) -> str:
        """A text of an example with this machine's folders; the longer of two names first."""
        for place in sorted(self.places, key=len, reverse=True):
            text = text.replace(place, str(self.places[place]))
        return text

    def run(self, unit: Unit) -> list[subprocess.Popen[bytes]]:
        """Start each of its commands, the next once the one before has ended where it says so."""
        started = []
        for command in unit.values("ExecStart"):
            process = self._started(unit, shlex.split(self.here(command)))
            if unit.values("Type") == ["oneshot"]:
                process.wait(timeout=600)
            started.append(process)
        return started

    def _started(self, unit: Unit, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.here(unit.values("WorkingDirectory")[0]),
                env=self._environment(unit),
                umask=int(unit.values("UMask")[0], 8),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _environment(self, unit: Unit) -> dict[str, str]:
        """What systemd would give, and nothing of ours; the environment file comes last."""
        given = {"PATH": os.defpath, "LANG": "C.UTF-8"}
        for said in unit.values("Environment"):
            given |= dict(one.split("=", 1) for one in self.here(said).split())
        for name in unit.values("RuntimeDirectory"):
            folder = Path(self.here(f"/run/{name}"))
            folder.mkdir(parents=True, exist_ok=True)
            given["RUNTIME_DIRECTORY"] = str(folder)
        for file in unit.values("EnvironmentFile"):
            given |= environment_in(Path(self.here(file)).read_text())
        return given
