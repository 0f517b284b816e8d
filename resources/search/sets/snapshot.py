"""A copy of the sets in the database, so that a process starts from it rather than from all rows.

A ZIP archive, so that it is checked when it is read and any tool can open it: `about.json` and, of
each family, a directory with a serialised roaring bitmap for each value.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
from array import array
from collections import defaultdict
from urllib.parse import quote, unquote
from zipfile import BadZipFile, ZipFile

from pyroaring import BitMap

from resources.models import SearchSnapshot
from resources.search.sets.directory import Directory
from resources.search.sets.places import Places
from resources.search.sets.tags import Tags
from resources.search.sets.terms import read_terms

# To be raised whenever what is stored, or what it means, changes: older snapshots are then left.
FORMAT = 4

_log = logging.getLogger("resources.search")


def save(directory: Directory) -> None:
    """Store a directory in the place of an older one."""
    data = _written(directory)
    row = {"format": FORMAT, "edition": directory.edition, "data": data}
    SearchSnapshot.objects.update_or_create(pk=1, defaults=row)


def load(today: dt.date, newest: int) -> Directory | None:
    """The stored directory as of `today`; None where there is none that is of use.

    One of a later edition than `newest` was made for another database.
    """
    stored = SearchSnapshot.objects.filter(format=FORMAT, edition__lte=newest).first()
    if stored is None:
        return None
    try:
        return _read(bytes(stored.data), stored.edition, today)
    except (BadZipFile, KeyError, ValueError):
        _log.exception("The stored snapshot cannot be read; the rows are")
        return None


def _written(directory: Directory) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        about = {
            "organisations": directory.organisations,
            "successors": list(directory.successors.items()),
        }
        archive.writestr("about.json", json.dumps(about))
        archive.writestr("in_order", directory.places.in_order.tobytes())
        archive.writestr("organisation_of", directory.said.organisation_of.tobytes())
        for family, sets in directory.said.families.items():
            for value, held in sets.items():
                archive.writestr(f"{family}/{quote(value, safe='')}", held.serialize())
    return file.getvalue()


def _read(data: bytes, edition: int, today: dt.date) -> Directory:
    with ZipFile(io.BytesIO(data)) as archive:
        about = json.loads(archive.read("about.json"))
        families: dict[str, dict[str, BitMap]] = defaultdict(dict)
        for name in archive.namelist():
            family, slash, value = name.partition("/")
            if slash:
                families[family][unquote(value)] = BitMap.deserialize(archive.read(name))
        return Directory(
            edition=edition,
            today=today,
            said=Tags(families, array("I", archive.read("organisation_of"))),
            places=Places.of(array("I", archive.read("in_order"))),
            terms=read_terms(),
            organisations=about["organisations"],
            successors=dict(about["successors"]),
            since=edition,
        )
