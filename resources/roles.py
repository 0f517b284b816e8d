"""Roles: what an editor, a publisher and an administrator may do.

Each role is a group that includes what the role before it may do. The groups are made, and set to
exactly this, after every migration: whoever needs something else makes a group of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from resources.models import Curator, Organisation, Resource

EDITOR, PUBLISHER, ADMINISTRATOR = "editor", "publisher", "administrator"

ROLE_NAMES = {
    EDITOR: _("Editor: writes drafts, and proposes changes of what is public"),
    PUBLISHER: _("Publisher: also publishes, withdraws, and keeps the vocabularies"),
    ADMINISTRATOR: _("Administrator: also invites and manages curators"),
}

ENTRIES = ("organisation", "resource")
TERMS = ("need", "condition", "medicine", "insurance", "state")
GUIDELINES, RULES, REPORTS = "povertyguideline", "reviewrule", "report"
STATUS_WORDS = "statuswords"
AUDIT = "auditevent"


def _may(actions: Iterable[str], *models: str) -> frozenset[str]:
    return frozenset(f"{action}_{model}" for action in actions for model in models)


EDITORS = _may(("view", "add", "change", "delete"), *ENTRIES) | _may(
    ("view",), *TERMS, GUIDELINES, RULES, REPORTS, STATUS_WORDS
)
PUBLISHERS = (
    EDITORS
    | _may(("publish",), *ENTRIES)
    | _may(("change",), *TERMS, GUIDELINES, RULES, REPORTS)
    | _may(("add", "change", "delete"), STATUS_WORDS)
    # The states of the Union are given.
    | _may(("add",), *(term for term in TERMS if term != "state"), GUIDELINES)
)
ADMINISTRATORS = PUBLISHERS | _may(("view", "add", "change"), "curator") | _may(("view",), AUDIT)

PERMISSIONS = {EDITOR: EDITORS, PUBLISHER: PUBLISHERS, ADMINISTRATOR: ADMINISTRATORS}


def make_roles(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Make the three groups, with exactly their permissions. Listens to `post_migrate`."""
    create_permissions(sender, verbosity=0, using=using)
    _make_publish_permissions(using)
    ours = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    for role, codenames in PERMISSIONS.items():
        group, _made = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(ours.filter(codename__in=codenames))


def _make_publish_permissions(using: str) -> None:
    for model in (Organisation, Resource):
        Permission.objects.using(using).get_or_create(
            codename=f"publish_{model._meta.model_name}",
            content_type=ContentType.objects.db_manager(using).get_for_model(model),
            defaults={"name": f"Can publish and withdraw {model._meta.verbose_name_raw}"},
        )


def role_of(curator: Curator) -> str:
    """The curator's role; "" for none, as for a superuser who needs none."""
    names = {group.name for group in curator.groups.all()}
    return next((role for role in (ADMINISTRATOR, PUBLISHER, EDITOR) if role in names), "")


def give_role(curator: Curator, role: str) -> None:
    """Give a saved curator this role in place of the one they had; other groups stay."""
    curator.groups.remove(*Group.objects.filter(name__in=PERMISSIONS))
    curator.groups.add(Group.objects.get(name=role))


def administrators() -> QuerySet[Curator]:
    """The active curators who may manage curators."""
    active = Curator.objects.filter(is_active=True, is_staff=True)
    return (active.filter(groups__name=ADMINISTRATOR) | active.filter(is_superuser=True)).distinct()
