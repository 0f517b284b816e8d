"""What needs checking: the list, the page of a check, and checking by source page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from resources.models import (
    Check,
    OrganisationSource,
    Resource,
    ResourceSource,
    Review,
    StatusSighting,
)
from resources.trust import due
from tests import make
from tests.admin.browser_form import words_of

pytestmark = pytest.mark.django_db

QUEUE = "/admin/queue/"
PAGE = f"page:{make.SOURCE}"
TODAY = timezone.localdate()


def old_fund(**fields: Any) -> Resource:
    return make.resource(
        **{"fund_status": "unknown", "year_of_facts": 2020, "needs": ("copay",), **fields}
    )


def page_of(resource: Resource) -> str:
    return f"{QUEUE}{Review.objects.get(resource=resource).pk}/"


def send(client: Client, resource: Resource, deed: str, **said: Any) -> Any:
    version = Resource.objects.get(pk=resource.pk).version
    return client.post(
        page_of(resource), {"deed": deed, "version": version, "way": PAGE, **said}, follow=True
    )


def test_the_most_urgent_stand_first_with_the_reasons(publisher: Client) -> None:
    old_fund(name="Local fund", states=("OH",))
    old_fund(name="National fund")
    words = words_of(publisher.get(QUEUE))

    assert 0 < words.index("National fund") < words.index("Local fund")
    assert "days past due" in words


def test_the_page_shows_what_it_says_part_by_part_and_its_pages(publisher: Client) -> None:
    fund = old_fund(documents=["proof of income"], status_page_url="https://example.org/status")
    words = words_of(publisher.get(page_of(fund)))

    assert words.index("https://example.org/status") < words.index(make.SOURCE)
    assert "proof of income" in words
    assert "Never checked by a person." in words


def test_a_check_is_recorded_with_the_page_and_the_next_follows(publisher: Client) -> None:
    first, second = old_fund(name="National fund"), old_fund(name="Local fund", states=("OH",))
    answer = send(publisher, first, "all", note="Same as before.")

    row = Check.objects.get()
    assert (row.resource, row.part, row.how, row.source) == (first, "whole", "page", make.SOURCE)
    assert (row.note, row.on) == ("Same as before.", TODAY)
    assert "“National fund” is recorded as checked today." in words_of(answer)
    assert answer.request["PATH_INFO"] == page_of(second) or "Organisation" in words_of(answer)


def test_nothing_is_recorded_before_it_is_said_how(publisher: Client) -> None:
    answer = send(publisher, old_fund(), "all", way="")

    assert "Open the page that you compare with, or say how you checked." in words_of(answer)
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    "way", ["page:https://elsewhere.example/", "page:javascript:alert(1)", "guess", "page"]
)
def test_a_way_that_is_none_is_refused(publisher: Client, way: str) -> None:
    words = words_of(send(publisher, old_fund(), "all", way=way))

    assert Check.objects.exists() == (way == "page" and "recorded" in words)
    assert way == "page" or "Choose one of its pages, or another way." in words


def test_a_part_may_be_checked_by_phone(publisher: Client) -> None:
    fund = old_fund()
    send(publisher, fund, "contact", way="phone")

    row = Check.objects.get()
    assert (row.part, row.how, row.source) == ("contact", "phone", "")
    assert Resource.objects.get(pk=fund.pk).checked_on is None


def test_a_fund_seen_closed_is_told_to_readers_at_once(publisher: Client) -> None:
    fund = old_fund()
    send(publisher, fund, "closed")

    assert StatusSighting.objects.get().source == make.SOURCE
    assert Resource.objects.get(pk=fund.pk).fund_status == "closed"
    assert "closed" in Client().get(fund.get_absolute_url()).content.decode()


def test_what_somebody_changed_meanwhile_is_not_recorded_as_checked(publisher: Client) -> None:
    answer = send(publisher, old_fund(), "all", version=77)

    assert "Somebody changed it meanwhile." in words_of(answer)
    assert not Check.objects.exists()


def test_it_is_put_off_with_a_reason_and_leaves_the_list(publisher: Client) -> None:
    fund = old_fund(name="Moving fund")
    send(publisher, fund, "snooze", days="7", why="")
    assert Review.objects.get(resource=fund).snoozed_until is None
    send(publisher, fund, "snooze", days="7", why="They move this week.")

    review = Review.objects.get(resource=fund)
    assert review.snoozed_until == TODAY + dt.timedelta(days=7)
    assert "Moving fund" not in words_of(publisher.get(QUEUE))
    assert "1 is put off." in words_of(publisher.get(QUEUE))


def test_it_may_be_assigned_to_oneself(publisher: Client) -> None:
    mine, other = old_fund(name="My fund"), old_fund(name="Other fund")
    send(publisher, mine, "mine")
    words = words_of(publisher.get(f"{QUEUE}?whose=mine"))

    assert "My fund" in words
    assert other.name not in words


@pytest.mark.parametrize("deed", ["", "nothing", "whole", "status; drop table"])
def test_what_is_no_deed_records_nothing(publisher: Client, deed: str) -> None:
    send(publisher, old_fund(), deed)

    assert not Check.objects.exists()


def test_an_editor_sees_and_does_not_record(editor: Client) -> None:
    fund = old_fund(name="National fund")

    assert "National fund" in words_of(editor.get(QUEUE))
    assert "All is as it stands" not in words_of(editor.get(page_of(fund)))
    assert send(editor, fund, "all").status_code == 403
    assert not Check.objects.exists()


def test_strangers_are_asked_to_sign_in_and_what_is_not_there_is_404(publisher: Client) -> None:
    assert Client().get(QUEUE).status_code == 302
    assert publisher.get(f"{QUEUE}999999/").status_code == 404


def test_all_entries_of_a_page_are_checked_at_once(publisher: Client) -> None:
    page = "https://example.org/funds"
    funds = [old_fund(name=f"Fund {number}") for number in range(4)]
    for fund in funds:
        ResourceSource.objects.create(resource=fund, url=page)
    address = f"{QUEUE}source/?url={page}"
    assert all(fund.name in words_of(publisher.get(address)) for fund in funds)

    outcomes = dict(zip(funds, ("same", "closed", "changed", ""), strict=True))
    ours = make.organisation(name="Ours")
    OrganisationSource.objects.create(organisation=ours, url=page)
    said = {f"outcome-resource-{fund.pk}": outcome for fund, outcome in outcomes.items()}
    said[f"outcome-organisation-{ours.pk}"] = "same"
    answer = publisher.post(address, said, follow=True)

    assert {str(check.entry) for check in Check.objects.all()} == {"Fund 0", "Fund 1", "Ours"}
    assert StatusSighting.objects.get().resource == funds[1]
    assert "3 entries are recorded as checked today." in words_of(answer)
    assert "Fund 2" in words_of(answer)
    assert Review.objects.get(resource=funds[2]).assigned_to is not None


def test_pages_that_several_cite_are_listed(publisher: Client) -> None:
    for _number in range(2):
        ResourceSource.objects.create(resource=old_fund(), url="https://example.org/funds")

    assert "https://example.org/funds" in words_of(publisher.get(f"{QUEUE}source/"))
    assert "No public entry cites" in words_of(publisher.get(f"{QUEUE}source/?url=https://x.org/"))


def test_the_list_asks_the_database_little(
    publisher: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        old_fund(name=f"Fund {number}")
    with django_assert_max_num_queries(12):
        publisher.get(QUEUE)
    with django_assert_max_num_queries(30):
        publisher.get(page_of(Resource.objects.get(name="Fund 3")))


def test_how_often_an_entry_is_looked_at_is_set_beside_it(publisher: Client) -> None:
    fund = old_fund()
    answer = publisher.post(page_of(fund), {"deed": "often", "tier": "first", "status": "3"})

    review = Review.objects.get(resource=fund)
    assert answer.status_code == 302
    assert (review.tier, review.every) == ("first", {"status": 3})
    last = TODAY - dt.timedelta(days=due.OLDEST)
    checked = max(dt.date(2020, 12, 31), last)
    assert review.due["status"] == (checked + dt.timedelta(days=3)).isoformat()


@pytest.mark.parametrize("said", [{"tier": "no such"}, {"tier": "first", "status": "0"}, {}])
def test_how_often_that_makes_no_sense_changes_nothing(
    publisher: Client, said: dict[str, str]
) -> None:
    fund = old_fund()
    answer = publisher.post(page_of(fund), {"deed": "often", **said})

    assert answer.status_code == 200
    assert '<li class="error">' in answer.content.decode()
    assert Review.objects.get(resource=fund).every == {}


def test_what_is_assigned_to_me_stays_mine_until_it_is_checked(publisher: Client) -> None:
    fund = make.resource(name="Copay fund")
    send(publisher, fund, "all")
    publisher.post(page_of(fund), {"deed": "mine"})
    assert "Copay fund" not in words_of(publisher.get(QUEUE))
    assert "Copay fund" in words_of(publisher.get(f"{QUEUE}?whose=mine"))
    send(publisher, fund, "all")

    assert "Copay fund" not in words_of(publisher.get(f"{QUEUE}?whose=mine"))


def test_an_editor_is_told_who_records_and_asked_for_nothing(editor: Client) -> None:
    page = editor.get(page_of(old_fund()))

    assert "A publisher records checks." in words_of(page)
    assert make.SOURCE in words_of(page)
    for offered in ("Put it off", "Assign it to me", "A note for the record", "c says that all"):
        assert offered not in words_of(page)


def test_next_goes_on_through_the_list_and_begins_again_at_its_end(publisher: Client) -> None:
    for number in range(3):
        old_fund(name=f"Fund {number}")
    first = address = publisher.get(QUEUE).context["rows"][0].review.pk
    seen = []
    while address not in seen:
        seen.append(address)
        address = publisher.get(f"{QUEUE}{address}/").context["next"].pk

    assert address == first
    assert len(seen) == Review.objects.filter(due_on__lte=TODAY).count() > 2
