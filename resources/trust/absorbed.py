"""Whose checks and sightings count for an entry: its own, and those of what was merged into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from resources.models import Entry


def whose(model: type[Entry], pks: Iterable[int]) -> dict[int, int]:
    """The entries that are read for these, by primary key -> for which of these it is."""
    found = {pk: pk for pk in pks}
    # In no order: by name, SQLite would walk through all names.
    merged: Any = model._default_manager.filter(merged_into__in=list(found)).order_by()
    for pk, survivor in merged.values_list("pk", "merged_into_id"):
        found[pk] = survivor
    return found


def and_absorbed(entry: Entry) -> list[int]:
    """An entry and what was merged into it, by primary key."""
    return list(whose(type(entry), [entry.pk]))
