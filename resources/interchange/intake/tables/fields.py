"""Our fields as a mapping may name them, and what each of them takes.

They follow the models: a new column can be mapped without a line here. What stands in rows of its
own or is put together from several (an area) is listed below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from resources.documents import plain_fields
from resources.interchange.intake.texts import room_in
from resources.models import Organisation, OrganisationName, Resource
from resources.models.entry import WebAddressField

MOST = 32_767  # of a small number in every database


class Kind(Enum):
    """What a field takes."""

    WORDS = auto()
    TEXTS = auto()
    CHOICE = auto()
    TERM = auto()
    STATE = auto()
    COUNTY = auto()
    CITY = auto()
    ZIP = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    YES_NO = auto()
    DAY = auto()
    ADDRESS = auto()
    EMAIL = auto()
    REFERENCE = auto()
    PHONE = auto()
    SOURCE = auto()
    NAME = auto()
    DOLLARS = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, what it takes, how long it may be (0: as long as it likes).

    Of a number, `least` and `most` are what it may be.
    One that `holds_many` gathers what all its rules give; any other takes the first that gives
    something. `extras` are the further keys that a rule for it may have.
    """

    name: str
    kind: Kind
    most: int = 0
    least: int = 0
    choices: tuple[str, ...] = ()
    holds_many: bool = False
    extras: tuple[str, ...] = ()


def _many(name: str, kind: Kind, *extras: str, choices: tuple[str, ...] = ()) -> Field:
    return Field(name, kind, choices=choices, holds_many=True, extras=extras)


SHARED = (
    Field("name", Kind.WORDS, most=room_in(Resource, "name")),
    _many("phones", Kind.PHONE, "purpose", "hours", "time_zone", "languages", "tty", "note"),
    _many("sources", Kind.SOURCE, "says", "date"),
)
SPECIAL: Mapping[type[models.Model], tuple[Field, ...]] = {
    Organisation: (
        *SHARED,
        _many("names", Kind.NAME, "sort", choices=tuple(OrganisationName.Sort.values)),
        _many("makers", Kind.TEXTS),
        Field("state", Kind.STATE),
        Field("successor", Kind.REFERENCE),
    ),
    Resource: (
        *SHARED,
        Field("organisation", Kind.REFERENCE),
        Field("part_of", Kind.REFERENCE),
        *(_many(name, Kind.TERM) for name in ("needs", "conditions", "medicines", "insurance")),
        _many("how_to_apply", Kind.CHOICE, choices=tuple(Resource.HowToApply.values)),
        _many("who_may_apply", Kind.CHOICE, choices=tuple(Resource.Applicant.values)),
        _many("documents", Kind.TEXTS),
        _many("languages", Kind.LANGUAGE),
        _many("states", Kind.STATE),
        _many("counties", Kind.COUNTY),
        _many("cities", Kind.CITY),
        _many("zip_codes", Kind.ZIP),
        _many("dollar_limits", Kind.DOLLARS, "household_size"),
    ),
}
# Follow from others, are a person's to say, or are the directory's own.
NOT_MAPPED = frozenset(
    {
        "slug",
        "area_kind",
        "fund_status_precision",
        "fund_status_days",
        "checked_on",
        "checked_by",
        "links_checked_on",
        "merged_into",
    }
)


@cache
def fields_of(model: type[models.Model]) -> dict[str, Field]:
    """The fields of a model that a mapping may fill, by name."""
    special = {field.name: field for field in SPECIAL[model]}
    plain = [each for each in plain_fields(model) if each.name not in special]
    return {
        **{each.name: _plain(each) for each in plain if each.name not in NOT_MAPPED},
        **special,
    }


def _plain(column: models.Field[Any, Any]) -> Field:
    most = column.max_length or 0
    if column.choices:
        return Field(column.name, Kind.CHOICE, choices=tuple(str(key) for key, _ in column.choices))
    if isinstance(column, models.TextField):
        return Field(column.name, Kind.WORDS, holds_many=True)
    kinds: tuple[tuple[type[models.Field[Any, Any]], Kind], ...] = (
        (WebAddressField, Kind.ADDRESS),
        (models.EmailField, Kind.EMAIL),
        (models.BooleanField, Kind.YES_NO),
        (models.DateField, Kind.DAY),
        (models.PositiveIntegerField, Kind.NUMBER),
        (models.PositiveSmallIntegerField, Kind.NUMBER),
    )
    kind = next((kind for sort, kind in kinds if isinstance(column, sort)), Kind.WORDS)
    if kind is Kind.NUMBER:
        least = _limit(column, MinValueValidator, 0, max)
        return Field(
            column.name, kind, most=_limit(column, MaxValueValidator, MOST, min), least=least
        )
    return Field(column.name, kind, most=most, holds_many=kind is Kind.WORDS)


def _limit(
    column: models.Field[Any, Any],
    sort: type[MinValueValidator] | type[MaxValueValidator],
    otherwise: int,
    choose: Callable[[list[int]], int],
) -> int:
    """What its own validators hold a number to; they ask no database."""
    own = [each.limit_value for each in column._validators if isinstance(each, sort)]  # type: ignore[attr-defined]
    return choose([otherwise, *own])
