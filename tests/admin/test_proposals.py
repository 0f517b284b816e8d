"""An editor's change of a public entry waits; a publisher sees the difference and decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from resources import publishing
from resources.admin.waiting import sent_back_to
from resources.models import Curator, Organisation, Proposal, Publication, Resource
from tests import make
from tests.admin.browser_form import form_of, words_of
from tests.admin.conftest import curator, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/proposals/"


def change_page(entry: Any) -> str:
    return f"/admin/resources/{entry.KIND}/{entry.pk}/change/"


def save(client: Client, entry: Any, query: str = "", **typed: str) -> str:
    """Open the form, type, save; the words of the page that follows."""
    page = f"{change_page(entry)}{query}"
    form = form_of(client.get(page))
    sent = {**form, **{name: [value] for name, value in typed.items()}, "_save": ["x"]}
    return words_of(client.post(page, sent, follow=True))


def decide(client: Client, deed: str, **said: Any) -> str:
    proposal = Proposal.objects.latest("pk")
    page = f"{LIST}{proposal.pk}/"
    form = form_of(client.get(page))
    ticked = {"field": form.get("field", [])}
    seen = {name: form[name] for name in ("seen_version", "seal")}
    sent = {**seen, **ticked, "deed": deed, **said}
    return words_of(client.post(page, sent, follow=True))


@pytest.fixture
def entry() -> Organisation:
    return make.organisation(name="Ride Aid", city="Ames")


def test_what_an_editor_saves_waits_while_the_old_stays_public(
    editor: Client, entry: Organisation
) -> None:
    before = Publication.objects.count()
    words = save(editor, entry, city="Salem", history_note="They moved.")

    assert "waits for a publisher" in words
    entry.refresh_from_db()
    assert (entry.city, Publication.objects.count()) == ("Ames", before)
    proposal = Proposal.objects.get()
    assert (proposal.changes, proposal.was, proposal.note) == (
        {"city": "Salem"}, {"city": "Ames"}, "They moved.",
    )  # fmt: skip
    assert "Ames" in Client().get(entry.get_absolute_url()).content.decode()


def test_a_publisher_sees_the_difference_and_publishes(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem", history_note="They moved.")
    assert "Ride Aid City Ed Lee" in words_of(publisher.get(LIST))
    page = publisher.get(f"{LIST}{Proposal.objects.get().pk}/").content.decode()
    assert "<del>Ames</del>" in page
    assert "<ins>Salem</ins>" in page
    assert "is changed and public" in decide(publisher, "publish")

    entry.refresh_from_db()
    assert entry.city == "Salem"
    newest = Publication.objects.of(entry).first()
    assert newest is not None
    assert (newest.by_name, newest.fields, newest.note) == (
        "Pat Lee", ["city"], "Proposed by Ed Lee. They moved.",
    )  # fmt: skip
    assert Proposal.objects.get().state == "published"
    assert "This was decided already" in decide(publisher, "publish", field=["city"])


def test_rows_below_the_form_are_proposed_as_well(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    entry.phones.create(number="800-555-0100")
    publishing.publish(by="test", entries=[entry])
    save(editor, entry, **{"phones-0-number": "800-555-0199"})
    assert [phone.number for phone in entry.phones.all()] == ["800-555-0100"]
    decide(publisher, "publish")

    assert [phone.number for phone in entry.phones.all()] == ["800-555-0199"]


def test_one_change_of_several_may_be_taken(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem", summary="Drives people.")
    decide(publisher, "publish", field=["summary"])

    entry.refresh_from_db()
    assert (entry.city, entry.summary) == ("Ames", "Drives people.")
    assert "Tick at least one" not in words_of(publisher.get(LIST))


def test_it_is_sent_back_with_a_reason_and_gone_on_with(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    assert "Write why" in decide(publisher, "send_back")
    decide(publisher, "send_back", answer="Which Salem?")
    words = words_of(editor.get(LIST))
    assert "sent back : “Which Salem?”" in words
    proposal = Proposal.objects.get()
    assert "Go on with it" in words_of(editor.get(f"{LIST}{proposal.pk}/"))

    again = f"?proposal={proposal.pk}"
    assert form_of(editor.get(change_page(entry) + again))["city"] == ["Salem"]
    save(editor, entry, again, summary="In Oregon.")
    newest = Proposal.objects.latest("pk")
    assert (newest.state, newest.changes) == (
        "waiting", {"city": "Salem", "summary": "In Oregon."},
    )  # fmt: skip


def test_the_form_goes_on_from_what_waits_and_keeps_one_proposal(
    editor: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    assert form_of(editor.get(change_page(entry)))["city"] == ["Salem"]
    save(editor, entry, summary="Drives people.")
    assert Proposal.objects.get().changes == {"city": "Salem", "summary": "Drives people."}
    words = save(editor, entry, city="Ames", summary=entry.summary)

    assert "nothing waits" in words
    assert Proposal.objects.get().state == "taken_back"
    entry.refresh_from_db()
    assert entry.city == "Ames"


def test_a_field_that_somebody_else_changed_since_is_not_ticked(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem", summary="Drives people.")
    entry.refresh_from_db()
    entry.city = "Boston"
    entry.save()
    publishing.publish(by="other", entries=[entry])
    page = publisher.get(f"{LIST}{Proposal.objects.get().pk}/")
    assert "Somebody changed this since." in words_of(page)
    assert form_of(page)["field"] == ["summary"]
    decide(publisher, "publish")

    entry.refresh_from_db()
    assert (entry.city, entry.summary) == ("Boston", "Drives people.")


def test_who_looked_before_somebody_saved_looks_again(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    old = entry.version
    entry.refresh_from_db()
    entry.summary = "New."
    entry.save()
    publishing.publish(by="other", entries=[entry])

    assert "Somebody saved this entry meanwhile" in decide(publisher, "publish", seen_version=[old])
    entry.refresh_from_db()
    assert entry.city == "Ames"


def test_an_entry_that_went_away_meanwhile_leaves_a_way_on(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    publishing.withdraw(by="other", entries=[entry])
    assert "not public any more" in decide(publisher, "publish")
    assert "It is sent back to Ed Lee." in decide(publisher, "send_back", answer="Merged.")
    assert "sent back" in words_of(editor.get(LIST))


def test_what_cannot_be_public_is_refused_when_it_is_proposed(editor: Client) -> None:
    fund = make.resource(income_rule="not_stated", needs=("rides",), award="Rides")
    words = save(editor, fund, income_rule="dollar_table")

    assert "add the dollar limits below" in words
    assert not Proposal.objects.exists()
    fund.refresh_from_db()
    assert fund.income_rule == "not_stated"


def test_two_editors_propose_side_by_side(editor: Client, entry: Organisation) -> None:
    other = signed_in(curator("eve", "editor"))
    save(editor, entry, city="Salem")
    assert form_of(other.get(change_page(entry)))["city"] == ["Ames"]
    save(other, entry, summary="Drives people.")

    assert Proposal.objects.waiting().count() == 2
    assert "Ed Lee" not in words_of(other.get(LIST)).split("Wait for a publisher")[1]


@pytest.mark.parametrize("deed", ["publish", "send_back", "nonsense", ""])
def test_an_editor_decides_on_nothing(editor: Client, entry: Organisation, deed: str) -> None:
    save(editor, entry, city="Salem")
    page = f"{LIST}{Proposal.objects.get().pk}/"
    sent = {"deed": deed, "field": "city", "answer": "x", "seen_version": entry.version}

    assert editor.post(page, sent).status_code == 403
    other = signed_in(curator("eve", "editor"))
    assert other.post(page, {**sent, "deed": "take_back"}).status_code == 403
    assert Proposal.objects.get().state == "waiting"


def test_whoever_made_it_takes_it_back(editor: Client, entry: Organisation) -> None:
    save(editor, entry, city="Salem")
    assert "It is taken back." in decide(editor, "take_back")

    assert Proposal.objects.get().decided_by == Curator.objects.get(username="ed")


def test_the_proposal_of_another_is_not_laid_over(editor: Client, entry: Organisation) -> None:
    save(editor, entry, city="Salem")
    other = signed_in(curator("eve", "editor"))
    again = f"?proposal={Proposal.objects.get().pk}"

    assert form_of(other.get(change_page(entry) + again))["city"] == ["Ames"]


def test_a_draft_is_still_saved_at_once(editor: Client) -> None:
    draft = make.resource(published=False, organisation=make.organisation(), needs=("rides",))
    save(editor, draft, award="$500 a year")

    assert Resource.objects.get(pk=draft.pk).award == "$500 a year"
    assert not Proposal.objects.exists()


def test_what_was_rewritten_after_a_publisher_looked_is_not_published(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    page = f"{LIST}{Proposal.objects.get().pk}/"
    looked = form_of(publisher.get(page))
    save(editor, entry, city="Elsewhere")
    answer = publisher.post(page, {**looked, "deed": "publish"}, follow=True)

    assert "It was changed meanwhile." in words_of(answer)
    entry.refresh_from_db()
    assert (entry.city, Proposal.objects.get().state) == ("Ames", "waiting")


def test_going_on_with_a_proposal_keeps_what_is_disputed(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    entry.refresh_from_db()
    entry.city = "Boston"
    entry.save()
    publishing.publish(by="other", entries=[entry])
    save(editor, entry, summary="Drives people.")
    page = publisher.get(f"{LIST}{Proposal.objects.get().pk}/")

    assert "Somebody changed this since." in words_of(page)
    assert form_of(page)["field"] == ["summary"]


def test_a_rule_without_its_list_is_not_published(editor: Client, publisher: Client) -> None:
    fund = make.resource(needs=("rides",))
    ohio = make.state("OH")
    form = form_of(editor.get(change_page(fund)))
    sent = {**form, "area_kind": ["states"], "states": [str(ohio.pk)], "_save": ["x"]}
    editor.post(change_page(fund), sent)
    words = decide(publisher, "publish", field=["area_kind"])

    assert "Name at least one state" in words
    fund.refresh_from_db()
    assert fund.area_kind == "national"


def test_the_first_page_tells_its_author_of_what_was_sent_back_until_they_go_on(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    decide(publisher, "send_back", answer="Where does it say so?")

    assert "1 change of yours was sent back" in words_of(editor.get("/admin/"))
    assert "was sent back" not in words_of(publisher.get("/admin/"))
    save(editor, entry, f"?proposal={Proposal.objects.get().pk}", history_note="Their page.")
    assert "was sent back" not in words_of(editor.get("/admin/"))


def test_it_is_told_for_a_month(editor: Client, publisher: Client, entry: Organisation) -> None:
    save(editor, entry, city="Salem")
    decide(publisher, "send_back", answer="No.")
    me = Proposal.objects.get().by
    day = timezone.localdate()

    told = [sent_back_to(me, day + dt.timedelta(days=later)).count() for later in (0, 29, 31)]
    assert told == [1, 1, 0]


def merged_away(entry: Organisation, into: Organisation) -> None:
    publishing.withdraw(by="test", entries=[entry])
    Organisation.objects.filter(pk=entry.pk).update(merged_into=into)


def test_what_was_merged_away_can_only_be_sent_back(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    merged_away(entry, make.organisation(name="Rides for All"))
    page = words_of(publisher.get(f"{LIST}{Proposal.objects.get().pk}/"))

    assert "It was merged into Rides for All ." in page
    assert "Send it back" in page
    assert "Publish what is ticked" not in page
    assert "Take this change" not in page


def test_an_editor_learns_that_an_entry_was_merged_while_they_wrote(
    editor: Client, entry: Organisation
) -> None:
    form = form_of(editor.get(change_page(entry)))
    merged_away(entry, make.organisation(name="Rides for All"))
    sent = {**form, "city": ["<b>Salem</b>"], "category": ["government"], "_save": ["x"]}
    words = words_of(editor.post(change_page(entry), sent, follow=True))

    assert "It was withdrawn while you wrote. Nothing is saved." in words
    assert "It was merged into Rides for All ." in words
    assert "What you wrote City <b>Salem</b> Open the entry" in words
    assert not Proposal.objects.exists()


def test_two_people_at_once_leave_an_editor_to_propose(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    mine = form_of(editor.get(change_page(entry)))
    theirs = form_of(publisher.get(change_page(entry)), city="Boston", _publish="x")
    publisher.post(change_page(entry), theirs)
    page = editor.post(change_page(entry), {**mine, "city": ["Salem"], "_save": ["x"]})

    assert "Two people changed this" in words_of(page)
    assert "Save and publish" not in page.content.decode()


def test_nobody_takes_back_what_somebody_else_proposed(
    editor: Client, publisher: Client, entry: Organisation
) -> None:
    save(editor, entry, city="Salem")
    address = f"{LIST}{Proposal.objects.get().pk}/"

    assert publisher.post(address, {"deed": "take_back"}).status_code == 403
    assert Proposal.objects.waiting().exists()
