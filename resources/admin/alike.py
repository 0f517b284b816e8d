"""What a new resource takes over from one that it is like, for its curator to look at.

Only what often holds for all that an organisation offers. What it gives, its own addresses, whether
its fund is open and where that was read are never taken over: each has to be seen for itself.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from resources.admin.difference import label_of
from resources.admin.history import version_in
from resources.models import AreaPart, DollarLimit, Resource

FIELDS = (
    "conditions",
    "condition_partial",
    "area_kind",
    "states",
    "area_partial",
    "insurance_rule",
    "insurance",
    "insurance_required",
    "income_rule",
    "income_limit_percent",
    "income_limit_year",
    "age_min",
    "age_max",
    "immigration_rule",
    "how_to_apply",
    "who_may_apply",
    "clinic_must_apply",
    "documents",
    "languages",
)
ROWS: dict[type[models.Model], tuple[str, ...]] = {
    DollarLimit: ("household_size", "dollars"),
    AreaPart: ("state", "county"),
}


def add_address(resource: Resource, *, like: bool) -> str:
    """The form of a new resource of the same organisation; with `like`, begun as this one is."""
    address = f"{reverse('admin:resources_resource_add')}?organisation={resource.organisation_id}"
    return f"{address}&like={resource.pk}" if like else address


def asked_for(request: HttpRequest) -> Resource | None:
    """The resource that a new one is begun like, where the address names one that is there."""
    if request.method != "GET" or "like" not in request.GET:
        return None
    return Resource.objects.filter(pk=version_in(request.GET["like"])).first()


def fields_from(resource: Resource) -> dict[str, Any]:
    """The first values of the form, by field."""
    return {name: _value(resource, name) for name in FIELDS}


def _value(resource: Resource, name: str) -> Any:
    if resource._meta.get_field(name).many_to_many:
        return list(getattr(resource, name).values_list("pk", flat=True))
    return getattr(resource, name)


def rows_from(resource: Resource, model: type[models.Model]) -> list[dict[str, Any]]:
    """The first values of the rows below the form; none of a kind that is not taken over."""
    if model not in ROWS:
        return []
    return list(model._default_manager.filter(resource=resource).values(*ROWS[model]))


def labels_from(resource: Resource) -> list[str]:
    """What is taken over, in words: whatever this one says that a new one would not."""
    blank = Resource()
    said = [
        name
        for name in FIELDS
        if (value := _value(resource, name))
        and (resource._meta.get_field(name).many_to_many or value != getattr(blank, name))
    ]
    rows = [model._meta.verbose_name_plural for model in ROWS if rows_from(resource, model)]
    return [label_of(Resource, name) for name in said] + [capfirst(str(name)) for name in rows]
