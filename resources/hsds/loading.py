"""Loads what full documents are made from: some hundred entries at a time, in so many queries.

Lists of services are written from `rows`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from resources.batches import batched
from resources.models import Check, Organisation, Resource, StatusSighting
from resources.pages.sheet import to_read
from resources.trust.absorbed import whose

Row = TypeVar("Row")

# So many entries are in memory at a time, however many are asked for.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What people recorded of one entry, newest first, and of what was merged into it."""

    checks: Sequence[Check] = ()
    sightings: Sequence[StatusSighting] = ()


NOTHING = Witnessed()


def services(pks: Iterable[int]) -> Iterator[tuple[Resource, Witnessed]]:
    """The published resources with these keys, in this order, with all that documents say."""
    for batch in batched(pks, BATCH):
        found = to_read().published().in_bulk(batch)
        seen = _witnessed(Resource, batch)
        yield from ((found[pk], seen.get(pk, NOTHING)) for pk in batch if pk in found)


def organisations(pks: Iterable[int]) -> Iterator[tuple[Organisation, Witnessed]]:
    """The published organisations with these keys, in this order, with all that documents say."""
    rows = Organisation.objects.published().with_parts()
    for batch in batched(pks, BATCH):
        found = rows.in_bulk(batch)
        seen = _witnessed(Organisation, batch)
        yield from ((found[pk], seen.get(pk, NOTHING)) for pk in batch if pk in found)


def organisations_in_brief(pks: Iterable[int]) -> Iterator[Organisation]:
    """The same without phones, sources and history: for lists."""
    for batch in batched(pks, BATCH):
        found = Organisation.objects.published().in_bulk(batch)
        yield from (found[pk] for pk in batch if pk in found)


def _witnessed(model: Any, pks: Iterable[int]) -> Mapping[int, Witnessed]:
    read_for = whose(model, pks)
    key = "organisation" if model is Organisation else "resource"
    rows = {f"{key}__in": list(read_for)}
    checks = _shared_out(Check.objects.standing().filter(**rows), f"{key}_id", read_for)
    sightings: Mapping[int, list[StatusSighting]] = {}
    if model is Resource:
        standing = StatusSighting.objects.standing().filter(**rows)
        sightings = _shared_out(standing.order_by("-seen_on", "-at", "-pk"), f"{key}_id", read_for)
    return {
        pk: Witnessed(checks.get(pk, ()), sightings.get(pk, ())) for pk in {*checks, *sightings}
    }


def _shared_out(
    rows: Iterable[Row], key: str, read_for: Mapping[int, int]
) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[read_for[getattr(row, key)]].append(row)
    return found
