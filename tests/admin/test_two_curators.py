"""Two curators on one entry: the second is told, sees both versions, and loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from resources import publishing
from resources.models import (
    Condition,
    Organisation,
    OrganisationSource,
    OrganisationTranslation,
    Publication,
    digest_of,
)
from tests import make
from tests.admin.browser_form import Sent, form_of, with_row, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return make.organisation(name="Rides", city="Ames", summary="Rides to the clinic.")


def address(organisation: Organisation) -> str:
    return f"/admin/resources/organisation/{organisation.pk}/change/"


def opened(client: Client, organisation: Organisation) -> Sent:
    return form_of(client.get(address(organisation)), _publish="x")


def test_it_tells_the_second_curator_and_saves_nothing(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(address(organisation), {**theirs, "city": ["Hampton"]})

    answer = publisher.post(address(organisation), {**mine, "city": ["Boston"]})

    organisation.refresh_from_db()
    assert organisation.city == "Hampton"
    words = words_of(answer)
    assert "Olga Lee saved this while you were writing" in words
    assert "You both changed it" in words
    assert "<ins>Hampton</ins>" in answer.content.decode()
    assert "<ins>Boston</ins>" in answer.content.decode()
    assert form_of(answer)["city"] == ["Boston"]


def test_it_saves_over_the_other_knowingly_and_keeps_both_in_the_history(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(address(organisation), {**theirs, "city": ["Hampton"]})
    compared = publisher.post(address(organisation), {**mine, "city": ["Boston"]})

    publisher.post(address(organisation), form_of(compared, _publish="x"))

    organisation.refresh_from_db()
    assert organisation.city == "Boston"
    cities = [row.document["city"] for row in Publication.objects.of(organisation)]
    assert cities == ["Boston", "Hampton", "Ames"]


def test_it_takes_the_others_version_of_a_field_and_ones_own_of_another(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(address(organisation), {**theirs, "city": ["Hampton"]})
    mine = {**mine, "city": ["Boston"], "summary": ["Rides home too."]}
    compared = publisher.post(address(organisation), mine)

    sent = form_of(compared, _publish="x", **{"choose-city": "theirs"})
    publisher.post(address(organisation), sent)

    organisation.refresh_from_db()
    assert (organisation.city, organisation.summary) == ("Hampton", "Rides home too.")


def test_it_proposes_the_others_version_of_what_one_did_not_touch(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(
        address(organisation),
        with_row({**theirs, "city": ["Hampton"]}, "names", name="RFA", sort="also"),
    )
    compared = publisher.post(address(organisation), {**mine, "summary": ["Rides home too."]})

    publisher.post(address(organisation), form_of(compared, _publish="x"))

    organisation.refresh_from_db()
    assert (organisation.city, organisation.summary) == ("Hampton", "Rides home too.")
    assert [name.name for name in organisation.names.all()] == ["RFA"]


def test_it_removes_the_others_new_row_only_where_one_chose_so(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(
        address(organisation),
        with_row(theirs, "sources", url="https://example.org/theirs", says="theirs"),
    )
    compared = publisher.post(
        address(organisation),
        with_row(mine, "sources", url="https://example.org/mine", says="mine"),
    )
    assert "https://example.org/theirs" in words_of(compared)

    sent = form_of(compared, _publish="x", **{"choose-sources": "mine"})
    publisher.post(address(organisation), sent)

    urls = [source.url for source in organisation.sources.all()]
    assert urls == [make.SOURCE, "https://example.org/mine"]


def test_it_can_keep_the_rows_of_both_by_unticking_the_deletion(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(
        address(organisation), with_row(theirs, "sources", url="https://example.org/theirs")
    )
    compared = publisher.post(
        address(organisation), with_row(mine, "sources", url="https://example.org/mine")
    )

    sent = form_of(compared, _publish="x", **{"choose-sources": "mine"})
    del sent["sources-1-DELETE"]
    publisher.post(address(organisation), sent)

    assert organisation.sources.count() == 3


def test_it_keeps_typed_rows_when_a_restore_made_all_rows_anew(
    publisher: Client, organisation: Organisation
) -> None:
    mine = opened(publisher, organisation)
    OrganisationSource.objects.filter(organisation=organisation).update(says="changed")
    publishing.publish(by="test", entries=[organisation])
    first = Publication.objects.of(organisation).last()
    assert first is not None
    publishing.restore(by="test", publication=first)

    compared = publisher.post(address(organisation), {**mine, "sources-0-says": ["the mission"]})
    publisher.post(address(organisation), form_of(compared, _publish="x"))

    assert [(s.url, s.says) for s in organisation.sources.all()] == [(make.SOURCE, "the mission")]


def test_it_leaves_the_others_confirmation_of_spanish_alone(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    OrganisationTranslation.objects.create(
        organisation=organisation,
        field="summary",
        text="Viajes a la clínica.",
        english_digest=digest_of(organisation.summary),
    )
    publishing.publish(by="test", entries=[organisation])
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(address(organisation), {**theirs, "translations-0-read": ["on"]})
    compared = publisher.post(address(organisation), {**mine, "city": ["Boston"]})

    publisher.post(address(organisation), form_of(compared, _publish="x"))

    spanish = organisation.translations.get()
    assert (spanish.text, str(spanish.confirmed_by)) == ("Viajes a la clínica.", "olga")


def test_it_shows_only_what_the_other_did_while_ones_own_form_has_errors(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine, theirs = opened(publisher, organisation), opened(other_publisher, organisation)
    other_publisher.post(address(organisation), {**theirs, "city": ["Hampton"]})

    first = publisher.post(
        address(organisation), {**mine, "website": ["ftp://x"], "city": ["Boston"]}
    )
    second = publisher.post(address(organisation), form_of(first, website="", _publish="x"))

    assert "Mend the errors below" in words_of(first)
    assert "compare the two below" in words_of(second)
    assert form_of(second)["city"] == ["Boston"]


def test_it_compares_again_when_somebody_saves_during_the_comparison(
    publisher: Client, other_publisher: Client, organisation: Organisation
) -> None:
    mine = opened(publisher, organisation)
    for city in ("Hampton", "Salem"):
        other_publisher.post(
            address(organisation), {**opened(other_publisher, organisation), "city": [city]}
        )
        compared = publisher.post(address(organisation), {**mine, "summary": ["Rides home too."]})
        mine = form_of(compared, _publish="x")

    assert "<ins>Salem</ins>" in compared.content.decode()


@pytest.mark.parametrize("seen", ["", "0", "-1", "99999999999999999999", "²", "1'"])
def test_it_takes_a_form_without_its_version_for_an_old_one(
    publisher: Client, organisation: Organisation, seen: str
) -> None:
    mine = opened(publisher, organisation)

    answer = publisher.post(
        address(organisation), {**mine, "city": ["Boston"], "seen_version": [seen]}
    )

    organisation.refresh_from_db()
    assert (answer.status_code, organisation.city) == (200, "Ames")


def test_it_guards_the_words_of_a_vocabulary_as_well(
    publisher: Client, other_publisher: Client
) -> None:
    term = make.term(Condition, "leukemia")
    page = f"/admin/resources/condition/{term.pk}/change/"
    mine, theirs = form_of(publisher.get(page)), form_of(other_publisher.get(page))
    other_publisher.post(page, {**theirs, "synonyms": ["blood cancer"], "_save": ["x"]})

    answer = publisher.post(page, {**mine, "synonyms": ["leukaemia"], "_save": ["x"]})

    term.refresh_from_db()
    assert term.synonyms == ["blood cancer"]
    assert "Olga Lee saved this while you were writing" in words_of(answer)
