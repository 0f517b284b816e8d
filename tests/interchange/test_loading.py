"""Loading again: what the loader wrote follows the files, what people wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources import publishing
from resources.models import (
    Condition,
    Curator,
    Edition,
    Need,
    Organisation,
    PovertyGuideline,
    Publication,
    Resource,
    ResourceTranslation,
    State,
)
from tests.interchange.files import NEEDS, load, organisation, resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Curator:
    return Curator.objects.create_user("ann")


def changed_by(curator: Curator, entry: Resource | Need, **fields: str) -> None:
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    publishing.publish(by=curator, entries=[entry])


def test_everything_is_published_in_one_edition(tmp_path: Path) -> None:
    load(tmp_path)

    assert Edition.current() == 1
    assert set(Publication.objects.values_list("edition", "by_name", "state")) == {
        (1, "starter data", "published")
    }
    assert Resource.objects.get().is_published


def test_nothing_is_written_the_second_time(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    load(tmp_path)
    before = Publication.objects.count()

    with django_assert_max_num_queries(25):  # type: ignore[operator]
        report = load(tmp_path)

    assert (report.created, report.changed, report.unchanged) == ([], [], before)
    assert (Publication.objects.count(), Edition.current()) == (before, 1)


def test_a_changed_record_changes_its_entry(tmp_path: Path) -> None:
    load(tmp_path)

    report = load(tmp_path, resources=[resource(award="$500", phones=[{"number": "211"}])])

    entry = Resource.objects.get()
    assert report.changed == ["resource/road-house-rides"]
    assert (entry.award, entry.phones.get().dial, entry.version) == ("$500", "211", 2)
    assert Publication.objects.of(entry)[0].fields == ["award", "phones"]


def test_a_changed_term_changes_with_the_file(tmp_path: Path) -> None:
    load(tmp_path)

    load(tmp_path, needs=[NEEDS[0], {**NEEDS[1], "name": "Rides to the clinic"}])

    assert Need.objects.get(slug="rides").name == "Rides to the clinic"


def test_what_a_curator_changed_stays(tmp_path: Path, ann: Curator) -> None:
    load(tmp_path)
    changed_by(ann, Resource.objects.get(), award="$900")

    report = load(tmp_path, resources=[resource(award="$500")])

    assert Resource.objects.get().award == "$900"
    assert report.kept == ["resource/road-house-rides"]


def test_a_term_that_a_curator_changed_stays(tmp_path: Path, ann: Curator) -> None:
    load(tmp_path)
    changed_by(ann, Need.objects.get(slug="rides"), name="A lift")

    load(tmp_path, needs=[NEEDS[0], {**NEEDS[1], "name": "Rides to the clinic"}])

    assert Need.objects.get(slug="rides").name == "A lift"


def test_what_a_curator_changed_stays_when_the_account_is_gone(
    tmp_path: Path, ann: Curator
) -> None:
    load(tmp_path)
    changed_by(ann, Resource.objects.get(), award="$900")
    Publication.objects.update(by=None)  # as from a time whose accounts were deleted

    load(tmp_path, resources=[resource(award="$500")])

    assert Resource.objects.get().award == "$900"


def test_a_link_check_makes_an_entry_nobodys_own(tmp_path: Path) -> None:
    load(tmp_path)
    entry = Resource.objects.get()
    Resource.objects.update(links_checked_on="2026-11-20")
    publishing.publish(by="link check", entries=[entry])

    load(tmp_path, resources=[resource(award="$500")])

    entry.refresh_from_db()
    assert (entry.award, str(entry.links_checked_on)) == ("$500", "2026-11-20")


def test_what_a_curator_withdrew_stays_withdrawn(tmp_path: Path, ann: Curator) -> None:
    load(tmp_path)
    publishing.withdraw(by=ann, entries=[Resource.objects.get()])

    load(tmp_path, resources=[resource(award="$500")])

    assert Resource.objects.get().publication_state == "withdrawn"


def test_what_a_curator_renamed_is_found_again(tmp_path: Path, ann: Curator) -> None:
    load(tmp_path)
    renamed = Organisation.objects.get()
    renamed.slug = "road-home"
    renamed.save()
    publishing.publish(by=ann, entries=[renamed])

    report = load(tmp_path, resources=[resource(award="$500"), resource(slug="second")])

    assert Organisation.objects.get().slug == "road-home"
    assert (report.changed, report.created) == (["resource/road-house-rides"], ["resource/second"])
    assert Resource.objects.filter(organisation=renamed).count() == 2


def test_what_was_deleted_does_not_come_back(tmp_path: Path) -> None:
    load(tmp_path)
    Resource.objects.all().delete()

    report = load(tmp_path)

    assert not Resource.objects.exists()
    assert report.deleted == ["resource/road-house-rides"]


def test_what_vanished_from_the_file_stays_and_is_reported(tmp_path: Path) -> None:
    load(tmp_path, resources=[resource(), resource(slug="gone")])

    report = load(tmp_path)

    assert Resource.objects.filter(slug="gone").exists()
    assert report.vanished == ["resource/gone"]


def test_a_load_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(**kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "publish", break_off)

    with pytest.raises(KeyboardInterrupt):
        load(tmp_path)
    assert not Need.objects.exists()
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("contact", "state"),
    [
        ({}, "draft"),
        ({"url": "https://example.org"}, "published"),
        ({"apply_url": "https://example.org"}, "published"),
        ({"phones": [{"number": "988"}]}, "published"),
    ],
    ids=["none", "url", "apply_url", "phone"],
)
def test_a_resource_that_cannot_be_reached_begins_as_a_draft(
    tmp_path: Path, contact: dict[str, object], state: str
) -> None:
    report = load(
        tmp_path, organisations=[organisation(phone=None)], resources=[resource(**contact)]
    )

    assert Resource.objects.get().publication_state == state
    assert report.drafts == (["resource/road-house-rides"] if state == "draft" else [])


def test_a_draft_is_published_once_it_can_be_reached(tmp_path: Path) -> None:
    unreachable = [organisation(phone=None)]
    load(tmp_path, organisations=unreachable)

    load(tmp_path, organisations=unreachable, resources=[resource(url="https://example.org")])

    assert Resource.objects.get().is_published


def test_an_ended_resource_is_published_too(tmp_path: Path) -> None:
    load(tmp_path, resources=[resource(lifecycle="ended")])

    assert Resource.objects.get().is_published


@pytest.mark.parametrize(
    ("as_of", "day", "precision"),
    [
        ("2026-05-17", "2026-05-17", "day"),
        ("2021-11", "2021-11-01", "month"),
        ("2017", "2017-01-01", "year"),
    ],
)
def test_a_date_keeps_the_precision_that_it_came_with(
    tmp_path: Path, as_of: str, day: str, precision: str
) -> None:
    load(tmp_path, resources=[resource(fund_status="closed", fund_status_as_of=as_of)])

    entry = Resource.objects.get()
    assert (str(entry.fund_status_seen_on), entry.fund_status_precision) == (day, precision)


def test_a_dollar_table_becomes_rows_and_a_year(tmp_path: Path) -> None:
    table = {"year": 2024, "2": 59209, "1": 52142}
    load(tmp_path, resources=[resource(income_rule="dollar_table", dollar_table=table)])

    entry = Resource.objects.get()
    limits = entry.dollar_limits.values_list("household_size", "dollars")
    assert (entry.income_limit_year, list(limits)) == (2024, [(1, 52142), (2, 59209)])


def test_spanish_belongs_to_the_english_that_it_translates(tmp_path: Path) -> None:
    spanish = {"resources": {"road-house-rides": {"summary": "Lleva.", "documents": ["b", "a"]}}}
    load(tmp_path, resources=[resource(documents=["card", "bill"])], spanish=spanish)

    rows = ResourceTranslation.objects.values_list("field", "text", "confirmed_at")
    assert list(rows) == [
        ("documents", "b", None),
        ("documents", "a", None),
        ("summary", "Lleva.", None),
    ]


def test_an_alias_of_a_predecessor_is_a_former_name(tmp_path: Path) -> None:
    old = organisation(slug="old", name="Old House", status="renamed", successor="road-house")
    new = organisation(also_known_as=["OLDH", "Old House", "The House"])
    load(tmp_path, organisations=[new, old])

    names = Organisation.objects.get(slug="road-house").names.values_list("name", "sort")
    assert list(names) == [
        ("OLDH", "abbreviation"),
        ("Old House", "former"),
        ("The House", "also"),
    ]


def test_the_first_spanish_name_of_a_condition_is_its_name(tmp_path: Path) -> None:
    load(tmp_path)

    cancer = Condition.objects.get(slug="any-cancer")
    assert (cancer.spanish_name, cancer.spanish_synonyms) == ("Cualquier cáncer", ["cáncer"])


def test_a_state_is_known_by_its_code_and_its_name(tmp_path: Path) -> None:
    load(tmp_path)

    assert set(State.objects.values_list("slug", "code", "guideline_table")) == {
        ("ohio", "OH", "48+DC"),
        ("puerto-rico", "PR", ""),
    }


def test_a_guideline_that_was_corrected_here_stays_and_is_reported(tmp_path: Path) -> None:
    load(tmp_path)
    PovertyGuideline.objects.update(first_person=1)

    report = load(tmp_path)

    assert PovertyGuideline.objects.get().first_person == 1
    assert report.notes == ["poverty guideline 2026 48+DC: differs from the file; left as it is"]
