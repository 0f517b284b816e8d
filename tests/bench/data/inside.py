"""What is done inside a site where open data is measured: `python -m ... TASK`."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import django


def publish(_given: Any) -> dict[str, Any]:
    """Publish an edition; its files by name, in bytes."""
    from django.conf import settings
    from django.core.management import call_command

    from resources.opendata import folder

    call_command("publish_data", stdout=StringIO())
    newest = folder.listed(Path(settings.DATA_FOLDER))[-1]
    return {file.name: file.size for file in newest.files}


def copy(given: str) -> dict[str, Any]:
    """Copy the site into this folder; what the command says at its end."""
    from django.core.management import call_command

    said = StringIO()
    call_command("export_static", given, stdout=said)
    return {"said": said.getvalue().splitlines()[-1]}


TASKS: dict[str, Callable[[Any], Any]] = {"publish": publish, "copy": copy}


def main() -> None:
    """Do a task with what is on stdin, and say what it took besides: seconds, and MiB at most."""
    task, given = TASKS[sys.argv[1]], json.load(sys.stdin)
    django.setup()
    began, worked = time.monotonic(), time.process_time()
    found = task(given)
    took = {
        "seconds": round(time.monotonic() - began, 1),
        "processor": round(time.process_time() - worked, 1),
        "peak": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    json.dump({**took, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
