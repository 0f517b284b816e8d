"""Imports, inside the site: `python -m tests.faults.importing write|look`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import django

FEW = 5  # services of an organization


def write(source: str, services: int, file: str) -> int:
    """Write an import whose ids nobody has yet; returns how many records it is."""
    with Path(file).open("w", encoding="utf-8") as lines:
        for each in range(services):
            of = each // FEW
            organisation = {
                "id": str(uuid5(NAMESPACE_URL, f"{source} organization {of}")),
                "name": f"Neighbor {source} {of}",
                "description": "Helps.",
                "website": "https://example.org/",
            }
            service = {
                "id": str(uuid5(NAMESPACE_URL, f"{source} service {each}")),
                "name": f"Rides {source} {each}",
                "description": "A volunteer drives you to chemotherapy.",
                "url": f"https://example.org/{source}/{each}",
                "status": "temporarily closed",
                "last_modified": "2026-11-01T00:00:00Z",
                "organization": organisation,
                "phones": [
                    {
                        "id": str(uuid5(NAMESPACE_URL, f"{source} phone {each}")),
                        "number": "800-532-5274",
                    }
                ],
                "service_areas": [
                    {"id": str(uuid5(NAMESPACE_URL, f"{source} area {each}")), "extent": "US-OH"}
                ],
            }
            lines.write(json.dumps(service) + "\n")
    return services + -(-services // FEW)


def look(source: str) -> tuple[int, list[str]]:
    """How many records of the source are saved, and what is unsound in the directory."""
    from resources import documents
    from resources.models import Organisation, Origin, Publication, Resource

    unsound = []
    origins = Origin.objects.filter(source=source)
    for model in (Organisation, Resource):
        kept: Any = model
        ids = set(origins.filter(kind=kept.KIND).values_list("public_id", flat=True))
        pks = list(kept.objects.filter(public_id__in=ids).values_list("pk", flat=True))
        by = Publication.objects.filter(by_name=f"import from {source}", kind=kept.KIND)
        if len(pks) != len(ids) or set(by.values_list("public_id", flat=True)) != ids:
            unsound.append(f"{kept.KIND}: {len(pks)} entries, {len(ids)} origins")
        newest = {row.public_id: row.document for row in by.order_by("version")}
        for pk, said in documents.read_many(kept, pks).items():
            if newest.get(kept.objects.get(pk=pk).public_id) != said:
                unsound.append(f"{kept.KIND} {said['slug']}: the record says otherwise")
    closed = Resource.objects.published().filter(fund_status="closed", sightings=None).count()
    if closed:
        unsound.append(f"{closed} closed without a sighting")
    return origins.count(), unsound


if __name__ == "__main__":
    django.setup()
    tasks: dict[str, Any] = {"write": write, "look": look}
    print(json.dumps(tasks[sys.argv[1]](**json.load(sys.stdin))))
