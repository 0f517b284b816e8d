"""Every address of the desk is closed to whoever has shown no second factor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from resources import accounts, roles
from resources.admin import desk
from resources.admin.signing_in import second_factor
from resources.admin.signing_in.middleware import ON_THE_WAY
from resources.models import AuditEvent, Curator, Edition, Need, Publication
from tests import make
from tests.admin.browser_form import words_of
from tests.admin.conftest import curator, signed_in
from tests.second_factor import give_app

pytestmark = pytest.mark.django_db

SETUP = "/admin/second-factor/"
SUPERUSER = "superuser"
EVERYBODY = [roles.EDITOR, roles.PUBLISHER, roles.ADMINISTRATOR, SUPERUSER]
VALUES = {
    "uidb64": "MQ",
    "token": "set-password",
    "app_label": "resources",
    "url": "nowhere",
    "content_type_id": "1",
    "object_id": "1",
}


def addresses() -> dict[str, str]:
    """The name and a path of every address under /admin/, with 1 for every key of a row."""
    found = dict(_walk(get_resolver().url_patterns, "", ""))
    return {name: path for name, path in found.items() if path.startswith("/admin/")}


def _walk(patterns: Any, path: str, name: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = path + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{name}{pattern.namespace}:" if pattern.namespace else name
            yield from _walk(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{name}{pattern.name or here}", f"/{here}"


def _filled(route: str) -> str:
    named = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
    filled = named.sub(lambda found: VALUES.get(found[1] or found[2], "1"), route)
    return filled.replace("^", "").replace("$", "").replace("\\Z", "")


def without_factor(role: str) -> Client:
    """Somebody who is signed in with a password alone."""
    client = Client()
    client.force_login(person(role))
    return client


def person(role: str) -> Curator:
    if role == SUPERUSER:
        return Curator.objects.create_superuser("root", "root@example.org", "a-long-odd-one")
    return curator(f"the-{role}", role)


# By their paths: what Django calls `admin:logout` is the page for signing out that is open.
OPEN = {path for name, path in addresses().items() if name in ON_THE_WAY}
CLOSED = {name: path for name, path in addresses().items() if path not in OPEN}


def test_it_knows_the_addresses() -> None:
    assert len(CLOSED) > 100
    assert {"admin:index", "admin:queue", "admin:letters", "admin:login"} <= CLOSED.keys()
    assert {"admin:resources_resource_change", "password_reset_confirm"} <= CLOSED.keys()
    assert CLOSED["admin:resources_resource_publish"] == "/admin/resources/resource/1/publish/"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", EVERYBODY)
def test_it_opens_no_address_without_a_second_factor(role: str, method: str) -> None:
    client = without_factor(role)
    before = Edition.current(), Publication.objects.count()

    let_in = {
        path: answer.status_code
        for path in [*CLOSED.values(), "/admin/no-such-page/"]
        if (answer := getattr(client, method)(path)).headers.get("Location") != SETUP
    }

    assert let_in == {}
    assert (Edition.current(), Publication.objects.count()) == before


@pytest.mark.parametrize("role", EVERYBODY)
def test_it_opens_no_address_to_a_session_that_did_not_show_its_factor(role: str) -> None:
    someone = person(role)
    give_app(someone)
    let_in = []
    for name, path in addresses().items():
        client = Client()
        client.force_login(someone)
        answer = client.get(path)
        at_login = answer.headers.get("Location", "").startswith("/admin/login/")
        if not at_login or "_auth_user_id" in client.session:
            let_in.append(name)

    assert let_in == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_it_changes_nothing_by_a_forged_form(role: str) -> None:
    draft, term = make.organisation(published=False), make.term(Need, "rides")
    client = without_factor(role)
    new = {"username": "new", "email": "new@example.org", "role": roles.ADMINISTRATOR}

    for path, sent in {
        f"/admin/resources/organisation/{draft.pk}/change/": {"name": "Mine", "_publish": "x"},
        f"/admin/resources/organisation/{draft.pk}/publish/": {"seen_version": draft.version},
        f"/admin/resources/organisation/{draft.pk}/delete/": {"post": "yes"},
        f"/admin/resources/need/{term.pk}/change/": {"name": "Mine"},
        "/admin/resources/organisation/": {
            "action": "publish_chosen",
            "_selected_action": [draft.pk],
            "confirmed": "yes",
        },
        "/admin/resources/curator/add/": new,
        "/admin/login/": {"username": "root", "password": "a-long-odd-one"},
    }.items():
        assert client.post(path, sent)["Location"] == SETUP

    draft.refresh_from_db()
    term.refresh_from_db()
    assert (draft.publication_state, term.name) == ("draft", "Rides")
    assert not Curator.objects.filter(username="new").exists()


def test_it_knows_no_second_way_in(administrator: Client) -> None:
    """Django's own login, were it reached by another address, leads to the one there is."""
    sent = {"username": "ada", "password": "a-long-odd-one"}

    answer = desk.login(RequestFactory().post("/admin/login/", sent))

    assert answer["Location"] == "/admin/login/"


def test_the_desk_itself_asks_for_it_too(rf: RequestFactory) -> None:
    """Whatever the middleware lets through."""
    request = rf.get("/admin/")
    request.user, request.session = curator("ed", roles.EDITOR), Client().session

    assert not desk.has_permission(request)


def test_it_shows_no_way_to_the_lists_on_the_page_to_add_one() -> None:
    page = without_factor(roles.ADMINISTRATOR).get(SETUP)

    assert b"/admin/queue/" not in page.content
    assert "Sign out" in words_of(page)


def test_it_looks_at_no_session_in_public(editor: Client) -> None:
    answer = editor.get("/")

    assert not answer.wsgi_request.session.accessed
    assert not answer.cookies


# --- Lost


CURATORS = "/admin/resources/curator/"


def test_an_administrator_resets_the_factor_of_another(
    administrator: Client, mailoutbox: list[Any]
) -> None:
    ed = curator("ed", roles.EDITOR)
    theirs = signed_in(ed)
    page = f"{CURATORS}{ed.pk}/reset/"

    assert "lost their phone or key" in words_of(administrator.get(page))
    assert theirs.get("/admin/").status_code == 200
    administrator.post(page)

    assert theirs.get("/admin/")["Location"].startswith("/admin/login/")
    assert not second_factor.has_one(ed)
    assert not Client().login(username="ed", password="a-long-odd-one")
    assert mailoutbox[0].to == ["ed@example.org"]
    assert "/admin/reset/" in mailoutbox[0].body
    row = AuditEvent.objects.filter(what="factor_reset").get()
    assert (row.by_name, row.about) == ("Ada Lee", "of ed")


@pytest.mark.parametrize("whose", ["her own", "a superuser's"])
def test_an_administrator_does_not_reset(administrator: Client, whose: str) -> None:
    root = Curator.objects.create_superuser("root", "root@example.org")
    target = root if whose == "a superuser's" else Curator.objects.get(username="ada")
    give_app(target)

    answer = administrator.post(f"{CURATORS}{target.pk}/reset/")

    assert answer.status_code == 403
    assert second_factor.has_one(target)


@pytest.mark.parametrize("role", [roles.EDITOR, roles.PUBLISHER])
def test_nobody_else_resets_one(role: str) -> None:
    ada = curator("ada", roles.ADMINISTRATOR)
    give_app(ada)

    assert signed_in(curator("ed", role)).post(f"{CURATORS}{ada.pk}/reset/").status_code == 403
    assert second_factor.has_one(ada)


def test_a_command_resets_that_of_the_last_administrator(administrator: Client) -> None:
    call_command("reset_second_factor", "ada")

    assert administrator.get("/admin/")["Location"].startswith("/admin/login/")
    assert not Session.objects.exists()
    assert Client().login(username="ada", password="a-long-odd-one")
    assert AuditEvent.objects.filter(by_name="reset_second_factor").exists()


def test_the_command_says_whom_it_does_not_know() -> None:
    with pytest.raises(CommandError, match="no curator named nobody"):
        call_command("reset_second_factor", "nobody")


def test_ending_sessions_ends_nobody_elses(editor: Client, publisher: Client) -> None:
    accounts.end_sessions(Curator.objects.get(username="ed"))

    assert publisher.get("/admin/").status_code == 200
    assert editor.get("/admin/").status_code == 302
