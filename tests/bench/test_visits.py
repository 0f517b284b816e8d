"""What is asked for when the site is measured."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.utils import timezone

from resources.filters import SearchFilter
from resources.search import sets
from tests.bench.visits import in_sitemap, searches


def test_it_asks_the_same_every_time() -> None:
    assert searches(40) == searches(40)


def test_it_asks_some_things_again() -> None:
    asked = searches(200)

    assert (len(asked), len(set(asked))) == (200, 131)


@pytest.mark.django_db
def test_it_chooses_only_what_can_be_chosen(starter: None) -> None:
    directory = sets.current(timezone.localdate())
    queries = [QueryDict(urlsplit(path).query) for path in searches(400)]

    assert [q.urlencode() for q in queries if SearchFilter(q, directory).unknown] == []


def test_it_finds_pages_in_a_sitemap() -> None:
    xml = "<url><loc>http://localhost/needs/food/</loc></url><url><loc>http://localhost/a/</loc>"

    assert sorted(in_sitemap(xml, 40)) == ["/a/", "/needs/food/"]
