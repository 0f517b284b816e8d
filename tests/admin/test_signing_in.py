"""Signing in: password, second factor, wrong tries, sessions that end."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from resources import accounts, roles
from resources.admin.signing_in import second_factor
from resources.models import AuditEvent, Curator
from tests.admin.browser_form import words_of
from tests.second_factor import code_of, give_app, sign_in

# What follows a commit, such as the mark in the session, follows a real one.
pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a-long-odd-one"
LOGIN, SHOW, SETUP = "/admin/login/", "/admin/second-factor/show/", "/admin/second-factor/"
ADD_APP = f"{SETUP}app/add/"
What = AuditEvent.What


@pytest.fixture
def ann() -> Curator:
    return accounts.make_curator(
        username="ann", email="ann@example.org", role=roles.PUBLISHER, password=PASSWORD
    )


@pytest.fixture
def with_app(ann: Curator) -> Curator:
    give_app(ann)
    return ann


@pytest.fixture(autouse=True)
def _mid_period() -> None:
    """Codes change every half-minute: not within a test that counts them."""
    left = 30 - time.time() % 30
    if left < 2:
        time.sleep(left)


def typed(client: Client, *, login: str = "ann", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password}, **more)


def show(client: Client, code: str) -> Any:
    return client.post(SHOW, {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.mark.parametrize("login", ["ann", "ann@example.org", "ANN"])
def test_it_takes_name_or_email_with_password_and_code(
    client: Client, with_app: Curator, login: str
) -> None:
    assert typed(client, login=login)["Location"] == SHOW
    assert not is_in(client)

    assert show(client, code_of())["Location"] == "/admin/"

    assert is_in(client)


def test_it_goes_on_to_the_page_that_was_asked_for(client: Client, with_app: Curator) -> None:
    client.get("/admin/queue/")
    client.post(f"{LOGIN}?next=/admin/queue/", {"login": "ann", "password": PASSWORD})

    assert show(client, code_of())["Location"] == "/admin/queue/"


def test_it_leads_nowhere_else(client: Client, with_app: Curator) -> None:
    address = f"{LOGIN}?next=https://evil.example/"
    client.post(address, {"login": "ann", "password": PASSWORD})

    assert show(client, code_of())["Location"] == "/admin/"


@pytest.mark.parametrize("code", ["000000", "", "a", "12345678", "١٢٣٤٥٦"])
def test_it_refuses_a_wrong_code(client: Client, with_app: Curator, code: str) -> None:
    typed(client)

    assert show(client, code).status_code == 200
    assert not is_in(client)


def test_it_takes_a_code_once(client: Client, with_app: Curator) -> None:
    code = code_of()
    typed(client)
    show(client, code)
    second = Client()
    typed(second)

    page = show(second, code)

    assert "was used before" in words_of(page)
    assert not is_in(second)


def test_it_says_the_same_of_a_wrong_name_and_a_wrong_password(
    client: Client, ann: Curator
) -> None:
    said = {words_of(typed(client, login=login, password="wrong")) for login in ("ann", "nobody")}

    assert len({text.replace("ann", "").replace("nobody", "") for text in said}) == 1
    assert "The name or the password is wrong." in said.pop()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_it_lets_nobody_in_who_has_no_place_at_the_desk(
    client: Client, with_app: Curator, change: dict[str, bool]
) -> None:
    Curator.objects.update(**change)

    assert typed(client)["Location"] == "/admin/inactive/"
    assert client.get("/admin/inactive/").status_code == 200
    assert client.get(SHOW)["Location"] == LOGIN


# --- The first time


def set_up(client: Client) -> list[str]:
    """Add an app as its pages say; the recovery codes."""
    page = client.get(ADD_APP).content.decode()
    key = re.search(r'<code id="key">(\w+)</code>', page)
    assert key
    answer = client.post(ADD_APP, {"code": code_of(key[1])})
    assert answer["Location"] == f"{SETUP}codes/"
    return re.findall(r"<code>(\d{8})</code>", client.get(answer["Location"]).content.decode())


def test_it_leads_from_the_password_to_a_second_factor_and_to_the_desk(
    client: Client, ann: Curator, mailoutbox: list[Any]
) -> None:
    assert typed(client)["Location"] == "/admin/"
    assert client.get("/admin/")["Location"] == SETUP
    assert "Before you can work here" in words_of(client.get(SETUP))

    codes = set_up(client)

    assert len(set(codes)) == 10
    assert is_in(client)
    assert [mail.to for mail in mailoutbox] == [["ann@example.org"]]
    assert "127.0.0.1" not in mailoutbox[0].body


def test_it_draws_the_picture_for_the_app_within_the_page(client: Client, ann: Curator) -> None:
    typed(client)

    page = client.get(ADD_APP)

    assert b"<svg width=" in page.content
    assert b"data:" not in page.content
    assert "data:" not in page["Content-Security-Policy"]


def test_it_shows_recovery_codes_once(client: Client, ann: Curator) -> None:
    typed(client)
    [first, *_others] = set_up(client)

    again = client.get(f"{SETUP}codes/")

    assert first not in again.content.decode()
    assert "were shown before" in words_of(again)


def test_it_takes_a_recovery_code_once(client: Client, ann: Curator) -> None:
    typed(client)
    code = set_up(client)[3]
    first, second = Client(), Client()
    typed(first)
    show(first, code)
    typed(second)
    show(second, code)

    assert (is_in(first), is_in(second)) == (True, False)


def test_it_makes_new_recovery_codes_that_replace_the_old(client: Client, ann: Curator) -> None:
    typed(client)
    old = set_up(client)
    client.post(f"{SETUP}codes/new/")

    new = re.findall(r"<code>(\d{8})</code>", client.get(f"{SETUP}codes/").content.decode())

    assert len(new) == 10
    assert not set(old) & set(new)


def test_it_refuses_to_add_an_app_with_a_wrong_code(client: Client, ann: Curator) -> None:
    typed(client)
    client.get(ADD_APP)

    client.post(ADD_APP, {"code": "000000"})

    assert not Authenticator.objects.exists()
    assert not is_in(client)


def test_it_asks_for_the_password_again_before_a_factor_is_removed_later(
    client: Client, with_app: Curator
) -> None:
    sign_in(client, with_app)

    asked = client.post(f"{SETUP}app/remove/")

    assert asked["Location"].startswith("/admin/reauthenticate/")
    assert Authenticator.objects.exists()
    assert client.get(asked["Location"]).status_code == 200


def test_it_closes_the_desk_again_when_the_last_factor_is_removed(
    client: Client, with_app: Curator
) -> None:
    typed(client)
    show(client, code_of())

    client.post(f"{SETUP}app/remove/")

    assert client.get("/admin/")["Location"] == SETUP


# --- Sessions that never showed a factor


def test_it_never_counts_a_session_from_before_the_factor_was_added(ann: Curator) -> None:
    thief, owner = Client(), Client()
    typed(thief)
    typed(owner)
    set_up(owner)

    for address in ("/admin/", ADD_APP, f"{SETUP}passkeys/add/"):
        assert thief.get(address)["Location"].startswith(LOGIN)
    assert "_auth_user_id" not in thief.session


def test_it_does_not_take_the_mark_of_another_curator(with_app: Curator, client: Client) -> None:
    sign_in(client, with_app)
    other = accounts.make_curator(
        username="ben", email="ben@example.org", role=roles.EDITOR, password=PASSWORD
    )
    session = client.session
    session[second_factor.SHOWN] = str(other.pk)
    session.save()

    assert not is_in(client)


def test_it_signs_nobody_in_by_the_link_for_a_forgotten_password(
    client: Client, with_app: Curator, mailoutbox: list[Any]
) -> None:
    client.post("/admin/password_reset/", {"email": "ann@example.org"})
    link = re.search(r"://testserver(/\S+)", mailoutbox[0].body)
    assert link
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": "another-odd-one", "new_password2": "another-odd-one"})

    assert not is_in(client)
    assert typed(client, password="another-odd-one")["Location"] == SHOW
    assert AuditEvent.objects.filter(what=What.PASSWORD_CHANGED).count() == 1


# --- Wrong tries


def wrong(client: Client, times: int, **more: Any) -> None:
    for _ in range(times):
        typed(client, password="wrong", **more)


def test_it_lets_the_sixth_wrong_try_wait(client: Client, with_app: Curator) -> None:
    wrong(client, 5)

    page = typed(client)

    assert "Wait five minutes" in words_of(page)
    assert page.status_code == 200


def test_it_keeps_nobody_out_who_comes_from_another_address(with_app: Curator) -> None:
    wrong(Client(REMOTE_ADDR="203.0.113.7"), 40)

    assert typed(Client(REMOTE_ADDR="198.51.100.9"))["Location"] == SHOW


def test_it_counts_a_household_of_ipv6_as_one(with_app: Curator) -> None:
    for last in range(1, 25):
        wrong(Client(REMOTE_ADDR=f"2001:db8::{last}"), 1, login=f"name-{last}")

    page = typed(Client(REMOTE_ADDR="2001:db8::ffff"))

    assert "Wait five minutes" in words_of(page)


def test_it_stops_whoever_tries_one_password_on_many_names(client: Client, ann: Curator) -> None:
    for number in range(20):
        wrong(client, 1, login=f"name-{number}")

    assert "Wait five minutes" in words_of(typed(client))


def test_it_believes_no_made_up_address(with_app: Curator) -> None:
    for number in range(6):
        wrong(
            Client(REMOTE_ADDR="203.0.113.7"), 1, headers={"X-Forwarded-For": f"192.0.2.{number}"}
        )

    page = typed(Client(REMOTE_ADDR="203.0.113.7"))

    assert "Wait five minutes" in words_of(page)


def test_it_recovers(client: Client, with_app: Curator, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong(client, 5)
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 301)

    assert typed(client)["Location"] == SHOW


def test_it_lets_the_sixth_wrong_code_wait_whatever_the_address(with_app: Curator) -> None:
    for number in range(5):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        typed(client)
        show(client, "000000")
    client = Client(REMOTE_ADDR="198.51.100.9")
    typed(client)

    page = show(client, code_of())

    assert "Wait five minutes" in words_of(page)
    assert not is_in(client)


def test_it_mails_few_links_for_forgotten_passwords_to_one_address(
    client: Client, ann: Curator, mailoutbox: list[Any]
) -> None:
    for _ in range(12):
        answer = client.post("/admin/password_reset/", {"email": "ann@example.org"})

    assert answer.status_code == 429
    assert "Too many tries" in words_of(answer)
    assert len(mailoutbox) == 10


# --- Sessions that end


def test_it_ends_a_session_after_idle_hours(
    client: Client, with_app: Curator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, with_app)
    assert is_in(client)
    later(monkeypatch, settings.SESSION_IDLE_AGE + 1)

    answer = client.get("/admin/queue/")

    assert answer["Location"] == f"{LOGIN}?next=/admin/queue/"
    assert "You were signed out" in words_of(client.get(answer["Location"]))


def test_it_changes_nothing_by_a_form_that_comes_after_the_end(
    client: Client, with_app: Curator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, with_app)
    assert is_in(client)
    later(monkeypatch, settings.SESSION_IDLE_AGE + 1)

    answer = client.post("/admin/resources/organisation/add/", {"name": "New"})

    assert answer["Location"] == f"{LOGIN}?next=/admin/"


def test_it_ends_a_session_after_a_day_of_work(
    client: Client, with_app: Curator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, with_app)
    went_on = {}
    for hour in (*range(12), 13):
        later(monkeypatch, hour * 60 * 60)
        went_on[hour] = is_in(client)

    assert went_on == {**dict.fromkeys(range(12), True), 13: False}


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """As if so much time had passed, for the middleware that ends sessions."""
    now = REAL() + seconds
    monkeypatch.setattr("resources.admin.signing_in.middleware.time.time", lambda: now)


REAL = time.time


def test_it_signs_out(client: Client, with_app: Curator) -> None:
    sign_in(client, with_app)

    assert client.get("/admin/logout/").status_code == 200
    assert is_in(client)
    answer = client.post("/admin/logout/")

    assert not is_in(client)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_it_changes_a_password_by_djangos_rules(client: Client, with_app: Curator) -> None:
    typed(client)
    show(client, code_of())
    form = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}

    refused = client.post("/admin/password_change/", form)
    new = {"password1": "another-odd-one", "password2": "another-odd-one"}
    client.post("/admin/password_change/", {**form, **new})

    assert "too short" in words_of(refused)
    with_app.refresh_from_db()
    assert with_app.check_password("another-odd-one")
    assert is_in(client)


def test_it_gives_a_passkey_only_to_whom_it_belongs(client: Client) -> None:
    options = client.get(f"{LOGIN}passkey/", headers={"Accept": "application/json"})
    assert "challenge" in json.loads(options.content)["request_options"]["publicKey"]

    answer = client.post(f"{LOGIN}passkey/", {"credential": "{}"})

    assert answer["Location"] == LOGIN
    assert not is_in(client)


def test_it_begins_few_sessions_for_one_stranger(client: Client) -> None:
    headers = {"Accept": "application/json"}
    statuses = [Client().get(f"{LOGIN}passkey/", headers=headers).status_code for _ in range(45)]

    assert statuses == [200] * 40 + [429] * 5
    assert Session.objects.count() == 40
