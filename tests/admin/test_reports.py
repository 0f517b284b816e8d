"""What readers reported, at the desk: the list, one report, closing it, and beside the entry."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from resources.models import Curator, Publication, Report
from resources.trust import reports
from tests import make
from tests.admin.browser_form import form_of, words_of
from tests.trust.test_reports import accepted

pytestmark = pytest.mark.django_db

REPORTS = "/admin/resources/report/"


def page_of(report: Report) -> str:
    return f"{REPORTS}{report.pk}/change/"


def listed(client: Client, **query: str) -> list[Report]:
    return list(client.get(REPORTS, query).context["cl"].result_list)


def closed(**fields: Any) -> Report:
    report = accepted(**fields)
    reports.close(report, by=Curator.objects.get(), note="The number is right.")
    report.refresh_from_db()
    return report


def test_the_way_to_the_reports_is_on_every_page_of_the_desk(editor: Client) -> None:
    for path in ("/admin/", "/admin/queue/", "/admin/resources/organisation/add/"):
        assert f'<a href="{REPORTS}">Reports</a>' in editor.get(path).content.decode()


def test_what_is_new_stands_before_what_is_closed(publisher: Client) -> None:
    first = accepted()
    done = closed()
    second = accepted()

    assert listed(publisher) == [second, first, done]


def test_the_list_is_narrowed_by_state_and_kind(publisher: Client) -> None:
    problem, suggestion = accepted(), accepted(kind="suggestion", wrong="", name="Rides")
    done = closed()

    assert listed(publisher, state__exact="new") == [suggestion, problem]
    assert listed(publisher, state__exact="closed") == [done]
    assert listed(publisher, kind__exact="suggestion") == [suggestion]


def test_a_line_of_the_list_says_what_about_and_in_which_words(publisher: Client) -> None:
    resource = make.resource(name="Rides to the clinic")
    accepted(resource=resource, text="Nobody answers there. " * 50)
    accepted(kind="suggestion", wrong="", name="Beds for All")
    words = words_of(publisher.get(REPORTS))

    assert "The phone number or address is wrong Nobody answers there." in words
    assert "Rides to the clinic" in words
    assert "Suggested: Beds for All" in words
    assert words.count("Nobody answers there.") < 6


def test_the_list_asks_as_many_questions_for_many_as_for_few(
    publisher: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(8):
        accepted(resource=make.resource())

    with django_assert_max_num_queries(12):
        publisher.get(REPORTS)


def test_a_report_leads_to_the_form_and_to_the_page(publisher: Client) -> None:
    resource = make.resource(name="Rides to the clinic")
    report = accepted(
        resource=resource, path=resource.get_absolute_url(), text="Nobody answers.\nEver."
    )
    html = publisher.get(page_of(report)).content.decode()

    assert f'href="/admin/resources/resource/{resource.pk}/change/"' in html
    assert f'href="{resource.get_absolute_url()}"' in html
    assert "<blockquote>Nobody answers.\nEver.</blockquote>" in html
    assert "No email was given, so nobody waits for an answer." in html


def test_an_answer_is_written_in_ones_own_mail_program(publisher: Client) -> None:
    html = publisher.get(page_of(accepted(email="jo@example.org"))).content.decode()

    assert 'href="mailto:jo@example.org?subject=Your%20message%20to%20Support%20Directory"' in html


@pytest.mark.parametrize("email", ["a?bcc=all&body=x@example.org", "a#b@example.org", "a'%0a@b.co"])
def test_an_address_adds_nothing_to_the_mail(publisher: Client, email: str) -> None:
    report = accepted()
    Report.objects.update(email=email)
    page = publisher.get(page_of(report))
    link = urlsplit(page.context["mailto"])

    assert link.query == "subject=Your%20message%20to%20Support%20Directory"
    assert (link.fragment, "%0a" in link.path.lower().replace("%250a", "")) == ("", False)


def test_markup_is_shown_as_it_was_written(publisher: Client) -> None:
    bad = "<script>alert(1)</script>"
    resource = make.resource()
    problem = accepted(resource=resource, text=bad)
    suggestion = accepted(kind="suggestion", wrong="", name=bad, text=bad, why=bad)
    pages = [REPORTS, page_of(problem), page_of(suggestion)]
    pages += [f"/admin/resources/resource/{resource.pk}/change/"]

    for page in pages:
        html = publisher.get(page).content.decode()
        assert bad not in html
        assert "&lt;script&gt;" in html


def test_a_suggestion_is_added_as_a_draft_by_hand(publisher: Client) -> None:
    report = accepted(
        kind="suggestion", wrong="", name="Beds & Rides", website="https://example.org/"
    )
    page = publisher.get(page_of(report))
    form = form_of(publisher.get(page.context["add_url"]))

    assert "Add this organization as a draft" in words_of(page)
    assert (form["name"], form["website"]) == (["Beds & Rides"], ["https://example.org/"])


def test_a_publisher_closes_it_with_a_note(publisher: Client) -> None:
    report = accepted()
    answer = publisher.post(page_of(report), {"note": "Number mended."}, follow=True)

    report.refresh_from_db()
    assert (report.state, report.note, report.closed_by) == (
        "closed", "Number mended.", Curator.objects.get(),
    )  # fmt: skip
    assert "The report is closed." in words_of(answer)
    assert "Closed by pat:" in words_of(publisher.get(page_of(report)))
    assert "Number mended." in words_of(publisher.get(page_of(report)))


def test_the_second_who_closes_it_is_told(publisher: Client) -> None:
    report = closed()
    answer = publisher.post(page_of(report), {"note": "Mine."}, follow=True)

    assert "Somebody closed it already." in words_of(answer)
    assert Report.objects.get().note == "The number is right."


@pytest.mark.parametrize("note", ["a" * 100_000, "\x00", "<b>"])
def test_whatever_the_note_is_it_is_closed(publisher: Client, note: str) -> None:
    report = accepted()
    publisher.post(page_of(report), {"note": note})

    assert Report.objects.get().is_closed
    assert len(Report.objects.get().note) <= 300


def test_many_are_closed_at_once(publisher: Client) -> None:
    chosen = [accepted().pk, accepted().pk]
    other = accepted()
    sent = {"action": "close_chosen", "_selected_action": chosen}
    answer = publisher.post(REPORTS, sent, follow=True)

    assert "2 reports are closed." in words_of(answer)
    assert list(Report.objects.waiting()) == [other]


def test_an_editor_reads_and_does_not_close(editor: Client) -> None:
    report = accepted(text="Nobody answers.")
    page = editor.get(page_of(report))

    assert "Nobody answers." in words_of(page)
    assert "Publishers close reports." in words_of(page)
    assert editor.post(page_of(report), {"note": ""}).status_code == 403
    editor.post(REPORTS, {"action": "close_chosen", "_selected_action": [report.pk]})
    assert Report.objects.waiting().exists()


@pytest.mark.parametrize("page", ["add/", "1/delete/"])
def test_nobody_adds_or_deletes_one(administrator: Client, page: str) -> None:
    accepted()
    Report.objects.update(id=1)

    assert administrator.post(f"{REPORTS}{page}", {"post": "yes"}).status_code == 403
    assert Report.objects.count() == 1


def test_strangers_are_asked_to_sign_in_and_what_is_not_there_is_404(publisher: Client) -> None:
    report = accepted()

    assert Client().get(page_of(report)).status_code == 302
    assert Client().get(REPORTS).status_code == 302
    for wrong in ("999999", "x", "9" * 40):
        assert publisher.get(f"{REPORTS}{wrong}/change/").status_code == 404


def test_what_is_erased_is_told(publisher: Client) -> None:
    report = closed(email="jo@example.org", text="Nobody answers.")
    reports.forget_old(timezone.localdate() + reports.KEPT)
    words = words_of(publisher.get(page_of(report)))

    assert "There are no words, or they are erased." in words
    assert "jo@example.org" not in words


def test_the_words_stand_beside_the_form_of_the_entry(editor: Client, publisher: Client) -> None:
    resource = make.resource()
    report = accepted(resource=resource, text="Nobody answers.")
    about_it = accepted(organisation=resource.organisation, text="They moved.")
    address = f"/admin/resources/resource/{resource.pk}/change/"

    for client in (editor, publisher):
        words = words_of(client.get(address))
        assert "Reports about this The phone number or address is wrong" in words
        assert "Nobody answers." in words
        assert about_it.text not in words
    assert f'href="{page_of(report)}"' in publisher.get(address).content.decode()
    reports.close(report, by=Curator.objects.get(username="pat"))
    assert "Reports about this" not in words_of(publisher.get(address))


def test_a_form_with_reports_beside_it_is_saved_as_ever(publisher: Client) -> None:
    organisation = make.organisation()
    accepted(organisation=organisation)
    address = f"/admin/resources/organisation/{organisation.pk}/change/"
    form = form_of(publisher.get(address), city="Ames", _publish="x")
    before = Publication.objects.count()

    publisher.post(address, form)
    organisation.refresh_from_db()
    assert organisation.city == "Ames"
    assert Publication.objects.count() == before + 1
    assert Report.objects.waiting().exists()
