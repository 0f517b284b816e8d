"""The worker is killed while it sends the mails of alerts: none twice, none forgotten."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.options import Options
from tests.faults.places import Place
from tests.served import ROOT

ALERTS = 120
LATEST = 0.5  # seconds after the first mail, at which it is killed at the latest
PATIENCE = 120  # seconds until the first mail
IN_TROUBLE = ("sending", "failed")  # mails that a curator is asked about, at the desk


def attack(place: Place, options: Options) -> Iterator[tuple[str, list[str]]]:
    """Kill it while mails go out; what the timer starts each day has to do the rest."""
    chance = random.Random(options.seed)
    for number in range(options.times):
        box = place.folder / f"mails-{place.site.name}-{number}".replace(" ", "")
        waiting = place.run_inside("ask_for_mails", ALERTS)
        after = chance.uniform(0, LATEST)
        before = place.run_inside("fates")
        with _worker(place, box) as worker:
            _wait_for_mail(box, worker)
            time.sleep(after)
            worker.kill()
        sent = len(_sent(box))
        place.run_inside("send_again")
        with _worker(place, box) as worker:
            worker.wait()
        told = f"killed {after:.2f} s after the first of {waiting} mails, {sent} were sent"
        yield told, _found(place, box, waiting, before) + place.look()


def _worker(place: Place, box: Path) -> subprocess.Popen[bytes]:
    """A worker that ends when nothing is left, and puts its mails into a folder."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay"],
        cwd=ROOT,
        env={**place.site.environment, "EMAIL_URL": f"filemail:///{box}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_for_mail(box: Path, worker: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while not _sent(box) and worker.poll() is None and time.monotonic() < until:
        time.sleep(0.01)


def _sent(box: Path) -> list[str]:
    """To whom mails were sent. One that is written in part was not handed over."""
    texts = (file.read_text() for file in box.glob("*"))
    return [to for text in texts for to in re.findall(r"^To: (\S+)$", text, re.MULTILINE)]


def _found(place: Place, box: Path, waiting: int, before: dict[str, int]) -> list[str]:
    """Who got two mails; how many mails nobody knows anything of."""
    sent = Counter(_sent(box))
    found = [f"{to} got {number}" for to, number in sent.items() if number > 1]
    fates = place.run_inside("fates")
    if fates.get("waiting"):
        found.append(f"{fates['waiting']} wait still")
    asked_about = sum(fates.get(fate, 0) - before.get(fate, 0) for fate in IN_TROUBLE)
    if len(sent) + asked_about < waiting:
        found.append(f"{waiting} waited, {len(sent)} were sent, {asked_about} stand at the desk")
    if asked_about > 1:
        found.append(f"one was under way, {asked_about} stand at the desk")
    return found
