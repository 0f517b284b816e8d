"""Curators' accounts: invitation, password reset, and who stays in charge."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from resources import roles
from resources.models import Curator
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

CURATORS = "/admin/resources/curator/"
PASSWORD = "a-long-and-odd-one"


def invited(administrator: Client, **typed: str) -> Curator:
    page = administrator.get(f"{CURATORS}add/")
    sent = form_of(page, username="new", email="new@example.org", role=roles.PUBLISHER)
    administrator.post(f"{CURATORS}add/", {**sent, **typed})
    return Curator.objects.get(username="new")


def link_in(mail) -> str:  # type: ignore[no-untyped-def]
    return re.search(r"://testserver(/\S+)", mail.body)[1]  # type: ignore[index]


def set_password(client: Client, link: str) -> None:
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"new_password1": PASSWORD, "new_password2": PASSWORD})


def test_it_invites_by_mail_with_a_link_to_choose_a_password(
    administrator: Client, client: Client, mailoutbox: list[object]
) -> None:
    new = invited(administrator)

    assert mailoutbox[0].to == ["new@example.org"]  # type: ignore[attr-defined]
    set_password(client, link_in(mailoutbox[0]))
    assert client.login(username="new", password=PASSWORD)
    assert roles.role_of(new) == roles.PUBLISHER


def test_it_says_beforehand_which_passwords_are_good(
    administrator: Client, client: Client, mailoutbox: list[object]
) -> None:
    invited(administrator)

    page = client.get(link_in(mailoutbox[0]), follow=True)

    assert "at least 8 characters" in words_of(page)


def test_it_takes_an_invitation_once_only(
    administrator: Client, client: Client, mailoutbox: list[object]
) -> None:
    invited(administrator)
    set_password(client, link_in(mailoutbox[0]))

    again = Client().get(link_in(mailoutbox[0]))

    assert "invalid" in words_of(again)


def test_it_sends_the_link_again(administrator: Client, mailoutbox: list[object]) -> None:
    new = invited(administrator)

    administrator.post(f"{CURATORS}{new.pk}/invite/")

    assert len(mailoutbox) == 2


def test_it_resets_a_forgotten_password(client: Client, mailoutbox: list[object]) -> None:
    Curator.objects.create_user("ann", "ann@example.org", "the-old-one", is_staff=True)

    assert b"/admin/password_reset/" in client.get("/admin/login/").content
    client.post("/admin/password_reset/", {"email": "ann@example.org"})
    set_password(client, link_in(mailoutbox[0]))

    assert client.login(username="ann", password=PASSWORD)


def test_it_does_not_tell_who_has_an_account(client: Client, mailoutbox: list[object]) -> None:
    answer = client.post("/admin/password_reset/", {"email": "nobody@example.org"})

    assert answer.status_code == 302
    assert not mailoutbox


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "ADA@example.org"}, "Another curator has this email address."),
        ({"username": "a@example.org"}, "Choose a name without “@”"),
        ({"email": ""}, "This field is required."),
        ({"role": "king"}, "Select a valid choice."),
    ],
)
def test_it_refuses_an_invitation_in_plain_words(
    administrator: Client, typed: dict[str, str], words: str
) -> None:
    page = administrator.get(f"{CURATORS}add/")
    sent = form_of(page, username="new", email="new@example.org", role=roles.EDITOR)

    answer = administrator.post(f"{CURATORS}add/", {**sent, **typed})

    assert words in words_of(answer)
    assert not Curator.objects.filter(username="new").exists()


@pytest.mark.parametrize("typed", [{"role": roles.EDITOR}, {"is_active": None}])
def test_it_keeps_the_last_administrator(
    administrator: Client, typed: dict[str, str | None]
) -> None:
    ada = Curator.objects.get(username="ada")
    page = administrator.get(f"{CURATORS}{ada.pk}/change/")

    answer = administrator.post(f"{CURATORS}{ada.pk}/change/", form_of(page, **typed))

    assert "only administrator" in words_of(answer)
    assert ada in roles.administrators()


def test_it_changes_a_role(administrator: Client) -> None:
    ed = Curator.objects.create_user("ed", "ed@example.org", is_staff=True)
    roles.give_role(ed, roles.EDITOR)
    page = administrator.get(f"{CURATORS}{ed.pk}/change/")

    administrator.post(f"{CURATORS}{ed.pk}/change/", form_of(page, role=roles.PUBLISHER))

    assert [group.name for group in ed.groups.all()] == [roles.PUBLISHER]


def test_it_makes_the_first_curator_from_the_command_line_an_administrator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CURATOR_PASSWORD", PASSWORD)

    for name in ("ann", "ben"):
        call_command("make_curator", "--no-input", username=name, email=f"{name}@example.org")

    made = {each.username: roles.role_of(each) for each in Curator.objects.all()}
    assert made == {"ann": roles.ADMINISTRATOR, "ben": roles.EDITOR}
    assert not Curator.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [("ann", "short", "too short"), ("ann", "", "too short"), ("a n", PASSWORD, "valid username")],
)
def test_it_refuses_a_weak_password_or_a_bad_name_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, name: str, password: str, words: str
) -> None:
    monkeypatch.setenv("CURATOR_PASSWORD", password)

    with pytest.raises(CommandError, match=words):
        call_command("make_curator", "--no-input", username=name, email="ann@example.org")


def test_it_says_how_to_go_on_where_nobody_can_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)

    with pytest.raises(CommandError, match="Say --no-input"):
        call_command("make_curator")


def test_it_says_what_becomes_of_somebody_who_leaves(administrator: Client) -> None:
    page = administrator.get(f"{CURATORS}{Curator.objects.get().pk}/change/")

    assert "Untick it when somebody leaves" in words_of(page)
