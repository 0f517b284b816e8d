"""One valid thing of each kind, to be changed in one way by a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar

from resources import publishing
from resources.models import (
    Condition,
    Insurance,
    Medicine,
    Need,
    Organisation,
    OrganisationSource,
    Recorded,
    Resource,
    ResourceSource,
    State,
)

E = TypeVar("E", Organisation, Resource)

numbers = count(1)
SOURCE = "https://example.org/facts"

# What waits for the end of `together`; None outside of it.
_waiting: list[Recorded] | None = None


@contextmanager
def together() -> Iterator[None]:
    """Inside, what is made is published at the end, all at once, which takes far less time."""
    global _waiting
    if _waiting is not None:  # of what is made together already, this is a part
        yield
        return
    waiting: list[Recorded] = []
    _waiting = waiting
    try:
        yield
    finally:
        _waiting = None
    publishing.publish(by="test", entries=waiting)


def organisation(*, published: bool = True, **fields: Any) -> Organisation:
    """A saved organisation with a source."""
    number = next(numbers)
    defaults = {
        "slug": f"organisation-{number}",
        "name": f"Organisation {number}",
        "category": "cancer_society",
    }
    made = Organisation(**{**defaults, **fields})
    made.save()
    OrganisationSource.objects.create(organisation=made, url=SOURCE)
    return _recorded(made, published)


@together()
def resource(
    *,
    published: bool = True,
    needs: tuple[str, ...] = (),
    conditions: tuple[str, ...] = (),
    medicines: tuple[str, ...] = (),
    insurance: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    **fields: Any,
) -> Resource:
    """A saved resource with a source; tags are slugs (state codes), made where they are missing."""
    number = next(numbers)
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    defaults = {
        "slug": f"resource-{number}",
        "name": f"Resource {number}",
        "summary": "Helps people.",
    }
    if states:
        defaults["area_kind"] = "states"
    if insurance:
        defaults["insurance_rule"] = "listed"
    made = Resource(**{**defaults, **fields})
    made.save()
    ResourceSource.objects.create(resource=made, url=SOURCE)
    made.needs.set(term(Need, slug) for slug in needs)
    made.conditions.set(term(Condition, slug) for slug in conditions)
    made.medicines.set(term(Medicine, slug) for slug in medicines)
    made.insurance.set(term(Insurance, slug) for slug in insurance)
    made.states.set(state(code) for code in states)
    return _recorded(made, published)


def term(model: Any, slug: str, **fields: Any) -> Any:
    """The term with this slug, made if it is not there."""
    found = model.objects.filter(slug=slug).first()
    if found is None:
        found = model(
            slug=slug, **{"name": slug.replace("-", " ").replace("_", " ").capitalize(), **fields}
        )
        found.save()
        _publish(found)
    return found


def state(code: str, **fields: Any) -> State:
    """The state with this code, made if it is not there."""
    found = State.objects.filter(code=code).first()
    return found or term(
        State, code.lower(), **{"code": code, "name": f"State {code}", "sort": "state", **fields}
    )


def _recorded(made: E, published: bool) -> E:
    if published:
        _publish(made)
    else:
        publishing.keep_draft(by="test", entries=[made])
    return made


def _publish(made: Recorded) -> None:
    if _waiting is None:
        publishing.publish(by="test", entries=[made])
    else:
        _waiting.append(made)
