"""Services for lists: rows of the columns that a document in brief says, some thousand at a time.

A row answers to the rules of `resources.models.resource.Inheriting` as a model does, and is made in
a tenth of the time. What it has no column for cannot be asked of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from resources.batches import batched
from resources.models import Organisation, Resource
from resources.models.organisation import place_of
from resources.models.resource import Inheriting
from resources.search.sets.tags import MOST_LEVELS

# So many are in memory at a time, however many are asked for.
BATCH = 2_000
# Keys are read as a range where at least one in so many of it is wanted: that is the shorter way.
DENSE = 2


class OrganisationRow(NamedTuple):
    """An organisation that goes on as it was."""

    pk: int
    public_id: UUID
    slug: str
    name: str
    summary: str
    website: str
    email: str
    city: str
    status: str
    state_code: str | None

    @property
    def is_gone(self) -> bool:
        """Never: of one that is gone the whole `Organisation` is read."""
        return False

    @property
    def place(self) -> str:
        """As `Organisation.place`."""
        return place_of(self.city, self.state_code or "")


class _Columns(NamedTuple):
    organisation: Organisation | OrganisationRow
    part_of: ServiceRow | None
    pk: int
    public_id: UUID
    name: str
    summary: str
    url: str
    apply_url: str
    costs: str
    decision_time: str
    age_min: int | None
    age_max: int | None
    checked_on: dt.date | None
    changed_at: dt.datetime | None
    lifecycle: str
    lifecycle_since: dt.date | None
    fund_status: str
    fund_status_seen_on: dt.date | None
    fund_status_precision: str
    fund_status_days: int


class ServiceRow(Inheriting, _Columns):
    """A resource, as far as a document in brief tells of it."""

    __slots__ = ()


# What documents in brief are written from.
Service: TypeAlias = Resource | ServiceRow
Runner: TypeAlias = Organisation | OrganisationRow

OWN: tuple[str, ...] = _Columns._fields[2:]
OF_ORGANISATION = (*OrganisationRow._fields[:-1], "state__code")
COLUMNS = ("part_of_id", *OWN, *(f"organisation__{name}" for name in OF_ORGANISATION))
# Of an organisation that is gone; whatever else is asked of it is read when it is asked.
HEIRS = ("name", "publication_state", "successor_id")
OF_GONE = (
    *(*OF_ORGANISATION, "status_note", "successor_id"),
    *(f"{path}__{name}" for path in ("successor", "successor__successor") for name in HEIRS),
)
# Where they stand in what is read.
KEY, SERVICE, ORGANISATION = 1, slice(1, 1 + len(OWN)), slice(1 + len(OWN), None)


def services(pks: Iterable[int]) -> Iterator[ServiceRow]:
    """The published resources with these keys, in this order."""
    for batch in batched(pks, BATCH):
        found = _read(Resource.objects.published(), batch, MOST_LEVELS)
        yield from (found[pk] for pk in batch if pk in found)


def _read(rows: Any, pks: Sequence[int], levels: int) -> Mapping[int, ServiceRow]:
    """These of the rows, by key; with their programmes, up to so many levels above them."""
    read = list(_these(rows, pks).order_by().values_list(*COLUMNS))
    above = list({row[0] for row in read} - {None})
    programmes = _read(Resource.objects, above, levels - 1) if above and levels else {}
    known = [OrganisationRow._make(row[ORGANISATION]) for row in read]
    gone = _gone(known)
    found: dict[int, ServiceRow] = {}
    for row, own in zip(read, known, strict=True):
        runner: Runner = gone.get(own.pk, own)
        found[row[KEY]] = ServiceRow(runner, programmes.get(row[0]), *row[SERVICE])
    return found


def _these(rows: Any, pks: Sequence[int]) -> Any:
    first, last = min(pks), max(pks)
    is_dense = last - first < DENSE * len(pks)
    return rows.filter(pk__range=(first, last)) if is_dense else rows.filter(pk__in=pks)


def _gone(known: Iterable[OrganisationRow]) -> Mapping[int, Organisation]:
    """Those of which something has to be said, with who goes on in their place."""
    pks = {row.pk for row in known if row.status != Organisation.Status.ACTIVE}
    rows = Organisation.objects.select_related("state", "successor__successor")
    return rows.only(*OF_GONE).in_bulk(pks) if pks else {}
