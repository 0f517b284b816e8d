"""Saving what somebody else publishes: new as drafts, changes as proposals, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from resources import documents, proposals, publishing
from resources.interchange.intake.saving import Saver, Wishes, saver
from resources.interchange.intake.taken import Taken
from resources.models import (
    Curator,
    Edition,
    Organisation,
    Origin,
    Proposal,
    Publication,
    Resource,
)

pytestmark = pytest.mark.django_db

SOURCES = [{"position": 0, "url": "https://example.org/", "page_date": "", "says": ""}]
ORG, SERVICE = "0d2b6a54-5c6b-4b6a-9d6f-000000000001", "0d2b6a54-5c6b-4b6a-9d6f-000000000002"


def organisation(identifier: str = ORG, **said: Any) -> Taken:
    document = {"name": "Rides of Ohio", "category": "other", "sources": SOURCES, **said}
    return Taken(Organisation, identifier, document, "services.json", "record 1")


def resource(identifier: str = SERVICE, **said: Any) -> Taken:
    document = {
        "name": "Rides to chemo",
        "summary": "A volunteer drives you.",
        "organisation": ORG,
        "sources": SOURCES,
        **said,
    }
    return Taken(Resource, identifier, document, "services.json", "record 2")


def take(*taken: Taken, **wishes: Any) -> Saver:
    saver = Saver(Wishes("a neighbor", **wishes))
    saver.save(taken, lambda _done: None)
    saver.look_for_what_is_gone()
    return saver


@pytest.fixture
def ann() -> Curator:
    return Curator.objects.create_user("ann")


def test_what_is_new_becomes_a_draft_that_keeps_whence_it_came() -> None:
    report = take(organisation(), resource()).report

    rides = Resource.objects.get()
    assert len(report.new) == 2
    assert (str(rides.public_id), rides.slug) == (SERVICE, "rides-to-chemo")
    assert rides.publication_state == "draft"
    assert rides.organisation.name == "Rides of Ohio"
    assert rides.version == 1
    assert Edition.current() == 0
    origin = Origin.of(rides).get()
    assert (origin.source, origin.identifier, origin.version) == ("a neighbor", SERVICE, 1)
    assert origin.place == "services.json record 2"


def test_the_record_of_a_new_draft_says_what_the_tables_say() -> None:
    take(organisation(), resource(documents=["ID"], area_kind="national"))

    for entry in (Organisation.objects.get(), Resource.objects.get()):
        assert Publication.objects.of(entry).get().document == documents.read(entry)


def test_the_same_again_changes_nothing() -> None:
    take(organisation(), resource())
    before = Publication.objects.count()

    report = take(organisation(), resource()).report

    assert (report.new, report.changed, report.unchanged) == ([], [], 2)
    assert Publication.objects.count() == before


def test_published_at_once_where_that_is_wished() -> None:
    take(organisation(), resource(), publish=True)

    assert Resource.objects.get().is_published
    assert Publication.objects.filter(by_name="import from a neighbor").exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans each statement anew")
def test_the_database_is_told_that_its_tables_have_grown() -> None:
    def rows_known_of() -> int:
        with connection.cursor() as cursor:
            name = Resource._meta.db_table
            cursor.execute("SELECT reltuples::integer FROM pg_class WHERE relname = %s", [name])
            return int(cursor.fetchone()[0])

    many = [resource(f"s{number}", name=f"Rides {number}") for number in range(20)]

    take(organisation(), *many)

    assert rows_known_of() == len(many)


def test_what_has_no_source_stays_a_draft_even_then() -> None:
    take(organisation(), resource(sources=[]), publish=True)

    assert Resource.objects.get().publication_state == "draft"


def test_a_draft_follows_its_source() -> None:
    take(organisation(), resource())

    report = take(organisation(), resource(summary="A volunteer drives you home.")).report

    assert Resource.objects.get().summary == "A volunteer drives you home."
    assert len(report.changed) == 1


def test_a_public_entry_gets_a_proposal(ann: Curator) -> None:
    take(organisation(), resource(), publish=True)

    report = take(organisation(), resource(summary="Only on Mondays."), by=ann).report

    proposal = Proposal.objects.get()
    assert proposal.changes == {"summary": "Only on Mondays."}
    assert proposal.note == "From a neighbor: record 2"
    assert Resource.objects.get().summary == "A volunteer drives you."
    assert len(report.proposed) == 1


def test_without_a_curator_to_propose_it_is_told() -> None:
    take(organisation(), resource(), publish=True)

    report = take(organisation(), resource(summary="Only on Mondays.")).report

    assert "--as" in report.kept[0]
    assert not Proposal.objects.exists()


def test_it_is_proposed_once_though_a_publisher_sent_it_back(ann: Curator) -> None:
    take(organisation(), resource(), publish=True)
    take(organisation(), resource(summary="Only on Mondays."), by=ann)
    Proposal.objects.all().delete()

    report = take(organisation(), resource(summary="Only on Mondays."), by=ann).report

    assert (report.proposed, report.unchanged) == ([], 2)


def test_what_a_curator_changed_is_never_written_over(ann: Curator) -> None:
    take(organisation(), resource(), publish=True)
    rides = Resource.objects.get()
    rides.summary = "Ours."
    rides.save()
    publishing.publish(by=ann, entries=[rides])

    take(organisation(), resource(summary="Theirs.", costs="Free."), publish=True, by=ann)

    rides.refresh_from_db()
    assert (rides.summary, rides.costs) == ("Ours.", "")
    proposal = Proposal.objects.get()
    assert proposal.changes == {"summary": "Theirs.", "costs": "Free."}
    assert proposal.was["summary"] == "A volunteer drives you."  # so it is shown as disputed


def test_what_a_curator_has_changed_likewise_already_is_not_proposed(ann: Curator) -> None:
    take(organisation(), resource(), publish=True)
    rides = Resource.objects.get()
    rides.summary = "Only on Mondays."
    rides.save()
    publishing.publish(by=ann, entries=[rides])

    report = take(organisation(), resource(summary="Only on Mondays."), by=ann).report

    assert (report.proposed, report.unchanged) == ([], 2)
    assert not Proposal.objects.exists()


def test_a_draft_that_somebody_works_on_is_left(ann: Curator) -> None:
    take(organisation(), resource())
    rides = Resource.objects.get()
    rides.summary = "Ours."
    rides.save()
    publishing.keep_draft(by=ann, entries=[rides])

    report = take(organisation(), resource(summary="Theirs."), by=ann).report

    rides.refresh_from_db()
    assert rides.summary == "Ours."
    assert "somebody works on it here" in report.kept[0]


def test_a_curators_own_waiting_proposal_is_not_replaced(ann: Curator) -> None:

    take(organisation(), resource(), publish=True)
    rides = Resource.objects.get()
    proposals.propose(rides, {**documents.read(rides), "costs": "Free."}, by=ann, note="mine")

    report = take(organisation(), resource(summary="Theirs."), by=ann).report

    assert Proposal.objects.get().changes == {"costs": "Free."}
    assert "a proposal of their own" in report.kept[0]


def test_what_was_deleted_here_is_not_brought_back() -> None:
    take(organisation(), resource())
    publishing.discard(entries=[Resource.objects.get()])

    report = take(organisation(), resource()).report

    assert not Resource.objects.exists()
    assert "deleted here" in report.kept[0]


def test_what_is_gone_at_the_source_is_told_and_stays() -> None:
    take(organisation(), resource())

    report = take(organisation()).report

    assert report.gone == [f"resource {SERVICE}"]
    assert Resource.objects.exists()


def test_a_preview_tells_all_of_it_and_saves_nothing() -> None:
    told = take(organisation(), resource(), resource("other", summary=""), preview=True).report
    assert (len(told.new), len(told.refused)) == (2, 1)
    assert not Organisation.objects.exists()
    assert not Origin.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"needs": ["no-such-need"]}, "needs"),
        ({"organisation": "nobody"}, "organisation"),
        ({"organisation": ""}, "organisation"),
        ({"name": "x" * 151}, "name"),
        ({"fund_status": "open"}, "fund_status_seen_on"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_field(said: Any, field: str) -> None:
    report = take(organisation(), resource(**said)).report

    assert not Resource.objects.exists()
    problem = report.refused[0]
    assert (problem.file, problem.field) == ("services.json", field)
    assert SERVICE in problem.record
    assert problem.cure


def test_the_same_name_twice_gets_two_addresses() -> None:
    take(organisation(), resource(), resource("another"), resource("and-another"))

    slugs = set(Resource.objects.values_list("slug", flat=True))
    assert {"rides-to-chemo", "rides-to-chemo-rides-of-ohio"} < slugs
    assert len(slugs) == 3


def test_a_fund_finds_its_programme_in_the_same_batch_and_before() -> None:
    take(organisation(), resource("fund", part_of=SERVICE, name="Fund"), resource())
    take(organisation(), resource("later", part_of=SERVICE, name="Later"))

    assert set(Resource.objects.filter(part_of__public_id=SERVICE).values_list("name", flat=True))
    assert Resource.objects.get(slug="later").part_of.slug == "rides-to-chemo"  # type: ignore[union-attr]


def test_a_circle_is_refused() -> None:
    report = take(
        organisation(), resource("a", part_of="b"), resource("b", part_of="a"), publish=True
    ).report

    assert {problem.field for problem in report.refused} == {"part_of"}


def test_what_breaks_off_leaves_whole_batches_and_is_completed_by_the_next_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saver, "BATCH", 3)
    many = [organisation(), *(resource(f"number {n}", name=f"Rides {n}") for n in range(7))]

    def broken() -> Iterator[Taken]:
        yield from many[:5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Saver(Wishes("a neighbor")).save(broken(), lambda _done: None)
    assert (Organisation.objects.count(), Resource.objects.count()) == (1, 2)
    assert Origin.objects.count() == Publication.objects.count() == 3

    report = take(*many).report

    assert (len(report.new), report.unchanged) == (5, 3)
    assert Resource.objects.count() == Origin.objects.filter(kind="resource").count() == 7
