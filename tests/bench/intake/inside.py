"""What is done inside the site: `python -m tests.bench.intake.inside write|take_in`."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import django

FEW = 5  # services of an organization, about as many as in the starter data


def write(services: int, file: str) -> int:
    """Write services as lines of HSDS without our profile; returns how many organizations."""
    from django.utils.timezone import localdate

    from resources.hsds import loading
    from resources.hsds.services import service_document
    from resources.hsds.telling import Telling
    from resources.models import Resource
    from resources.search import sets

    told = Telling(sets.current(localdate()), lambda path: f"https://help.example.org{path}")
    pks = list(Resource.objects.published().values_list("pk", flat=True))
    patterns = [service_document(one, seen, told) for one, seen in loading.services(pks)]
    for pattern in patterns:
        del pattern["support_directory"]
        for phone in pattern.get("phones", []):
            del phone["support_directory"]
    with Path(file).open("w", encoding="utf-8") as lines:
        for number in range(services):
            of = number // FEW
            pattern = patterns[number % len(patterns)]
            said = {
                **pattern,
                "id": str(uuid5(NAMESPACE_URL, f"service {number}")),
                "organization_id": str(uuid5(NAMESPACE_URL, f"organization {of}")),
                "name": f"{pattern['name'][:120]} {number}",
            }
            said["organization"] = {
                **pattern["organization"],
                "id": said["organization_id"],
                "name": f"{pattern['organization']['name'][:120]} {of}",
            }
            lines.write(json.dumps(said) + "\n")
    return -(-services // FEW)


def take_in(services: int, file: str) -> tuple[float, int]:
    """Import the file as the command does; returns seconds, and the most memory in MiB."""
    from django.core.management import call_command

    began = time.perf_counter()
    call_command("import_hsds", file, "--source=benchmark", stdout=sys.stderr)
    seconds = round(time.perf_counter() - began, 1)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    django.setup()
    tasks: dict[str, Any] = {"write": write, "take_in": take_in}
    print(json.dumps(tasks[sys.argv[1]](**json.load(sys.stdin))))
