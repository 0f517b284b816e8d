"""How organisations' names are kept: in an order in which what begins alike stands together."""

from __future__ import annotations

import pytest
from django.db import connection

from resources.models import SearchName

pytestmark = pytest.mark.django_db

BEGINNING_ALIKE = SearchName.objects.filter(key__gte="kid", key__lt="kid\U0010ffff")


def test_names_are_in_the_order_of_their_bytes() -> None:
    keys = ["kidney fund", "kidney", "kidneys", "kid", "kidz", "kidñey", "kie", "kid𝟘"]
    SearchName.objects.bulk_create(SearchName(key=key, organisation_pk=1) for key in keys)

    alike = list(BEGINNING_ALIKE.order_by("key").values_list("key", flat=True))

    assert alike == sorted(key for key in keys if key.startswith("kid"))


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_they_are_so_whatever_the_cluster_sorts_by() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns "
            "WHERE table_name = %s AND column_name = 'key'",
            [SearchName._meta.db_table],
        )
        assert cursor.fetchone() == ("C",)


def test_the_first_of_those_that_begin_alike_are_read_from_an_index_in_order() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # as if the table were large
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")

    plan = BEGINNING_ALIKE.order_by("key")[:8].explain()

    assert "search_name_key" in plan
    assert "SORT" not in plan.upper()
