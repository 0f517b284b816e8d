"""A page that moved for good: one press writes its new address wherever it is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from resources.models import Link, OrganisationSource, Publication, Review
from resources.trust import looking
from resources.trust.links import Answer, Finding, Outcome, Visit
from tests import make
from tests.admin.browser_form import words_of
from tests.admin.conftest import editor, publisher  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

OLD, NEW = "https://example.org/old", "https://example.org/new"
LINKS = "/admin/queue/links/"


def moved(leads_to: str = NEW, outcome: Outcome = Outcome.MOVED) -> None:
    looking.record(
        Visit(OLD, Answer(OLD, status=200), Finding(outcome, leads_to)), timezone.localdate()
    )


def press(client: Client) -> Any:
    return client.post(LINKS, {"url": OLD}, follow=True)


def test_every_entry_that_names_it_names_the_new_one(publisher: Client) -> None:  # noqa: F811
    fund = make.resource(url=OLD, status_page_url=OLD, apply_url="https://example.org/apply")
    organisation = make.organisation(website=OLD)
    OrganisationSource.objects.create(organisation=organisation, url=OLD, says="Everything.")
    draft = make.resource(published=False, url=OLD)
    moved()
    assert "Use the new address" in words_of(publisher.get(LINKS))
    answer = press(publisher)

    assert "2 entries name the new address now." in words_of(answer)
    for entry in (fund, organisation, draft):
        entry.refresh_from_db()
    assert (fund.url, fund.status_page_url, fund.apply_url) == (
        NEW,
        NEW,
        "https://example.org/apply",
    )
    assert organisation.website == NEW
    assert {source.url for source in organisation.sources.all()} == {make.SOURCE, NEW}
    assert draft.url == OLD
    first, second = Publication.objects.order_by("-pk")[:2]
    assert first.edition == second.edition
    assert not Review.objects.filter(is_doubted=True)
    assert (fund.checked_on, organisation.checked_on) == (None, None)
    assert OLD not in words_of(publisher.get(LINKS))


@pytest.mark.parametrize(
    "leads_to", ["javascript:alert(1)", "https://example.org/" + "a" * 500, ""]
)
def test_what_is_no_address_of_ours_is_refused(publisher: Client, leads_to: str) -> None:  # noqa: F811
    fund = make.resource(url=OLD)
    moved(leads_to)
    answer = press(publisher)

    fund.refresh_from_db()
    assert fund.url == OLD
    assert '<li class="error">' in answer.content.decode()


def test_what_goes_by_another_name_is_for_a_person_to_judge(publisher: Client) -> None:  # noqa: F811
    fund = make.resource(url=OLD)
    moved("https://other.example/", Outcome.RENAMED)
    assert "Use the new address" not in words_of(publisher.get(LINKS))
    press(publisher)

    fund.refresh_from_db()
    assert fund.url == OLD
    assert Link.objects.get().outcome == Outcome.RENAMED


def test_an_editor_may_not(editor: Client) -> None:  # noqa: F811
    make.resource(url=OLD)
    moved()

    assert editor.post(LINKS, {"url": OLD}).status_code == 403
    assert "Use the new address" not in words_of(editor.get(LINKS))
