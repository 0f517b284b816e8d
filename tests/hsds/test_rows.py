"""Lists are written from rows, single things from models: both have to say the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from resources.hsds import loading, places, rows, services
from resources.hsds.telling import Telling
from resources.models import Organisation, Resource
from resources.search import sets
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def told(pks: list[int], today: dt.date = TODAY) -> list[tuple[Any, Any]]:
    """What lists say of services, from rows and from models, each with the place of its kinds."""
    telling = Telling(sets.current(today), lambda path: f"https://help.example.org{path}")

    def said(resource: Any) -> Any:
        return (
            services.service_in_brief(resource, telling),
            services.service_minimal(resource, telling),
            [places.at_location(resource, where) for where in places.TURNED],
        )

    models = {resource.pk: resource for resource, _seen in loading.services(pks)}
    return [(said(row), said(models[row.pk])) for row in rows.services(pks)]


def every() -> list[int]:
    return list(Resource.objects.published().values_list("pk", flat=True))


def test_rows_say_what_models_say_of_all_starter_data(starter: None) -> None:
    for later in (0, 45, 500):
        pairs = told(every(), TODAY + dt.timedelta(days=later))
        assert len(pairs) == Resource.objects.published().count()
        assert [row for row, _model in pairs] == [model for _row, model in pairs]


def test_rows_say_what_models_say_of_every_way_to_stand() -> None:
    heir = make.organisation(name="Heir")
    for status in Organisation.Status.values:
        for successor in (None, heir):
            runner = make.organisation(name=status, status=status, successor=successor)
            make.resource(organisation=runner)
    for lifecycle in Resource.Lifecycle.values:
        fields: dict[str, Any] = {"lifecycle": lifecycle, "lifecycle_since": TODAY}
        programme = make.resource(url="https://example.org/", age_min=3, **fields)
        for status in Resource.FundStatus.values:
            make.resource(
                organisation=programme.organisation,
                part_of=programme,
                fund_status=status,
                fund_status_seen_on=TODAY - dt.timedelta(days=20),
                fund_status_precision="day",
            )
    for later in (0, 20):
        for row, model in told(every(), TODAY + dt.timedelta(days=later)):
            assert row == model


def test_rows_come_in_the_order_asked_for_and_only_what_is_public() -> None:
    first, second = make.resource(), make.resource()
    hidden = make.resource(published=False)
    wanted = [second.pk, hidden.pk, 10**9, first.pk]
    assert [row.pk for row in rows.services(wanted)] == [second.pk, first.pk]
