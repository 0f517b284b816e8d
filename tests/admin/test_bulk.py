"""One field of many entries: chosen in a list, seen beforehand, changed and undone as one."""

from __future__ import annotations

from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from resources import publishing
from resources.models import Batch, Need, Resource
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

LIST = "/admin/resources/resource/"


def send(client: Client, of: list[Resource], **said: Any) -> Any:
    chosen = {"_selected_action": [entry.pk for entry in of]}
    return client.post(LIST, {"action": "change_chosen", **chosen, **said}, follow=True)


def confirm(client: Client, page: HttpResponseBase, **said: Any) -> Any:
    return client.post(LIST, {**form_of(page), "step": "change", **said}, follow=True)


@pytest.fixture
def rides() -> list[Resource]:
    return [make.resource(name=f"Ride {n}", needs=("rides",), award="$50") for n in range(3)]


def test_a_field_is_chosen_its_value_said_seen_and_changed(
    publisher: Client, rides: list[Resource]
) -> None:
    rides[2].award = "$60"
    rides[2].save()
    publishing.publish(by="test", entries=[rides[2]])
    assert "Which field" in words_of(send(publisher, rides))
    assert 'name="award"' in send(publisher, rides, field="award", step="choose").content.decode()
    page = send(publisher, rides, field="award", award="$60", step="preview")
    words = words_of(page)
    assert "Change 2 entries" in words
    assert "1 says so already" in words
    assert "<del>$50</del>" in page.content.decode()
    assert Resource.objects.filter(award="$60").count() == 1
    done = confirm(publisher, page, note="Raised in November")

    assert "2 entries are changed" in words_of(done)
    assert Resource.objects.filter(award="$60").count() == 3
    assert Batch.objects.get().about == "Raised in November"


def test_a_need_is_added_to_what_each_has_and_undone_as_one(
    publisher: Client, rides: list[Resource]
) -> None:
    lodging = make.term(Need, "lodging")
    rides[0].needs.add(make.term(Need, "food"))
    publishing.publish(by="test", entries=[rides[0]])
    page = send(publisher, rides, field="needs", deed="add", needs=[lodging.pk], step="preview")
    confirm(publisher, page)
    assert {need.slug for need in rides[0].needs.all()} == {"food", "lodging", "rides"}
    batch = Batch.objects.get()
    answer = publisher.post(f"/admin/batches/{batch.pk}/", follow=True)

    assert "3 entries say again what they said before." in words_of(answer)
    assert {need.slug for need in rides[0].needs.all()} == {"food", "rides"}
    again = publisher.post(f"/admin/batches/{batch.pk}/", follow=True)
    assert "It was undone already." in words_of(again)


def test_what_changed_after_it_was_seen_is_shown_again(
    publisher: Client, rides: list[Resource]
) -> None:
    page = send(publisher, rides, field="award", award="$60", step="preview")
    rides[0].summary = "New."
    rides[0].save()
    publishing.publish(by="other", entries=[rides[0]])
    again = confirm(publisher, page)

    assert "changed meanwhile" in words_of(again)
    assert not Resource.objects.filter(award="$60")
    confirm(publisher, again)
    assert Resource.objects.filter(award="$60").count() == 3


def test_one_that_cannot_be_changed_so_stops_all_and_is_named(
    publisher: Client, rides: list[Resource]
) -> None:
    page = send(publisher, rides, field="income_rule", income_rule="dollar_table", step="preview")
    words = words_of(confirm(publisher, page))

    assert "Nothing was changed" in words
    assert "Ride 1" in words
    assert "add the dollar limits below" in words
    assert not Batch.objects.exists()


@pytest.mark.parametrize("field", ["name", "slug", "fund_status", "nonsense", "id", "checked_on"])
def test_what_is_said_of_one_alone_is_not_offered(
    publisher: Client, rides: list[Resource], field: str
) -> None:
    words = words_of(send(publisher, rides, field=field, step="preview", **{field: "x"}))

    assert "What would change" not in words


def test_a_value_that_makes_no_sense_is_refused(publisher: Client, rides: list[Resource]) -> None:
    page = send(publisher, rides, field="age_min", age_min="old", step="preview")

    assert "Enter a whole number." in words_of(page)


def test_all_that_a_filter_finds_is_changed(publisher: Client, rides: list[Resource]) -> None:
    address = f"{LIST}?publication_state__exact=published"
    sent = {
        "action": "change_chosen", "select_across": "1", "_selected_action": [rides[0].pk],
        "field": "award", "award": "$60", "step": "preview",
    }  # fmt: skip
    page = publisher.post(address, sent)
    publisher.post(address, {**form_of(page), "step": "change"})

    assert Resource.objects.filter(award="$60").count() == 3


def test_an_editor_changes_and_undoes_nothing(
    editor: Client, publisher: Client, rides: list[Resource]
) -> None:
    send(editor, rides, field="award", award="$60", step="change")
    assert not Resource.objects.filter(award="$60")
    confirm(publisher, send(publisher, rides, field="award", award="$60", step="preview"))
    page = f"/admin/batches/{Batch.objects.get().pk}/"

    assert editor.get(page).status_code == 200
    assert editor.post(page).status_code == 403


def test_the_last_need_is_taken_away_from_nobody(publisher: Client, rides: list[Resource]) -> None:
    need = rides[0].needs.get()
    page = send(publisher, rides, field="needs", deed="remove", needs=[need.pk], step="preview")

    assert "It would have none left." in words_of(confirm(publisher, page))
    assert rides[0].needs.get() == need
