"""Spanish beside its English: whose English it belongs to, and who has read it."""

from __future__ import annotations

import pytest
from django.test import Client

from resources import publishing, translations
from resources.models import (
    Organisation,
    OrganisationPhone,
    OrganisationTranslation,
    Resource,
    ResourcePhone,
    digest_of,
)
from tests import make
from tests.admin.browser_form import Sent, form_of, words_of

pytestmark = pytest.mark.django_db

ENGLISH, SPANISH = "Rides to the clinic.", "Viajes a la clínica."


@pytest.fixture
def organisation() -> Organisation:
    made = make.organisation(summary=ENGLISH, status_note="Still there.")
    OrganisationTranslation.objects.create(
        organisation=made, field="summary", text=SPANISH, english_digest=digest_of(ENGLISH)
    )
    publishing.publish(by="test", entries=[made])
    return made


def address(entry: Organisation | Resource) -> str:
    return f"/admin/resources/{entry.KIND}/{entry.pk}/change/"


def opened(client: Client, entry: Organisation | Resource) -> Sent:
    return form_of(client.get(address(entry)), _publish="x")


def shown(entry: Organisation, field: str = "summary") -> translations.Wording:
    found = Organisation.objects.get(pk=entry.pk)
    return translations.wording(found, field, getattr(found, field), "es")


def test_it_has_an_empty_place_beside_each_english_text_without_spanish(
    publisher: Client, organisation: Organisation
) -> None:
    sent = opened(publisher, organisation)

    assert (sent["translations-0-text"], sent["translations-1-text"]) == ([SPANISH], [""])
    assert sent["translations-1-field"] == ["status_note"]
    assert "translations-2-text" not in sent


def test_it_keeps_spanish_written_for_the_english_beside_it(
    publisher: Client, organisation: Organisation
) -> None:
    sent = opened(publisher, organisation)

    publisher.post(address(organisation), {**sent, "translations-1-text": ["Sigue ahí."]})

    assert shown(organisation, "status_note") == translations.Wording("Sigue ahí.", "es", False)


def test_it_puts_spanish_out_of_date_when_its_english_changes(
    publisher: Client, organisation: Organisation
) -> None:
    publisher.post(
        address(organisation), {**opened(publisher, organisation), "summary": ["Rides home."]}
    )

    assert shown(organisation).language == "en"
    assert "Out of date" in words_of(publisher.get(address(organisation)))


def test_it_shows_the_english_of_today_beside_outdated_spanish(
    publisher: Client, organisation: Organisation
) -> None:
    publisher.post(
        address(organisation), {**opened(publisher, organisation), "summary": ["Rides home."]}
    )

    page = publisher.get(address(organisation)).content.decode()

    assert '<p class="english" lang="en">Rides home.</p>' in page


@pytest.mark.parametrize("spanish", ["outdated", "unread"])
def test_it_queues_spanish_that_waits_for_a_reader(
    publisher: Client, organisation: Organisation, spanish: str
) -> None:
    make.organisation(name="Another")
    publisher.post(
        address(organisation), {**opened(publisher, organisation), "summary": ["Rides home."]}
    )

    page = publisher.get("/admin/resources/organisation/", {"spanish": spanish})

    assert list(page.context["cl"].result_list) == [organisation]


def test_it_leaves_the_queue_when_somebody_has_read_it(
    publisher: Client, organisation: Organisation
) -> None:
    publisher.post(
        address(organisation), {**opened(publisher, organisation), "summary": ["Rides home."]}
    )
    assert publisher.get("/admin/").context["figures"][0].spanish_outdated == 1

    publisher.post(
        address(organisation), {**opened(publisher, organisation), "translations-0-read": ["on"]}
    )

    assert publisher.get("/admin/").context["figures"][0].spanish_outdated == 0
    for spanish in ("outdated", "unread"):
        page = publisher.get("/admin/resources/organisation/", {"spanish": spanish})
        assert not page.context["cl"].result_list


def test_it_leaves_spanish_in_date_when_only_the_line_ends_were_sent_anew(
    publisher: Client, organisation: Organisation
) -> None:
    english = "One line.\nAnother."
    Organisation.objects.filter(pk=organisation.pk).update(summary=english)
    organisation.translations.update(english_digest=digest_of(english))
    publishing.publish(by="test", entries=[organisation])

    publisher.post(address(organisation), {**opened(publisher, organisation), "city": ["Ames"]})

    assert shown(organisation).language == "es"


def test_it_takes_mended_spanish_for_the_english_of_the_same_save(
    publisher: Client, organisation: Organisation
) -> None:
    sent = opened(publisher, organisation)

    publisher.post(
        address(organisation),
        {**sent, "summary": ["Rides home."], "translations-0-text": ["Viajes a casa."]},
    )

    assert shown(organisation).text == "Viajes a casa."


def test_it_notes_who_has_read_it(publisher: Client, organisation: Organisation) -> None:
    sent = opened(publisher, organisation)

    publisher.post(address(organisation), {**sent, "translations-0-read": ["on"]})

    assert shown(organisation).reviewed
    assert str(organisation.translations.get().confirmed_by) == "pat"


def test_it_counts_changed_spanish_as_unread_whoever_read_it_before(
    publisher: Client, organisation: Organisation
) -> None:
    publisher.post(
        address(organisation), {**opened(publisher, organisation), "translations-0-read": ["on"]}
    )

    publisher.post(
        address(organisation),
        {**opened(publisher, organisation), "translations-0-text": ["Viajes."]},
    )

    assert shown(organisation) == translations.Wording("Viajes.", "es", False)


def test_it_confirms_outdated_spanish_as_it_is_for_the_new_english(
    publisher: Client, organisation: Organisation
) -> None:
    publisher.post(
        address(organisation),
        {**opened(publisher, organisation), "summary": ["Rides to a clinic."]},
    )

    publisher.post(
        address(organisation), {**opened(publisher, organisation), "translations-0-read": ["on"]}
    )

    assert shown(organisation) == translations.Wording(SPANISH, "es", True)


def test_it_removes_spanish_that_was_emptied(publisher: Client, organisation: Organisation) -> None:
    sent = opened(publisher, organisation)

    publisher.post(address(organisation), {**sent, "translations-0-text": [""]})

    assert not organisation.translations.exists()


def test_it_keeps_the_texts_of_a_list_apart(publisher: Client) -> None:
    resource = make.resource(
        needs=("rides",), documents=["A letter", "Proof of income"], summary="Rides."
    )
    ResourcePhone.objects.create(resource=resource, number="211", purpose="rides")
    publishing.publish(by="test", entries=[resource])
    sent = opened(publisher, resource)
    rows = {
        sent[f"translations-{n}-english"][0]: n
        for n in range(int(sent["translations-TOTAL_FORMS"][0]))
    }

    for english, spanish in {"Proof of income": "Ingresos", "rides": "viajes"}.items():
        sent[f"translations-{rows[english]}-text"] = [spanish]
    publisher.post(address(resource), sent)

    kept = {(row.field, row.text, row.english_digest) for row in resource.translations.all()}
    assert kept == {
        ("documents", "Ingresos", digest_of("Proof of income")),
        ("phone_purpose", "viajes", digest_of("rides")),
    }


def test_it_takes_spanish_for_hours_that_only_words_tell(publisher: Client) -> None:
    organisation = make.organisation()
    for hours in ("Mon-Fri 9am-5pm", "24/7", "weekdays, ask for Ann"):
        OrganisationPhone.objects.create(organisation=organisation, number="211", hours=hours)
    publishing.publish(by="test", entries=[organisation])
    page = publisher.get(address(organisation))
    assert "Phone: hours weekdays, ask for Ann" in words_of(page)

    sent = form_of(page, _publish="x", **{"translations-0-text": "entre semana"})
    publisher.post(address(organisation), sent)

    assert "translations-1-text" not in sent
    assert organisation.translations.get().text == "entre semana"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            {"translations-1-field": ["email"], "translations-1-text": ["x"]},
            "no such text to translate",
        ),
        ({"translations-1-read": ["on"]}, "no Spanish here to have read"),
        (
            {"status_note": [""], "translations-1-text": ["Sigue ahí."]},
            "no English text for this Spanish",
        ),
        (
            {"translations-1-field": ["summary"], "translations-1-text": ["Otra vez."]},
            "There is Spanish for this text already",
        ),
    ],
)
def test_it_refuses_spanish_that_belongs_to_nothing(
    publisher: Client, organisation: Organisation, typed: Sent, words: str
) -> None:
    answer = publisher.post(address(organisation), {**opened(publisher, organisation), **typed})

    assert words in words_of(answer)
    assert organisation.translations.count() == 1


def test_it_asks_for_no_spanish_before_there_is_english(publisher: Client) -> None:
    assert (
        b"translations-TOTAL_FORMS"
        not in publisher.get("/admin/resources/organisation/add/").content
    )
