"""The page of a medicine: whether a generic is sold, and help in the order that insurance decides.

Without insurance, copay funds do not help: cash prices, free medicine and ways to get covered come
first.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from resources.models import Medicine, Organisation
from resources.pages.landing import FIRST, FIRST_OF_GROUP, Shown, asked_for, first_of
from resources.search.facets import INSURED, UNINSURED
from resources.search.sets import Directory


def generic_sentence(medicine: Medicine) -> str:
    """Whether somebody else sells the same medicine for less, as far as is known."""
    if medicine.generic_available is None:
        return _("We don’t know if a generic is sold. Ask your pharmacist.")
    if not medicine.generic_available:
        return _("No generic was sold in late 2025. Ask your pharmacist if that has changed.")
    if medicine.generic_kind == Medicine.GenericKind.BIOSIMILAR:
        return _(
            "A biosimilar is sold: a medicine made to work the same way. It can cost less. "
            "Ask your doctor or pharmacist if it fits you."
        )
    return _(
        "A generic is sold: the same medicine without the brand name. It often costs much less. "
        "Ask your doctor or pharmacist for it."
    )


def groups_for(
    answer: str,
    directory: Directory,
    language: str,
    *,
    medicine: str = "",
    condition: str = "",
) -> list[Shown]:
    """Help in groups for somebody who answered `INSURED`, `UNINSURED`, or something else.

    Each group leads on to its search; what one group shows, the next does not repeat. Groups that
    find nothing are left out.
    """
    tagged = {"medicine": medicine, "condition": condition}
    about = {facet: value for facet, value in tagged.items() if value}
    groups: list[Shown] = []
    for heading, text, terms, limit in _plan(answer, about):
        seen = [card.resource_id for group in groups for card in (*group.cards, *group.asks)]
        groups.append(
            first_of(
                asked_for(**terms),
                directory,
                language,
                limit=limit,
                leave_out=seen,
                heading=heading,
                text=text,
            )
        )
    return [group for group in groups if group]


def _plan(answer: str, about: dict[str, str]) -> list[tuple[str, str, dict[str, str], int]]:
    """The groups for an answer: heading, a sentence, the search, how many cards."""
    if answer == UNINSURED:
        without = {**about, "insurance": UNINSURED}
        groups = [
            (
                _("Pay less in cash"),
                _("Pharmacies and cards with lower prices for anyone. Compare before you buy."),
                {**without, "need": "discount_medicine"},
                FIRST_OF_GROUP,
            ),
            (
                _("Free medicine"),
                _("Many drug makers give their medicine to people without insurance."),
                {**without, "need": "free_medicine"},
                FIRST_OF_GROUP,
            ),
            (
                _("Get insurance"),
                _("Most copay funds help only people with insurance. These help you get it."),
                {"need": "enrolment", "insurance": UNINSURED},
                FIRST_OF_GROUP,
            ),
        ]
        return [*groups, (_("Other help"), "", without, FIRST_OF_GROUP)] if about else groups
    if answer == INSURED:
        return [
            (
                _("Help with your share of the cost"),
                _("Copay funds open and close within days. Call to ask if one is open."),
                {**about, "insurance": INSURED, "need": "copay"},
                FIRST_OF_GROUP,
            ),
            (_("Other help"), "", {**about, "insurance": INSURED}, FIRST_OF_GROUP),
        ]
    return [(_("Who helps"), "", dict(about), FIRST)]


def makers_of(medicine: Medicine) -> list[Organisation]:
    """The published organisations of its maker. Read in Python: a list of names is no column."""
    if not medicine.maker:
        return []
    makers = Organisation.objects.published().filter(category=Organisation.Category.MANUFACTURER)
    return [one for one in makers.order_by("name") if medicine.maker in one.makers]
