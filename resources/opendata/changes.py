"""What is new, changed and withdrawn since the edition that was published before.

For programs and for people. It is read from the record of publications, which knows every version.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from resources import documents
from resources.batches import batched
from resources.models import Organisation, Publication, PublicationState, Resource
from resources.opendata.about import About
from resources.opendata.folder import Published
from resources.opendata.writer import written

FOR_PROGRAMS, FOR_PEOPLE = "changes.json", "changes.txt"

ENTITIES = {Organisation.KIND: "organization", Resource.KIND: "service"}
TERM = "taxonomy_term"

NEW, CHANGED, WITHDRAWN = "new", "changed", "withdrawn"
HEADINGS = {NEW: "New", CHANGED: "Changed", WITHDRAWN: "Withdrawn"}

# Who checked an entry is named nowhere, and what it was merged into stands among the tombstones.
UNNAMED = frozenset({"checked_by", "merged_into"})

# So many entries are compared at a time.
BATCH = 200

FIRST = "There is no earlier edition to compare this one with."


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an entry or a term. What was withdrawn is told by its id alone."""

    what: str
    entity: str
    id: UUID
    name: str = ""
    fields: tuple[str, ...] = ()

    def document(self) -> Mapping[str, Any]:
        """The change, for JSON."""
        said: dict[str, Any] = {"change": self.what, "entity": self.entity, "id": str(self.id)}
        if self.name:
            said["name"] = self.name
        if self.fields:
            said["fields"] = self.fields
        return said

    def line(self) -> str:
        """The change, in words."""
        fields = ", ".join(field.replace("_", " ") for field in self.fields)
        told = f"{self.name} ({self.entity} {self.id})" if self.name else f"{self.entity} {self.id}"
        return f"- {told}" + (f": {fields}" if fields else "")


def between(before: int, after: int) -> Iterator[Change]:
    """What differs between two editions, by kind and id. What was changed back does not differ."""
    rows = Publication.objects.since(before).filter(edition__lte=after)
    touched = rows.order_by("kind", "public_id").values_list("kind", "public_id").distinct()
    for batch in batched(touched.iterator(10_000), BATCH):
        yield from _compared([public_id for _kind, public_id in batch], before, after)


def _compared(ids: list[UUID], before: int, after: int) -> Iterator[Change]:
    old: dict[UUID, Publication] = {}
    new: dict[UUID, Publication] = {}
    rows = Publication.objects.public().filter(public_id__in=ids, edition__lte=after)
    for row in rows.order_by("version").iterator():
        if row.edition is not None and row.edition <= before:
            old[row.public_id] = row
        new[row.public_id] = row
    for public_id in ids:
        change = _change(old.get(public_id), new[public_id])
        if change is not None:
            yield change


def _change(old: Publication | None, new: Publication) -> Change | None:
    was, is_ = _is_public(old), _is_public(new)
    entity = ENTITIES.get(new.kind, TERM)
    name = str(new.document.get("name", ""))
    if is_ and not was:
        return Change(NEW, entity, new.public_id, name)
    if was and not is_:
        return Change(WITHDRAWN, entity, new.public_id)
    if old is None or not is_:
        return None
    differing = documents.differing(old.document, new.document)
    fields = tuple(field for field in differing if field not in UNNAMED)
    return Change(CHANGED, entity, new.public_id, name, fields) if fields else None


def _is_public(row: Publication | None) -> bool:
    return row is not None and row.state == PublicationState.PUBLISHED


def write(folder: Path, about: About, since: Published | None) -> dict[str, int]:
    """Write both files; how many changes of which sort there are, if there is what to compare."""
    counts = dict.fromkeys(HEADINGS, 0)
    found = between(since.edition, about.edition) if since else iter(())
    with ExitStack() as opened:
        # Sections are kept aside until their headings can say how much they hold.
        sections = {what: opened.enter_context(TemporaryFile(dir=folder)) for what in HEADINGS}
        with (folder / FOR_PROGRAMS).open("wb") as file:
            head = {"about": about.document(), "since": _named(since)}
            file.write(written(head)[:-1] + b',\n"changes":[')
            for number, change in enumerate(found):
                file.write((b",\n" if number else b"\n") + written(change.document()))
                sections[change.what].write(change.line().encode() + b"\n")
                counts[change.what] += 1
            file.write(b'\n],\n"counts":' + json.dumps(counts).encode() + b"}\n")
        with (folder / FOR_PEOPLE).open("wb") as file:
            file.write(_heading(about, since).encode())
            for what, section in sections.items() if since else ():
                file.write(f"\n{HEADINGS[what]}: {counts[what]}\n".encode())
                section.seek(0)
                shutil.copyfileobj(section, file)
    return counts if since else {}


def _named(since: Published | None) -> Mapping[str, Any] | None:
    if since is None:
        return None
    return {"name": since.name, "edition": since.edition, "day": since.day}


def _heading(about: About, since: Published | None) -> str:
    title = f"{about.title}. What changed in edition {about.edition} of {about.day.isoformat()}"
    told = f" since edition {since.edition} of {since.day}" if since else f"\n\n{FIRST}"
    return f"{title}{told}\n\n{about.attribution}\n"
