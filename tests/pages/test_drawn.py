"""Cards are drawn once, and anew as soon as anything that they say is another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.models import Edition, Need, Organisation, PovertyGuideline, Resource
from resources.search import sets
from resources.search.sets import freshness
from tests import make
from tests.views.page import read

pytestmark = pytest.mark.django_db


def page(address: str = "/search/?need=copay") -> str:
    return read(address).html


def published(entry: Any) -> None:
    entry.save()
    publishing.publish(by="test", entries=[entry])


def another_name() -> str:
    resource = Resource.objects.get(slug="the-fund")
    resource.name = "Otherwise called"
    published(resource)
    return "Otherwise called"


def another_organisation_name() -> str:
    organisation = Organisation.objects.get(slug="the-house")
    organisation.name = "House of another name"
    published(organisation)
    return "House of another name"


def another_name_of_the_need() -> str:
    need = Need.objects.get(slug="copay")
    need.name = "Copays, called otherwise"
    published(need)
    return f"<dd>{need.name}</dd>"


def another_programme() -> str:
    programme = Resource.objects.get(slug="the-programme")
    programme.insurance_rule = "any"
    published(programme)
    return "<dd>any or none</dd>"


def another_guideline() -> str:
    guideline = PovertyGuideline.objects.get()
    guideline.first_person = 10_000
    guideline.save()
    publishing.raise_edition()
    return "$30,000 a year"


@pytest.fixture
def fund() -> Resource:
    """A fund that takes its insurance rule from its programme."""
    PovertyGuideline.objects.create(
        year=2026,
        table="48+DC",
        first_person=15_960,
        each_additional=5_680,
        effective="2026-01-15",
        source="https://example.org/guideline",
        verified=True,
    )
    house = make.organisation(slug="the-house", name="The house")
    programme = make.resource(slug="the-programme", name="The programme", organisation=house)
    return make.resource(
        slug="the-fund",
        name="The fund",
        organisation=house,
        part_of=programme,
        needs=("copay",),
        income_rule="fpl_percent",
        income_limit_percent=300,
    )


@pytest.mark.parametrize(
    "change",
    [
        another_name,
        another_organisation_name,
        another_name_of_the_need,
        another_programme,
        another_guideline,
    ],
)
def test_what_a_card_says_is_of_now(fund: Resource, change: Callable[[], str]) -> None:
    before = page()

    words = change()

    assert words not in before
    assert words in page()


def test_a_page_read_from_a_replica_that_is_behind_leaves_no_old_card(
    fund: Resource, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = Edition.current(), another_name()
    sets.current(timezone.localdate())  # of the primary, before anybody looks at the list

    # What a replica that has not come as far would give.
    Resource.objects.filter(pk=fund.pk).update(name="The fund")
    Edition.objects.update(number=old)
    monkeypatch.setattr(freshness, "PRIMARY", "elsewhere")
    assert new not in page()

    Resource.objects.filter(pk=fund.pk).update(name=new)
    Edition.objects.update(number=old + 1)
    assert new in page()


def test_a_card_is_drawn_in_the_language_of_its_page(fund: Resource) -> None:
    assert "not yet checked by a person" in page()
    assert "not yet checked by a person" not in page("/es/search/?need=copay")


def test_a_card_names_first_what_its_reader_chose() -> None:
    needs = ("a-need", "b-need", "c-need", "d-need", "z-need")
    make.resource(name="Much", needs=needs)

    assert "<dd>A need, B need, C need and 2 more</dd>" in page("/search/")
    assert "<dd>Z need, A need, B need and 2 more</dd>" in page("/search/?need=z-need")


def test_a_page_seen_before_loads_no_card_again(
    starter: None, django_assert_max_num_queries: Any
) -> None:
    page("/search/?condition=breast-cancer")

    with django_assert_max_num_queries(2):
        again = page("/search/?condition=breast-cancer")

    assert again.count('class="result"') == 25


def test_filters_are_counted_anew_after_a_publication() -> None:
    make.resource(needs=("copay", "rides"))
    assert '<span class="count">1</span>' in page()

    make.resource(needs=("copay", "rides"))

    assert '<span class="count">2</span>' in page()


def test_the_same_terms_in_other_words_show_nobody_elses_words(starter: None) -> None:
    first = page("/search/?q=gleevec+in+ohio")
    second = page("/search/?q=imatinib+OH")

    assert "gleevec in ohio" in first
    assert second.count('name="q" value="imatinib OH"') > 2  # kept in the lists to choose from
    assert "gleevec in ohio" not in second
    assert "gleevec+in+ohio" not in second


def test_a_page_is_the_same_the_second_time(starter: None) -> None:
    for address in ("/search/?need=copay&area=OH", "/search/?q=leukemia", "/es/search/?need=rides"):
        assert page(address) == page(address)
