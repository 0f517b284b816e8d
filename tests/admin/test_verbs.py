"""What happens to an entry: the form asks, shows what else names it, and changes all as one."""

from __future__ import annotations

from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from resources import documents, publishing
from resources.models import Batch, Need, Organisation, Resource, digest_of
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

SOURCE = "https://example.org/news"


def page_of(entry: Any, verb: str) -> str:
    return f"/admin/resources/{entry.KIND}/{entry.pk}/news/{verb}/"


def look(client: Client, entry: Any, verb: str, **said: Any) -> HttpResponseBase:
    return client.post(page_of(entry, verb), {"source": SOURCE, "step": "look", **said})


def save(client: Client, entry: Any, verb: str, page: HttpResponseBase, **said: Any) -> str:
    sent = {**form_of(page), "step": "save", **said}
    return words_of(client.post(page_of(entry, verb), sent, follow=True))


def marks_of(page: Any) -> str:
    """What the box sends that says to keep the words that mean something already."""
    marks: str = page.content.decode().split('name="keep_clashing" value="')[1].split('"')[0]
    return marks


def snapshot() -> list[Any]:
    return [
        (entry.publication_state, documents.read(entry))
        for model in (Organisation, Resource)
        for entry in model._default_manager.order_by("pk")
    ]


@pytest.fixture
def ride_aid() -> Organisation:
    made = make.organisation(name="Ride Aid", slug="ride-aid")
    made.phones.create(number="800-555-0100")
    publishing.publish(by="test", entries=[made])
    made.refresh_from_db()
    return made


def test_a_new_name_goes_wherever_the_old_one_stands_its_spanish_too(
    publisher: Client, ride_aid: Organisation
) -> None:
    other = make.resource(name="Gas", summary="Ask Ride Aid first.", award="ride aids")
    other.translations.create(
        field="summary", language="es", text="Pregunte primero a Ride Aid.",
        english_digest=digest_of(other.summary),
    )  # fmt: skip
    publishing.publish(by="test", entries=[other])
    rides = make.term(Need, "rides", synonyms=["Ride Aid", "lift"], question="Ask Ride Aid?")
    was = snapshot()
    page = look(publisher, ride_aid, "renamed", name="Roadstead")
    words = words_of(page)
    assert "Ask Roadstead first." in words
    assert "Pregunte primero a Roadstead." in words
    assert "Today: Ride Aid; lift. One word or name a line." in words
    assert "ride aids" not in words
    told = save(publisher, ride_aid, "renamed", page, keep_clashing=marks_of(page))
    assert "saved and public" in told

    ride_aid.refresh_from_db()
    other.refresh_from_db()
    assert (ride_aid.name, ride_aid.slug) == ("Roadstead", "roadstead")
    assert [(row.name, row.sort) for row in ride_aid.names.all()] == [("Ride Aid", "former")]
    assert SOURCE in {row.url for row in ride_aid.sources.all()}
    assert other.summary == "Ask Roadstead first."
    spanish = other.translations.get()
    assert (spanish.text, spanish.english_digest) == (
        "Pregunte primero a Roadstead.", digest_of(other.summary),
    )  # fmt: skip
    rides.refresh_from_db()
    assert rides.synonyms == ["Ride Aid", "lift", "Roadstead"]
    assert rides.question == "Ask Roadstead?"
    assert Client().get("/organisations/ride-aid/")["Location"] == "/organisations/roadstead/"
    assert "Roadstead" in Client().get("/search/", {"q": "Ride Aid"}).content.decode()

    batch_page = f"/admin/batches/{Batch.objects.get().pk}/"
    assert "Rides : Other words for it, As a person would say it" in words_of(
        publisher.get(batch_page)
    )
    publisher.post(batch_page)
    rides.refresh_from_db()
    assert (rides.synonyms, rides.question) == (["Ride Aid", "lift"], "Ask Ride Aid?")
    now = snapshot()
    assert [state for state, _said in now] == [state for state, _said in was]
    slugs = {"slug", "organisation"}  # an address that was public keeps leading on
    for (_state, before), (_also, after) in zip(was, now, strict=True):
        assert [name for name in documents.differing(before, after) if name not in slugs] == []


def test_what_is_proposed_may_be_written_otherwise(
    publisher: Client, ride_aid: Organisation
) -> None:
    other = make.resource(summary="Ask Ride Aid first.")
    page = look(publisher, ride_aid, "renamed", name="Roadstead")
    (box,) = (name for name in form_of(page) if name.startswith("text-"))
    save(publisher, ride_aid, "renamed", page, **{box: "Ask nobody."})

    other.refresh_from_db()
    assert other.summary == "Ask nobody."


def test_merged_asks_for_the_heir_and_what_becomes_of_each_resource(
    publisher: Client, ride_aid: Organisation
) -> None:
    heir = make.organisation(name="Roadstead", slug="roadstead")
    moves, ends, goes, stays = (
        make.resource(organisation=ride_aid, name=name) for name in ("A", "B", "C", "D")
    )
    page = look(publisher, ride_aid, "merged", successor="ROADSTEAD ", since="2026-10-01")
    fates = {ends: "end", goes: "withdraw", stays: "leave"}
    said = {f"fate-{each.pk}": fate for each, fate in fates.items()}
    save(publisher, ride_aid, "merged", page, **said)

    ride_aid.refresh_from_db()
    assert (ride_aid.status, ride_aid.successor, str(ride_aid.status_since)) == (
        "merged", heir, "2026-10-01",
    )  # fmt: skip
    for each in (moves, ends, goes, stays):
        each.refresh_from_db()
    assert moves.organisation == heir
    assert (ends.lifecycle, str(ends.lifecycle_since)) == ("ended", "2026-10-01")
    assert goes.publication_state == "withdrawn"
    assert (stays.organisation, stays.lifecycle) == (ride_aid, "running")
    batch = Batch.objects.get()
    publisher.post(f"/admin/batches/{batch.pk}/")
    goes.refresh_from_db()
    assert (Organisation.objects.get(pk=ride_aid.pk).status, goes.publication_state) == (
        "active", "published",
    )  # fmt: skip


def test_closed_and_ended(publisher: Client, ride_aid: Organisation) -> None:
    fund = make.resource(organisation=ride_aid)
    save(publisher, ride_aid, "closed", look(publisher, ride_aid, "closed", note="It closed."))
    ride_aid.refresh_from_db()
    fund.refresh_from_db()
    assert (ride_aid.status, ride_aid.status_note, fund.lifecycle) == (
        "closed",
        "It closed.",
        "ended",
    )

    programme = make.resource()
    part = make.resource(part_of=programme, organisation=programme.organisation)
    save(publisher, programme, "ended", look(publisher, programme, "ended"))
    part.refresh_from_db()
    assert part.lifecycle == "ended"


def test_a_new_number_goes_wherever_the_old_one_is(
    publisher: Client, ride_aid: Organisation
) -> None:
    helpline = make.resource(takes_anyone=True, name="Helpline")
    helpline.phones.create(number="(800) 555-0100")
    other = make.resource(name="Other")
    other.phones.create(number="800-555-0111")
    publishing.publish(by="test", entries=[helpline, other])
    page = look(publisher, ride_aid, "number", old="+18005550100", new="800-555-0199")
    assert "a helpline that every page shows: Helpline" in words_of(page)
    save(publisher, ride_aid, "number", page)

    assert {phone.dial for phone in (*ride_aid.phones.all(), *helpline.phones.all())} == {
        "+18005550199"
    }
    assert other.phones.get().number == "800-555-0111"


@pytest.mark.parametrize(
    ("verb", "said", "words"),
    [
        ("renamed", {"name": "Ride Aid"}, "That is its name today."),
        ("renamed", {"name": ""}, "This field is required."),
        ("renamed", {"name": "New", "source": ""}, "This field is required."),
        ("merged", {"successor": "ride-aid"}, "No other public organization"),
        ("merged", {"successor": "nobody"}, "No other public organization"),
        ("closed", {"since": "2999-01-01"}, "That day has not come yet."),
        ("number", {"old": "+18005550100", "new": "12"}, "is not a phone number"),
        ("number", {"old": "+1", "new": "800-555-0199"}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_said(
    publisher: Client, ride_aid: Organisation, verb: str, said: dict[str, str], words: str
) -> None:
    assert words in words_of(look(publisher, ride_aid, verb, **said))
    assert not Batch.objects.exists()


def test_who_looked_before_somebody_saved_looks_again(
    publisher: Client, ride_aid: Organisation
) -> None:
    other = make.resource(summary="Ask Ride Aid first.")
    page = look(publisher, ride_aid, "renamed", name="Roadstead")
    ride_aid.city = "Ames"
    ride_aid.save()
    publishing.publish(by="other", entries=[ride_aid])

    assert "Somebody saved it since you looked." in save(publisher, ride_aid, "renamed", page)
    other.refresh_from_db()
    assert other.summary == "Ask Ride Aid first."


def test_a_text_that_somebody_changed_meanwhile_is_not_written_over(
    publisher: Client, ride_aid: Organisation
) -> None:
    other = make.resource(name="Gas", summary="Ask Ride Aid first.")
    page = look(publisher, ride_aid, "renamed", name="Roadstead")
    other.summary = "Ask Ride Aid at night."
    other.save()
    publishing.publish(by="other", entries=[other])
    words = save(publisher, ride_aid, "renamed", page)

    assert "Somebody changed what names it meanwhile: Gas." in words
    assert "Ask Roadstead at night." in words
    assert not Batch.objects.exists()


def test_only_publishers_and_only_of_what_is_public(
    publisher: Client, editor: Client, ride_aid: Organisation
) -> None:
    assert editor.get(page_of(ride_aid, "closed")).status_code == 403
    assert publisher.get(page_of(ride_aid, "nonsense")).status_code == 404
    assert publisher.get(page_of(ride_aid, "ended")).status_code == 404
    draft = make.organisation(published=False)
    assert publisher.get(page_of(draft, "closed")).status_code == 404
    form = f"/admin/resources/organisation/{ride_aid.pk}/change/"
    assert "It was renamed" in words_of(publisher.get(form))
    assert "It was renamed" not in words_of(editor.get(form))


def test_what_came_under_it_meanwhile_is_shown_first(
    publisher: Client, ride_aid: Organisation
) -> None:
    page = look(publisher, ride_aid, "closed")
    late = make.resource(organisation=ride_aid, name="Late")
    words = save(publisher, ride_aid, "closed", page)

    assert "meanwhile: Late" in words
    late.refresh_from_db()
    assert late.lifecycle == "running"


def test_a_new_name_that_means_something_else_is_kept_knowingly(
    publisher: Client, ride_aid: Organisation
) -> None:
    make.organisation(name="Roadstead", slug="another")
    page: Any = look(publisher, ride_aid, "renamed", name="Roadstead")
    assert "“Roadstead” already means: Roadstead (organization)" in words_of(page)
    refused = save(publisher, ride_aid, "renamed", page)
    assert "mean something else already" in refused
    assert not Batch.objects.exists()

    save(publisher, ride_aid, "renamed", page, keep_clashing=marks_of(page))
    ride_aid.refresh_from_db()
    assert ride_aid.name == "Roadstead"
    assert "Kept knowingly: “Roadstead”" in Batch.objects.get().about
