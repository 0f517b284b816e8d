"""What contradicts itself across the parts of a saved entry, whichever way it was changed.

What its own columns say against each other, its model refuses (`full_clean`); this is what stands
in its lists and rows.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.models import Recorded, Resource

# By list, and whether the rule goes by it.
LIST_AND_RULE: dict[tuple[str, bool], Promise] = {
    ("insurance", True): gettext_lazy(
        "Name at least one kind of insurance, or choose another rule."
    ),
    ("insurance", False): gettext_lazy(
        "You named kinds of insurance. Choose the rule “only the kinds listed”, or clear them."
    ),
    ("states", True): gettext_lazy("Name at least one state, or choose the whole United States."),
    ("states", False): gettext_lazy("You named states. Choose “some states”, or clear them."),
}


def problems_of(entry: Recorded) -> list[str]:
    """Sentences that say what to do, one for each contradiction; none but for a resource."""
    if not isinstance(entry, Resource):
        return []
    return [*_limits(entry), *_counties(entry), *_lists(entry)]


def _lists(resource: Resource) -> list[str]:
    """A rule that goes by a list has one, and no list is there without its rule."""
    pairs = (
        ("states", resource.area_kind == Resource.AreaKind.STATES, resource.states),
        ("insurance", resource.insurance_rule == Resource.InsuranceRule.LISTED, resource.insurance),
    )
    return [
        str(LIST_AND_RULE[name, goes_by_it])
        for name, goes_by_it, listed in pairs
        if goes_by_it != listed.exists()
    ]


def _limits(resource: Resource) -> list[str]:
    by_table = resource.income_rule == Resource.IncomeRule.DOLLAR_TABLE
    has_rows = resource.dollar_limits.exists()
    if by_table and not has_rows:
        return [_("The income rule is “dollars by household size”: add the dollar limits below.")]
    if has_rows and not by_table:
        return [
            _(
                "There are dollar limits. Choose the income rule “dollars by household size”, "
                "or remove them."
            )
        ]
    return []


def _counties(resource: Resource) -> list[str]:
    states = set(resource.states.all())
    return [
        _(
            "%(county)s is in %(state)s, which is not among its states. Add the state, "
            "or remove the county."
        )
        % {"county": part.county, "state": part.state.name}
        for part in resource.area_parts.select_related("state")
        if part.state not in states
    ]
