"""Role x model x action, every combination: who opens a page, whose forged POST does something.

The table is written by hand; that no model and no role is missing from it is checked.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from resources import audit, roles
from resources.admin.site import desk
from resources.models import Report, ReviewRule, StatusWords
from tests import make
from tests.admin.conftest import curator

pytestmark = pytest.mark.django_db

E, P, A = roles.EDITOR, roles.PUBLISHER, roles.ADMINISTRATOR
ALL, PUBLISHERS, ADMINISTRATORS = {E, P, A}, {P, A}, {A}
NOBODY: set[str] = set()

TERM = {"view": ALL, "add": PUBLISHERS, "change": PUBLISHERS, "delete": NOBODY}
# Of entries that are public, an editor's change waits as a proposal: tests/admin/test_proposals.py.
ENTRY = {"view": ALL, "add": ALL, "change": ALL, "delete": NOBODY}
MAY: dict[str, dict[str, set[str]]] = {
    "organisation": ENTRY,
    "resource": ENTRY,
    "need": TERM,
    "condition": TERM,
    "medicine": TERM,
    "insurance": TERM,
    "state": {**TERM, "add": NOBODY},
    "povertyguideline": TERM,
    "reviewrule": {"view": ALL, "add": NOBODY, "change": PUBLISHERS, "delete": NOBODY},
    "statuswords": {"view": ALL, "add": PUBLISHERS, "change": PUBLISHERS, "delete": PUBLISHERS},
    "report": {"view": ALL, "add": NOBODY, "change": PUBLISHERS, "delete": NOBODY},
    "curator": {
        "view": ADMINISTRATORS,
        "add": ADMINISTRATORS,
        "change": ADMINISTRATORS,
        "delete": NOBODY,
    },
    "auditevent": {"view": ADMINISTRATORS, "add": NOBODY, "change": NOBODY, "delete": NOBODY},
}


def thing(name: str) -> Any:
    """One of this model."""
    match name:
        case "organisation" | "resource":
            return getattr(make, name)()
        case "povertyguideline":
            model = apps.get_model("resources", name)
            return model.objects.create(
                year=2030, table="contiguous", first_person=15000, each_additional=5000,
                effective="2030-01-15", source="A notice",
            )  # fmt: skip
        case "reviewrule":
            return ReviewRule.objects.first()
        case "statuswords":
            return StatusWords.objects.create(url="https://example.org", open="green")
        case "report":
            return Report.objects.create(kind="problem", wrong="link", place=1)
        case "curator":
            return curator("somebody", E)
        case "auditevent":
            return audit.note("a machine", audit.What.EXPORTED, "x")
        case "state":
            return make.state("OH")
        case _:
            return make.term(apps.get_model("resources", name), "a-word")


def rows(model: Any) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def test_the_table_has_every_model_of_the_desk() -> None:
    assert {str(model._meta.model_name) for model in desk._registry} == set(MAY)


@pytest.mark.parametrize(("name", "role"), list(product(MAY, (E, P, A))))
def test_a_page_opens_to_these_roles_alone(
    by_role: Callable[[str], Client], name: str, role: str
) -> None:
    there, client = thing(name), by_role(role)
    addresses = {
        "view": reverse(f"admin:resources_{name}_changelist"),
        "add": reverse(f"admin:resources_{name}_add"),
        "delete": reverse(f"admin:resources_{name}_delete", args=[there.pk]),
    }
    opened = {action for action, at in addresses.items() if client.get(at).status_code == 200}

    assert opened == {action for action in addresses if role in MAY[name][action]}


@pytest.mark.parametrize(
    ("name", "role", "action"), list(product(MAY, (E, P, A), ("add", "change", "delete")))
)
def test_a_forged_post_does_nothing_for_whoever_may_not(
    by_role: Callable[[str], Client], name: str, role: str, action: str
) -> None:
    """Even an empty form would be refused with its mistakes (200) to somebody who may."""
    there, client = thing(name), by_role(role)
    at = reverse(f"admin:resources_{name}_{action}", args=[] if action == "add" else [there.pk])
    model = apps.get_model("resources", name)
    before = rows(model)
    answer = client.post(at, {"post": "yes"} if action == "delete" else {"name": ""})

    if role not in MAY[name][action]:
        assert answer.status_code in (403, 404, 405)
        assert rows(model) == before
    else:
        assert answer.status_code in (200, 302)
