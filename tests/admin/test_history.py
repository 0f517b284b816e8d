"""The history of an entry: readable differences, and restoring."""

from __future__ import annotations

import pytest
from django.test import Client

from resources import publishing
from resources.admin import difference
from resources.models import (
    Edition,
    Need,
    Organisation,
    OrganisationPhone,
    Publication,
    Resource,
    State,
)
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    """Three versions: a draft, published, changed in public."""
    made = make.organisation(
        published=False, summary="Free rides to the clinic.", state=make.state("OH")
    )
    OrganisationPhone.objects.create(organisation=made, number="800-532-5274", purpose="rides")
    publishing.publish(by="test", entries=[made])
    made.summary, made.state = "Free rides to the hospital.", make.state("TX")
    made.save()
    made.phones.update(purpose="rides and lodging")
    publishing.publish(by="test", entries=[made], note="They wrote to us.")
    return made


def page_of(organisation: Organisation, page: str = "history/") -> str:
    return f"/admin/resources/organisation/{organisation.pk}/{page}"


def test_it_lists_every_version_with_who_and_what_in_words(
    editor: Client, organisation: Organisation
) -> None:
    words = words_of(editor.get(page_of(organisation)))

    assert "Changed (published): Summary, State, Phones" in words
    assert "Created (draft)" in words
    assert "They wrote to us." in words


def test_it_shows_the_difference_between_two_versions_word_by_word(
    editor: Client, organisation: Organisation
) -> None:
    page = editor.get(page_of(organisation), {"old": "2", "new": "3"}).content.decode()

    assert "Free rides to the <del>clinic.</del>" in page
    assert "Free rides to the <ins>hospital.</ins>" in page
    assert "<del>State OH</del>" in page
    assert "<ins>State TX</ins>" in page
    assert "rides<ins> and lodging</ins>" in page
    assert "english_digest" not in page
    assert "fund_status" not in page


def test_it_leads_from_what_changed_to_the_difference(
    editor: Client, organisation: Organisation
) -> None:
    page = editor.get(page_of(organisation)).content.decode()

    assert '<a href="?old=2&amp;new=3">Summary, State, Phones</a>' in page


def test_it_compares_two_versions_whichever_is_named_first(
    editor: Client, organisation: Organisation
) -> None:
    there = editor.get(page_of(organisation), {"old": "2", "new": "3"})
    back = editor.get(page_of(organisation), {"old": "3", "new": "2"})

    assert there.context["compared"].differences == back.context["compared"].differences


@pytest.mark.parametrize("new", ["", "9", "x", "-1", "99999999999999999999", "²"])
def test_it_shows_the_list_alone_for_a_version_that_is_not_there(
    editor: Client, organisation: Organisation, new: str
) -> None:
    answer = editor.get(page_of(organisation), {"old": "2", "new": new, "p": new})

    assert answer.status_code == 200
    assert answer.context["compared"] is None


def test_it_brings_back_what_a_version_said_in_public(
    publisher: Client, organisation: Organisation
) -> None:
    before = Edition.current()
    page = publisher.get(page_of(organisation, "history/2/restore/"))
    assert "<ins>clinic.</ins>" in page.content.decode()

    publisher.post(page_of(organisation, "history/2/restore/"), form_of(page, note="It was right."))

    organisation.refresh_from_db()
    newest = Publication.objects.of(organisation)[0]
    assert organisation.summary == "Free rides to the clinic."
    assert [phone.purpose for phone in organisation.phones.all()] == ["rides"]
    assert (newest.change, newest.version, newest.note) == ("restored", 4, "It was right.")
    assert Edition.current() == before + 1


def test_it_brings_back_a_drafts_text_as_a_draft(editor: Client) -> None:
    draft = make.organisation(published=False, city="Ames")
    draft.city = "Boston"
    draft.save()
    publishing.keep_draft(by="test", entries=[draft])
    page = editor.get(page_of(draft, "history/1/restore/"))

    editor.post(page_of(draft, "history/1/restore/"), form_of(page))

    draft.refresh_from_db()
    assert (draft.city, draft.publication_state, Edition.current()) == ("Ames", "draft", 0)


def test_it_does_not_restore_over_what_somebody_saved_meanwhile(
    publisher: Client, organisation: Organisation
) -> None:
    page = publisher.get(page_of(organisation, "history/2/restore/"))
    organisation.city = "Ames"
    organisation.save()
    publishing.publish(by="test", entries=[organisation])

    answer = publisher.post(page_of(organisation, "history/2/restore/"), form_of(page))

    organisation.refresh_from_db()
    assert "Somebody saved this in the meantime" in words_of(answer)
    assert organisation.summary == "Free rides to the hospital."


def test_it_says_why_a_version_cannot_come_back(publisher: Client) -> None:
    term = make.term(Need, "rides")
    resource = make.resource(needs=("rides",))
    resource.needs.set([make.term(Need, "other")])
    publishing.publish(by="test", entries=[resource])
    term.delete()
    address = f"/admin/resources/resource/{resource.pk}/history/1/restore/"

    answer = publisher.post(address, form_of(publisher.get(address)))

    assert "There is no need “rides”" in words_of(answer)


@pytest.mark.parametrize("version", ["9", "99999999999999999999"])
def test_it_knows_no_version_that_was_never_saved(
    publisher: Client, organisation: Organisation, version: str
) -> None:
    assert publisher.get(page_of(organisation, f"history/{version}/restore/")).status_code == 404


SOURCE = {"position": 0, "url": "https://a.org", "page_date": "", "says": ""}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            {"urgent": False},
            {"urgent": True},
            [("Meant for emergencies", "<del>no</del>", "<ins>yes</ins>")],
        ),
        ({"age_min": None}, {"age_min": 18}, [("Youngest age", "", "<ins>18</ins>")]),
        (
            {"fund_status": "open"},
            {"fund_status": "waitlist"},
            [("Fund status", "<del>open</del>", "<ins>waiting list</ins>")],
        ),
        (
            {"fund_status_seen_on": "2024-10-01"},
            {"fund_status_seen_on": "2026-11-24"},
            [("Status seen on", "<del>October 1, 2024</del>", "<ins>November 24, 2026</ins>")],
        ),
        (
            {"how_to_apply": ["phone"]},
            {"how_to_apply": ["phone", "mail"]},
            [
                (
                    "Ways to apply",
                    "<ul><li>by phone</li></ul>",
                    "<ul><li>by phone</li><li><ins>by mail</ins></li></ul>",
                )
            ],
        ),
        (
            {"who_may_apply": None},
            {"who_may_apply": ["nobody"]},
            [
                (
                    "Who may apply",
                    "",
                    "<ul><li><ins>nobody: they choose people themselves</ins></li></ul>",
                )
            ],
        ),
        (
            {"sources": [SOURCE]},
            {"sources": [{**SOURCE, "says": "the number"}]},
            [
                (
                    "Source",
                    "<dl><div><dt>Address of the page</dt><dd>https://a.org</dd></div></dl>",
                    "<dl><div><dt>Address of the page</dt><dd>https://a.org</dd></div>"
                    "<div><dt>What it says</dt><dd><ins>the number</ins></dd></div></dl>",
                )
            ],
        ),
        (
            {"dollar_limits": [{"household_size": 2, "dollars": 54000}]},
            {"dollar_limits": [{"household_size": 2, "dollars": 45000}]},
            [
                (
                    "Dollar limit",
                    "<dl><div><dt>People in the household</dt><dd>2</dd></div>"
                    "<div><dt>Dollars a year</dt><dd><del>54000</del></dd></div></dl>",
                    "<dl><div><dt>People in the household</dt><dd>2</dd></div>"
                    "<div><dt>Dollars a year</dt><dd><ins>45000</ins></dd></div></dl>",
                )
            ],
        ),
        (
            {"summary": "<b>x</b>"},
            {"summary": "<b>y</b>"},
            [
                (
                    "What you get, in two or three sentences",
                    "<del>&lt;b&gt;x&lt;/b&gt;</del>",
                    "<ins>&lt;b&gt;y&lt;/b&gt;</ins>",
                )
            ],
        ),
        ({"summary": "same"}, {"summary": "same"}, []),
        ({}, {"sources": []}, []),
    ],
    ids=lambda value: str(value)[:40],
)
def test_it_words_a_difference_for_a_reader(
    old: dict[str, object], new: dict[str, object], told: list[tuple[str, str, str]]
) -> None:
    found = difference.between(Resource, old, new)

    assert [(each.label, each.before, each.after) for each in found] == told


def test_it_says_that_only_the_order_of_rows_changed() -> None:
    other = {**SOURCE, "position": 1, "url": "https://b.org"}
    swapped = [{**other, "position": 0}, {**SOURCE, "position": 1}]

    [found] = difference.between(Resource, {"sources": [SOURCE, other]}, {"sources": swapped})

    assert "Only the order changed." in found.after


def test_it_asks_for_the_names_of_references_once_for_each_model(
    django_assert_num_queries: object,
) -> None:
    make.state("OH"), make.state("TX"), make.state("IA")
    rows = [
        {"position": n, "state": code, "county": f"C{n}"}
        for n, code in enumerate(["OH", "TX", "IA"])
    ]

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = difference.between(
            Resource, {"states": [], "area_parts": []}, {"states": ["OH"], "area_parts": rows}
        )

    assert State.objects.get(code="IA").name in found[-1].after
