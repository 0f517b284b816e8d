"""The test databases: an empty one, and one with the real data."""

from __future__ import annotations

import pytest

from resources.models import Edition, Resource

pytestmark = pytest.mark.django_db


def test_it_gives_the_real_data_to_a_test_that_asks(starter: None) -> None:
    assert Resource.objects.count() == 347


def test_it_gives_an_empty_directory_to_one_that_does_not() -> None:
    assert (Resource.objects.count(), Edition.current()) == (0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_it_gives_the_real_data_to_every_test_that_commits(starter: None, time: str) -> None:
    assert Resource.objects.count() == 347
