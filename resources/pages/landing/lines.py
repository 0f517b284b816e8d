"""Whom to call in a state whatever the need: 211, Medicare advice (SHIP), Medicaid.

They are found among the listed resources by what they are called, not by a list of our own; where
a state's own line is not listed, the national one is named and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.models import Organisation, Resource, State
from resources.models.entry import Phone
from resources.pages import cards

National = Resource.AreaKind.NATIONAL


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is for, who runs it here or else for the whole country, and its number.

    `resource` is None where nothing of the kind is listed; `is_here`: it is the state's own.
    """

    label: str | Promise
    text: str | Promise
    resource: Resource | None
    phone: Phone | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str | Promise
    text: str | Promise
    which: Q
    everywhere: bool = False  # one number for every state


KINDS = (
    _Kind(
        _("Help near you"),
        _("Food, rent, power and more. They know what there is in your county."),
        Q(phones__dial="211"),
        everywhere=True,
    ),
    _Kind(
        _("Medicare advice"),
        _("Free, from trained counselors who sell nothing (SHIP)."),
        Q(organisation__names__name="SHIP"),
    ),
    _Kind(
        _("Medicaid"),
        _("Health insurance from your state for people with a low income."),
        Q(organisation__category=Organisation.Category.GOVERNMENT) & Q(name__iendswith="Medicaid"),
    ),
)


def lines_for(state: State) -> list[Line]:
    """The lines of a state, its own first where they are listed."""
    return [_line(kind, state) for kind in KINDS]


def _line(kind: _Kind, state: State) -> Line:
    resource = _listed(kind, state).first()
    here = resource is not None and resource.area_kind != National
    phone = cards.main_phone(resource) if resource else None
    return Line(kind.label, kind.text, resource, phone, here or kind.everywhere)


def _listed(kind: _Kind, state: State) -> QuerySet[Resource]:
    """The running resources of a kind that serve the state; its own before national ones."""
    serving = Q(area_kind=National) | Q(states=state)
    running = Resource.objects.published().filter(kind.which, serving, lifecycle="running")
    own_first = running.order_by("-area_kind", "name", "pk").distinct()
    with_names = own_first.select_related("organisation", "part_of")
    return with_names.prefetch_related("phones", "organisation__phones", "translations")
