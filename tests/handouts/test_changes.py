"""What has changed since a list was made."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.handouts.changes import MOST_LED_ON, Changes, changes_of
from resources.handouts.entries import entries_of
from resources.handouts.handout import HandOut
from resources.models import Publication, Resource, ResourcePhone
from resources.search import sets
from resources.trust.recording import record_sighting
from tests import make

pytestmark = pytest.mark.django_db

MADE = dt.date(2026, 3, 3)
SEEN = dt.date(2026, 3, 20)
TODAY = dt.date(2026, 3, 28)


def long_ago() -> None:
    """All that was published until now was, before the list was made."""
    before = timezone.make_aware(dt.datetime(2026, 3, 1, 12))
    Publication.objects.update(at=before)


def since_then(*resources: Resource) -> Changes:
    """The changes of the list of these on `TODAY`."""
    handout = HandOut(tuple(one.pk for one in resources), MADE)
    found = changes_of(
        handout,
        entries_of(handout.numbers),
        sets.current(TODAY),
        today=TODAY,
        language="en",
    )
    assert found is not None
    return found


def told(*resources: Resource) -> list[str]:
    return [sentence for change in since_then(*resources).changed for sentence in change.sentences]


def changed(entry: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    publishing.publish(by="test", entries=[entry])
    return entry


def a_fund(status: str = "open", **fields: Any) -> Resource:
    return make.resource(
        fund_status=status,
        fund_status_seen_on=dt.date(2026, 3, 1),
        fund_status_precision="day",
        **fields,
    )


def test_nothing_has_changed_where_nothing_has() -> None:
    resources = [make.resource(), make.resource()]
    long_ago()
    assert since_then(*resources) == Changes([], of=2, since=MADE)


def test_it_asks_nothing_on_the_day_itself() -> None:
    handout = HandOut((make.resource().pk,), MADE)
    entries = entries_of(handout.numbers)
    found = changes_of(handout, entries, sets.current(MADE), today=MADE, language="en")
    assert found is None


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("open", "closed", "It has closed. Seen closed on March 20, 2026."),
        ("closed", "open", "It has opened. Seen open on March 20, 2026."),
        ("open", "waitlist", "It has a waiting list now. A waiting list was seen on"),
    ],
)
def test_a_sighting_tells_that_a_fund_has_closed_or_opened(
    was: str, now: str, sentence: str
) -> None:
    fund = a_fund(was)
    long_ago()
    record_sighting(by="a machine", resource=fund, status=now, seen_on=SEEN)

    (line,) = told(fund)
    assert line.startswith(sentence)


def test_each_that_has_closed_leads_on_to_others() -> None:
    fund = a_fund(needs=("copay",), conditions=("lupus",))
    other = a_fund(name="Another", needs=("copay",), conditions=("lupus",))
    long_ago()
    record_sighting(by="a machine", resource=fund, status="closed", seen_on=SEEN)
    (change,) = since_then(fund).changed

    assert [*change.instead.open, *change.instead.ask] == [other]
    assert "need=copay" in change.more


def test_only_so_many_are_led_on_from() -> None:
    funds = [a_fund(needs=("copay",)) for _ in range(MOST_LED_ON + 2)]
    a_fund(name="Another", needs=("copay",))
    long_ago()
    for fund in funds:
        record_sighting(by="a machine", resource=fund, status="closed", seen_on=SEEN)
    found = since_then(*funds).changed

    assert len(found) == MOST_LED_ON + 2
    assert sum(bool(one.instead.open or one.instead.ask) for one in found) == MOST_LED_ON
    assert all(one.more for one in found)


def test_a_new_name_is_told_with_the_old_one() -> None:
    resource = make.resource(name="LLS copay")
    long_ago()
    changed(resource, name="BCU copay")
    assert told(resource) == ["It is now called BCU copay; it was LLS copay."]


def test_an_end_is_told() -> None:
    resource = make.resource()
    long_ago()
    changed(resource, lifecycle="ended")
    assert told(resource) == ["This help has ended."]


def test_another_house_is_told() -> None:
    resource = make.resource()
    long_ago()
    changed(resource, organisation=make.organisation(name="New House"))
    assert told(resource) == ["It is now run by New House."]


def test_what_became_of_its_house_is_told() -> None:
    house, heir = make.organisation(name="Old House"), make.organisation(name="Heir")
    resource = make.resource(organisation=house)
    long_ago()
    changed(house, status="merged", successor=heir)
    assert told(resource) == ["Old House is now part of Heir."]


def test_a_new_name_of_its_house_is_told() -> None:
    house = make.organisation(name="Old House")
    resource = make.resource(organisation=house)
    long_ago()
    changed(house, name="New House")
    assert told(resource) == ["The organization is now called New House; it was Old House."]


@pytest.mark.parametrize("owner", ["its own", "its programme’s", "its house’s"])
def test_a_new_number_is_told_whosever_it_is(owner: str) -> None:
    from resources.models import OrganisationPhone

    programme = make.resource(organisation=make.organisation())
    resource = make.resource(organisation=programme.organisation, part_of=programme)
    entry: Any = {
        "its own": resource,
        "its programme’s": programme,
        "its house’s": resource.organisation,
    }[owner]
    kind = OrganisationPhone if entry.KIND == "organisation" else ResourcePhone
    phone = kind.objects.create(**{entry.KIND: entry}, number="800-532-5274")
    publishing.publish(by="test", entries=[entry])
    long_ago()
    phone.number = "877-532-5274"
    phone.save()
    publishing.publish(by="test", entries=[entry])

    assert told(resource) == ["New phone number: 877-532-5274."]


def test_what_was_withdrawn_is_told_by_its_last_name() -> None:
    resource = make.resource(name="Rides")
    long_ago()
    publishing.withdraw(by="test", entries=[resource])
    (change,) = since_then(resource).changed

    assert (str(change.name), change.sentences) == ("Rides", ["We no longer list this."])


def test_what_changed_on_the_very_day_counts() -> None:
    resource = make.resource(name="Old")
    long_ago()
    changed(resource, name="New")
    on_the_day = timezone.make_aware(dt.datetime.combine(MADE, dt.time(8)))
    Publication.objects.filter(version=2).update(at=on_the_day)
    assert told(resource) == ["It is now called New; it was Old."]


def test_what_changed_before_that_does_not() -> None:
    resource = make.resource(name="Old")
    changed(resource, name="New")
    long_ago()
    assert told(resource) == []


def test_many_ask_no_more_of_the_database_than_few(django_assert_max_num_queries: Any) -> None:
    with make.together():
        resources = [make.resource(name=f"R{n}") for n in range(30)]
    long_ago()
    for resource in resources:
        changed(resource, name=f"Changed {resource.pk}")
    handout = HandOut(tuple(one.pk for one in resources), MADE)
    entries, directory = entries_of(handout.numbers), sets.current(TODAY)
    with django_assert_max_num_queries(5):
        found = changes_of(handout, entries, directory, today=TODAY, language="en")
    assert found is not None
    assert len(found.changed) == 30
