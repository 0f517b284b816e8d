"""Loads what cards show of resources, in a fixed number of queries.

Half of a page that shows cards for the first time went into `prefetch_related`: it makes a query
set of its own for every list of every row, 274 for twenty-five cards. Here `.all()` gives a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model, Prefetch, prefetch_related_objects

from resources.languages import language_of_page
from resources.models import Condition, Insurance, Medicine, Need, Organisation, Resource, State

# What a card shows of a resource; a fund may inherit each of it from its programme.
TERMS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "needs": (Need, ()),
    "conditions": (Condition, ()),
    "insurance": (Insurance, ()),
    "states": (State, ("code", "guideline_table")),
}
# What more may be asked for: terms that are read like these, or parts like those below.
MORE_TERMS: dict[str, tuple[type[Model], tuple[str, ...]]] = {"medicines": (Medicine, ())}
PARTS = ("dollar_limits", "phones")

# What it shows of the organisation.
PARTS_OF_ORGANISATION = ("names", "phones")

# English is never looked up here; see `translations.wording`.
TRANSLATIONS = "translations"

# What a term is called.
CALLED = ("slug", "name", "spanish_name")


def load(ids: Sequence[int], *, more: Sequence[str] = ()) -> list[Resource]:
    """The published resources with these ids, in this order, as cards in the page's language.

    What a fund may take from its programme is read of both in the same queries. `more`: further
    terms (of `MORE_TERMS`) and parts to be read as well.
    """
    found = Resource.objects.published().select_related("organisation__state", "part_of", "review")
    by_id = found.in_bulk(list(ids))
    resources = list(by_id.values())
    programmes = [resource.part_of for resource in resources if resource.part_of]
    translated = () if language_of_page() == "en" else (TRANSLATIONS,)
    wanted = {**TERMS, **{name: MORE_TERMS[name] for name in more if name in MORE_TERMS}}
    terms = {name: _called(*called) for name, called in wanted.items()}
    parts = (*PARTS, *(name for name in more if name not in MORE_TERMS), *translated)
    _fill([*resources, *programmes], {**terms, **dict.fromkeys(parts)})
    _fill(_organisations(resources), dict.fromkeys((*PARTS_OF_ORGANISATION, *translated)))
    return [by_id[pk] for pk in ids if pk in by_id]


def _called(model: Any, more: Sequence[str]) -> Any:
    return model._default_manager.only(*CALLED, *more)


def _organisations(resources: Iterable[Resource]) -> list[Organisation]:
    """Their organisations, one object for each, whichever resource it was loaded with."""
    own = {resource.organisation_id: resource.organisation for resource in resources}
    for resource in resources:
        resource.organisation = own[resource.organisation_id]
    return list(own.values())


def _fill(instances: Sequence[Any], wanted: Mapping[str, Any]) -> None:
    """Prefetch these relations (each with its query set, None for the usual one) as lists."""
    for name, rows in wanted.items():
        kept = f"_{name}_as_list"
        prefetch_related_objects(instances, Prefetch(name, rows, to_attr=kept))
        for one in instances:
            if kept in vars(one):
                one.__dict__.setdefault("_prefetched_objects_cache", {})[name] = vars(one).pop(kept)
