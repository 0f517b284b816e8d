"""Nothing comes to stand below itself, or to go on as itself, whoever does what first."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from resources import publishing
from resources.models import Condition, Organisation, Publication, Recorded
from resources.publishing import CannotPublish
from tests import make
from tests.admin.browser_form import Sent, form_of, words_of
from tests.interchange.files import CONDITIONS, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def leukemia() -> Condition:
    made: Condition = make.term(Condition, "leukemia")
    return made


@pytest.fixture
def blood_cancer() -> Condition:
    made: Condition = make.term(Condition, "blood-cancer")
    return made


def page_of(term: Recorded) -> str:
    return f"/admin/resources/{term.KIND}/{term.pk}/change/"


def opened(client: Client, term: Recorded) -> Sent:
    return form_of(client.get(page_of(term)))


@pytest.mark.parametrize("field", ["parent", "also_under"])
def test_a_word_does_not_stand_under_itself(
    publisher: Client, leukemia: Condition, field: str
) -> None:
    sent = {**opened(publisher, leukemia), field: [str(leukemia.pk)]}

    answer = publisher.post(page_of(leukemia), sent)

    assert "It would be a circle: Leukemia → Leukemia." in words_of(answer)
    assert leukemia.version == 1


def test_a_word_is_not_nearly_the_same_as_itself(publisher: Client, leukemia: Condition) -> None:
    sent = {**opened(publisher, leukemia), "related": [str(leukemia.pk)]}

    answer = publisher.post(page_of(leukemia), sent)

    assert "This is the one itself. Choose others." in words_of(answer)
    assert not leukemia.related.exists()


def test_two_words_may_be_nearly_the_same_as_each_other(
    publisher: Client, leukemia: Condition, blood_cancer: Condition
) -> None:
    for one, other in ((leukemia, blood_cancer), (blood_cancer, leukemia)):
        publisher.post(page_of(one), {**opened(publisher, one), "related": [str(other.pk)]})

    assert [*leukemia.related.all(), *blood_cancer.related.all()] == [blood_cancer, leukemia]


def test_the_second_of_two_curators_does_not_close_a_circle(
    publisher: Client, other_publisher: Client, leukemia: Condition, blood_cancer: Condition
) -> None:
    mine, theirs = opened(publisher, leukemia), opened(other_publisher, blood_cancer)
    other_publisher.post(page_of(blood_cancer), {**theirs, "parent": [str(leukemia.pk)]})

    answer = publisher.post(
        page_of(leukemia), {**mine, "also_under": [str(blood_cancer.pk)], "synonyms": ["blood"]}
    )

    assert "It would be a circle: Leukemia → Blood cancer → Leukemia." in words_of(answer)
    assert form_of(answer)["synonyms"] == ["blood"]
    assert not leukemia.also_under.exists()


def test_a_restore_does_not_close_a_circle(
    publisher: Client, leukemia: Condition, blood_cancer: Condition
) -> None:
    for parent in (blood_cancer, None):
        leukemia.parent = parent
        leukemia.save()
        publishing.publish(by="test", entries=[leukemia])
    blood_cancer.parent = leukemia
    blood_cancer.save()
    publishing.publish(by="test", entries=[blood_cancer])
    page = f"/admin/resources/condition/{leukemia.pk}/history/2/restore/"

    answer = publisher.post(page, form_of(publisher.get(page)))

    assert "in a circle: Leukemia → Blood cancer → Leukemia." in words_of(answer)
    leukemia.refresh_from_db()
    assert (leukemia.parent, leukemia.version) == (None, 3)


def test_a_load_does_not_close_a_circle_with_what_a_curator_did(tmp_path: Path) -> None:
    records = [*CONDITIONS, {"slug": "one", "name": "One"}, {"slug": "two", "name": "Two"}]
    load(tmp_path, conditions=records)
    one, two = Condition.objects.get(slug="one"), Condition.objects.get(slug="two")
    one.parent = two
    one.save()
    publishing.publish(by="ann", entries=[one])

    records[-1] = {"slug": "two", "name": "Two", "parent": "one"}
    with pytest.raises(CannotPublish, match="in a circle: Two → One → Two"):
        load(tmp_path, conditions=records)


def test_a_draft_does_not_go_on_as_itself_either() -> None:
    heir = make.organisation(name="Heir", published=False)
    old = make.organisation(name="Old", published=False, successor=heir)
    heir.successor = old
    heir.save()

    with pytest.raises(CannotPublish, match="in a circle: Heir → Old → Heir"):
        publishing.keep_draft(by="test", entries=[heir])


def test_what_has_no_circle_is_published() -> None:
    heir = make.organisation()
    old = make.organisation(successor=heir)

    assert Publication.objects.of(old).count() == 1
    assert Organisation.objects.get(pk=old.pk).successor == heir
