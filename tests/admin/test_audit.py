"""The audit log: what is noted, who may read it, and that nobody changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources import audit, publishing, roles
from resources.models import AuditEvent, Curator
from tests import make
from tests.admin.browser_form import form_of, words_of
from tests.admin.conftest import curator, signed_in
from tests.second_factor import code_of, give_app

pytestmark = pytest.mark.django_db

LOG = "/admin/resources/auditevent/"
CURATORS = "/admin/resources/curator/"


def noted() -> list[tuple[str, str, str]]:
    """Who, what and about what: the oldest first."""
    return [(row.by_name, row.what, row.about) for row in AuditEvent.objects.order_by("pk")]


def test_it_notes_signing_in_and_out(client: Client) -> None:
    give_app(curator("ann", roles.EDITOR))
    client.post("/admin/login/", {"login": "ann", "password": "a-long-odd-one"})
    client.post("/admin/second-factor/show/", {"code": code_of()})
    client.post("/admin/logout/")

    assert noted() == [
        ("Ann Lee", "signed_in", "with authenticator app"),
        ("Ann Lee", "signed_out", ""),
    ]


def test_it_keeps_nothing_that_a_stranger_typed(client: Client) -> None:
    client.post(
        "/admin/login/",
        {"login": "my-secret-password", "password": "another-secret"},
        REMOTE_ADDR="203.0.113.7",
    )

    assert noted() == [("", "sign_in_failed", "wrong name or password")]


def test_it_notes_whose_password_is_known_to_whoever_has_no_factor(client: Client) -> None:
    give_app(curator("ann", roles.EDITOR))
    client.post("/admin/login/", {"login": "ann", "password": "a-long-odd-one"})
    client.post("/admin/second-factor/show/", {"code": "000000"})

    assert noted() == [("", "sign_in_failed", "right password, wrong second factor: ann")]


def test_it_notes_what_becomes_of_a_curator(administrator: Client) -> None:
    page = administrator.get(f"{CURATORS}add/")
    sent = form_of(page, username="new", email="new@example.org", role=roles.EDITOR)
    administrator.post(f"{CURATORS}add/", sent)
    new = Curator.objects.get(username="new")
    address = f"{CURATORS}{new.pk}/change/"
    for change in ({"role": roles.PUBLISHER}, {"email": "n@example.org"}, {"is_active": None}):
        administrator.post(address, form_of(administrator.get(address), **change))

    assert noted()[1:] == [
        ("Ada Lee", "invited", "new, editor"),
        ("Ada Lee", "role_given", "new: publisher, before: editor"),
        ("Ada Lee", "curator_changed", "new: email"),
        ("Ada Lee", "deactivated", "new"),
    ]


def test_it_notes_a_curator_made_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURATOR_PASSWORD", "a-long-odd-one")
    call_command("make_curator", "--no-input", username="ann", email="ann@example.org")

    assert noted() == [("make_curator", "invited", "ann, administrator")]


def test_it_notes_each_call_that_publishes_once() -> None:
    ann = curator("ann", roles.PUBLISHER)
    entries = [make.organisation(slug=f"house-{n}", published=False) for n in range(7)]
    publishing.publish(by=ann, entries=entries)
    publishing.withdraw(by=ann, entries=entries[:1])
    publishing.keep_draft(by=ann, entries=[make.organisation(published=False)])

    published, withdrawn = noted()
    assert published[:2] == ("Ann Lee", "published")
    assert published[2].startswith("edition 1, entries: 7 (organisation/house-0, ")
    assert published[2].endswith(" and 2 more)")
    assert withdrawn[1:] == ("withdrawn", "edition 2, entries: 1 (organisation/house-0)")


def test_it_notes_nothing_when_publishing_fails() -> None:
    sourceless = make.organisation(published=False)
    sourceless.sources.all().delete()
    with pytest.raises(publishing.CannotPublish):
        publishing.publish(by="test", entries=[sourceless])

    assert noted() == []


def test_it_takes_a_long_text(client: Client) -> None:
    audit.note("a machine", audit.What.IMPORTED, "x" * 2000)

    assert len(AuditEvent.objects.get().about) == 500


# --- At the desk


def test_administrators_alone_read_it(by_role: Callable[[str], Client]) -> None:
    opened = {role: by_role(role).get(LOG).status_code for role in roles.PERMISSIONS}

    assert opened == {roles.EDITOR: 403, roles.PUBLISHER: 403, roles.ADMINISTRATOR: 200}


@pytest.mark.parametrize("root", [False, True], ids=["administrator", "superuser"])
def test_nobody_changes_it(administrator: Client, root: bool) -> None:
    client = administrator
    if root:
        client = signed_in(Curator.objects.create_superuser("root", "root@example.org"))
    row = audit.note("a machine", audit.What.EXPORTED, "all")
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    before = AuditEvent.objects.count()

    statuses = {
        client.post(f"{LOG}add/", {"what": "merged"}).status_code,
        client.post(f"{LOG}{row.pk}/change/", {"about": "else"}).status_code,
        client.post(f"{LOG}{row.pk}/delete/", {"post": "yes"}).status_code,
    }
    client.post(LOG, chosen)

    assert statuses == {403}
    assert AuditEvent.objects.count() == before
    assert AuditEvent.objects.get(pk=row.pk).about == "all"


def test_it_filters(administrator: Client) -> None:
    audit.note("a machine", audit.What.EXPORTED, "all of it")
    ada = Curator.objects.get(username="ada")

    by_what = words_of(administrator.get(f"{LOG}?what__exact=exported"))
    by_whom = words_of(administrator.get(f"{LOG}?by__id__exact={ada.pk}"))

    assert "all of it" in by_what
    assert "all of it" not in by_whom
    assert "with a password alone" in by_whom


def test_it_asks_the_database_little_however_long_it_is(administrator: Client) -> None:
    AuditEvent.objects.bulk_create(
        [AuditEvent(what="published", by_name="x", about="y") for _ in range(1_000)]
    )
    ways = ("", "?what__exact=published", "?what__exact=signed_in", "?at__gte=2026-01-01+00:00:00Z")
    for query in ways:
        with CaptureQueriesContext(connection) as queries:
            assert administrator.get(LOG + query).status_code == 200
        assert len(queries) < 20


def test_the_list_links_to_no_form(administrator: Client) -> None:
    row: Any = audit.note("a machine", audit.What.MERGED)

    assert f"{LOG}{row.pk}/".encode() not in administrator.get(LOG).content


def test_it_is_searched_by_who_and_by_what_it_is_about(administrator: Client) -> None:
    ann, bob = curator("ann", roles.EDITOR), curator("bob", roles.EDITOR)
    audit.note(ann, audit.What.PUBLISHED, "organisation/rides")
    audit.note(bob, audit.What.PUBLISHED, "organisation/beds")

    assert [row.about for row in listed(administrator, "rides")] == ["organisation/rides"]
    assert [row.about for row in listed(administrator, "Bob")] == ["organisation/beds"]


def listed(client: Client, words: str) -> list[AuditEvent]:
    found = client.get(LOG, {"q": words, "what__exact": "published"}).context["cl"].result_list
    return list(found)
