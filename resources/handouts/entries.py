"""What stands behind the numbers of a list today: resources, what was withdrawn, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from resources.models import Organisation, Publication, PublicationState, Resource
from resources.pages import sheet


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What is listed no longer: its last public name, and whose it was, if that is public."""

    number: int
    name: str
    organisation: Organisation | None


@dataclass(frozen=True, slots=True)
class Entries:
    """What numbers stand for. A number that was merged into another leads to that one.

    `unknown`: numbers that nothing public ever had.
    """

    resources: dict[int, Resource]
    withdrawn: dict[int, Withdrawn]
    unknown: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.resources or self.withdrawn)

    def known(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Those of these numbers for which something stands."""
        return tuple(number for number in numbers if number not in self.unknown)


def entries_of(numbers: Sequence[int]) -> Entries:
    """What these numbers stand for, each in the order given. A fixed number of queries."""
    rows = _rows(numbers)
    heirs = _once({pk: rows[pk].merged_into_id or pk for pk in numbers if pk in rows})
    public = {one.pk: one for one in sheet.to_read().published().filter(pk__in=heirs.values())}
    resources = {pk: public[heirs[pk]] for pk in numbers if heirs.get(pk) in public}
    gone = [rows[pk] for pk in heirs if pk not in resources]
    withdrawn = _withdrawn(row for row in gone if row.publication_state == _WITHDRAWN)
    known = {*resources, *withdrawn, *(rows.keys() - heirs.keys())}
    return Entries(resources, withdrawn, tuple(pk for pk in numbers if pk not in known))


def _once(heirs: dict[int, int]) -> dict[int, int]:
    """Of numbers that have become one, the first."""
    first: dict[int, int] = {}
    for number, heir in heirs.items():
        first.setdefault(heir, number)
    return {number: heir for heir, number in first.items()}


_WITHDRAWN = PublicationState.WITHDRAWN


def are_public(numbers: Iterable[int]) -> list[int]:
    """Those of these numbers that a list may take up: what is public today, in this order."""
    wanted = list(numbers)
    public = set(Resource.objects.published().filter(pk__in=wanted).values_list("pk", flat=True))
    return [number for number in wanted if number in public]


def _rows(numbers: Sequence[int]) -> dict[int, Resource]:
    rows = Resource.objects.filter(pk__in=numbers).select_related("organisation")
    wanted = ("publication_state", "merged_into_id", "public_id", "organisation")
    return {row.pk: row for row in rows.only(*wanted)}


def _withdrawn(rows: Iterable[Resource]) -> dict[int, Withdrawn]:
    """The names are read from the record: what was public last, not what was drafted since."""
    gone = list(rows)
    names = _last_names([row.public_id for row in gone])
    return {
        row.pk: Withdrawn(
            row.pk,
            names[row.public_id],
            row.organisation if row.organisation.is_published else None,
        )
        for row in gone
        if row.public_id in names
    }


def _last_names(public_ids: Sequence[UUID]) -> dict[UUID, str]:
    if not public_ids:
        return {}
    published = Publication.objects.filter(
        kind=Resource.KIND, public_id__in=public_ids, state=PublicationState.PUBLISHED
    )
    newest = published.order_by().values("public_id").annotate(newest=Max("pk"))
    rows = Publication.objects.filter(pk__in=[row["newest"] for row in newest])
    return {row.public_id: str(row.document["name"]) for row in rows}
