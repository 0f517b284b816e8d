"""Who may do what: each role, each action, forged requests included."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import Client

from resources import publishing, roles
from resources.admin.signing_in import urls
from resources.models import Curator, Edition, Need, Organisation, Publication
from tests import make
from tests.admin.browser_form import Sent, form_of, words_of
from tests.second_factor import sign_in

pytestmark = pytest.mark.django_db

E, P, A = roles.EDITOR, roles.PUBLISHER, roles.ADMINISTRATOR


def entry_page(entry: Organisation, page: str) -> str:
    return f"/admin/resources/organisation/{entry.pk}/{page}/"


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("/admin/", {E, P, A}),
        ("/admin/resources/organisation/", {E, P, A}),
        ("/admin/resources/organisation/add/", {E, P, A}),
        ("/admin/resources/resource/add/", {E, P, A}),
        ("/admin/resources/need/", {E, P, A}),
        ("/admin/resources/need/add/", {P, A}),
        ("/admin/resources/state/add/", set()),
        ("/admin/resources/povertyguideline/add/", {P, A}),
        ("/admin/resources/curator/", {A}),
        ("/admin/resources/curator/add/", {A}),
    ],
)
def test_it_opens_a_page_to_these_roles_only(
    by_role: Callable[[str], Client], page: str, allowed: set[str]
) -> None:
    opened = {role for role in (E, P, A) if by_role(role).get(page).status_code == 200}

    assert opened == allowed


STATES = ("draft", "published", "withdrawn")


EVERYBODY_ALWAYS = {E: set(STATES), P: set(STATES), A: set(STATES)}


def an_entry(state: str) -> Organisation:
    entry = make.organisation(published=state != "draft", city="Ames")
    if state == "withdrawn":
        publishing.withdraw(by="test", entries=[entry])
    return entry


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("page", "sent", "on"),
    [
        # Of what is public, an editor saves a proposal: tests/admin/test_proposals.py.
        ("change", {"_save": "x"}, {E: {"draft", "published"}, P: set(STATES), A: set(STATES)}),
        ("change", {"_publish": "x"}, {E: {"published"}, P: set(STATES), A: set(STATES)}),
        ("publish", {}, {E: set(), P: set(STATES), A: set(STATES)}),
        ("withdraw", {}, {E: set(), P: {"published", "withdrawn"}, A: {"published", "withdrawn"}}),
        ("check", {}, {E: set(), P: {"published"}, A: {"published"}}),
        # Somebody else's draft: see `test_saving` for an editor's own.
        ("delete", {"post": "yes"}, {E: set(), P: {"draft"}, A: {"draft"}}),
        ("history/1/restore", {}, {E: {"draft"}, P: set(STATES), A: set(STATES)}),
        ("history", None, EVERYBODY_ALWAYS),
        ("preview", None, EVERYBODY_ALWAYS),
    ],
)
@pytest.mark.parametrize("role", [E, P, A])
def test_it_lets_a_role_do_this_to_an_entry_in_this_state(
    by_role: Callable[[str], Client],
    role: str,
    page: str,
    sent: dict[str, str] | None,
    on: dict[str, set[str]],
    state: str,
) -> None:
    """A request as the form would send it, whether or not the form is shown to this role."""
    entry, client = an_entry(state), by_role(role)
    if page.endswith("restore"):
        Organisation.objects.filter(pk=entry.pk).update(city="Boston")
        entry.refresh_from_db()
        publishing.record(by="test", entries=[entry])
    if sent is None:
        allowed = client.get(entry_page(entry, page)).status_code == 200
    else:
        form = as_sent(entry, page, sent)
        form["city"] = ["Salem"]
        before = Publication.objects.count(), Organisation.objects.count()
        answer = client.post(entry_page(entry, page), form)
        after = Publication.objects.count(), Organisation.objects.count()
        allowed = answer.status_code == 302 and not answer["Location"].startswith("/admin/login")
        proposes = role == E and state == "published"
        assert before == after if proposes or not allowed else True

    assert allowed == (state in on[role])


def as_sent(entry: Organisation, page: str, sent: dict[str, str]) -> Sent:
    """The form as it is shown to somebody who may do everything, filled in."""
    root = sign_in(Client(), Curator.objects.create_superuser("root"))
    shown = root.get(entry_page(entry, page)) if page == "change" else None
    fields = form_of(shown) if shown else {"seen_version": [str(entry.version)]}
    return {**fields, **{name: [value] for name, value in sent.items()}}


def test_it_tells_an_editor_why_a_withdrawn_entry_is_read_only(editor: Client) -> None:
    page = editor.get(entry_page(an_entry("withdrawn"), "change"))

    assert "only publishers change it" in words_of(page)
    assert b'name="_save"' not in page.content
    assert b'name="city"' not in page.content


def test_it_shows_an_editor_in_words_what_a_withdrawn_entry_says(editor: Client) -> None:
    entry = make.resource(how_to_apply=["phone"], states=("OH",), published=False)
    entry.phones.create(number="211", languages=["en", "es"])
    publishing.publish(by="test", entries=[entry])
    publishing.withdraw(by="test", entries=[entry])

    words = words_of(editor.get(f"/admin/resources/resource/{entry.pk}/change/"))

    assert "Ways to apply by phone" in words
    assert "States State OH" in words
    assert "Languages spoken English Spanish" in words


def test_it_offers_an_editor_no_button_to_publish(editor: Client) -> None:
    draft = make.organisation(published=False)

    page = editor.get(entry_page(draft, "change")).content

    assert b'name="_save"' in page
    assert b'name="_publish"' not in page


@pytest.mark.parametrize("action", ["publish_chosen", "withdraw_chosen", "check_chosen"])
def test_it_does_nothing_to_many_at_once_for_an_editor(editor: Client, action: str) -> None:
    draft = make.organisation(published=False)
    sent = {"action": action, "_selected_action": [draft.pk], "confirmed": "yes"}

    editor.post("/admin/resources/organisation/", sent)

    draft.refresh_from_db()
    assert (draft.publication_state, Edition.current()) == ("draft", 0)


@pytest.mark.parametrize("name", ["need", "condition", "medicine", "insurance"])
def test_it_keeps_vocabularies_from_editors(editor: Client, name: str) -> None:
    model = apps.get_model("resources", name)
    term = make.term(model, "a-word")

    answer = editor.post(
        f"/admin/resources/{name}/{term.pk}/change/", {"name": "Mine", "seen_version": 1}
    )

    term.refresh_from_db()
    assert (answer.status_code, term.name) == (403, "A word")


def test_it_deletes_no_word_of_a_vocabulary_for_anybody(administrator: Client) -> None:
    need = make.term(Need, "rides")

    answer = administrator.post(f"/admin/resources/need/{need.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert Need.objects.exists()


def test_it_gives_an_administrator_no_way_to_a_superusers_account(administrator: Client) -> None:
    root = Curator.objects.create_superuser("root", "root@example.org")
    sent = {"username": "root", "email": "ada@example.org", "role": A, "is_active": "on"}

    changed = administrator.post(f"/admin/resources/curator/{root.pk}/change/", sent)
    invited = administrator.post(f"/admin/resources/curator/{root.pk}/invite/")

    root.refresh_from_db()
    assert (changed.status_code, invited.status_code) == (403, 403)
    assert root.email == "root@example.org"


def test_it_makes_nobody_a_superuser_by_a_forged_field(administrator: Client) -> None:
    page = administrator.get("/admin/resources/curator/add/")
    sent = form_of(page, username="new", email="new@example.org", role=E, is_superuser="on")

    administrator.post("/admin/resources/curator/add/", sent)

    new = Curator.objects.get(username="new")
    assert (new.is_superuser, new.is_staff, roles.role_of(new)) == (False, True, E)


def test_it_asks_everybody_without_an_account_to_sign_in(client: Client) -> None:
    draft = make.organisation(published=False)

    for page in ("change", "preview", "history", "publish"):
        answer = client.get(entry_page(draft, page))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")


def test_it_leaves_the_roles_as_they_are_when_made_again() -> None:
    def all_of_them() -> dict[str, set[str]]:
        return {
            group.name: set(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.prefetch_related("permissions")
        }

    config = apps.get_app_config("resources")
    made = all_of_them()
    roles.make_roles(config, using="default")
    roles.make_roles(config, using="default")

    assert all_of_them() == made == {role: set(may) for role, may in roles.PERMISSIONS.items()}


def test_it_takes_back_what_was_added_to_a_role_by_hand() -> None:
    editors = Group.objects.get(name=E)
    editors.permissions.add(Permission.objects.get(codename="publish_organisation"))

    roles.make_roles(apps.get_app_config("resources"), using="default")

    assert not editors.permissions.filter(codename="publish_organisation").exists()


def test_it_lets_a_curator_who_was_made_inactive_in_no_longer(publisher: Client) -> None:
    Curator.objects.filter(username="pat").update(is_active=False)

    assert publisher.get("/admin/").status_code == 302


def test_it_knows_the_pages_outside_the_desk_itself() -> None:
    outside = {page.name for page in urls.urlpatterns}

    assert outside == {
        *("account_login", "account_logout", "account_inactive", "account_reauthenticate"),
        *("admin_password_reset", "password_reset_done", "password_reset_confirm"),
        *("password_reset_complete", "account_change_password"),
        *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_login_webauthn"),
        *("mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"),
        *("mfa_remove_webauthn", "mfa_edit_webauthn"),
    }
