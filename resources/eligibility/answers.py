"""What a person says of themselves: any of it may be missing. Never stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from resources.search.facets import UNINSURED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What is taken for an answer rather than a slip of the keyboard.
MOST_PEOPLE, MOST_DOLLARS, OLDEST = 20, 10_000_000, 120

# Kinds beside which somebody has no cover yet.
NOT_COVERED = frozenset({UNINSURED, "coverage_pending"})


class BadAnswer(ValueError):
    """An answer that cannot be: its field, and a sentence that says what to do."""

    def __init__(self, field: str, message: StrOrPromise) -> None:
        super().__init__(str(message))
        self.field, self.message = field, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Slugs of the vocabularies, a state's code, people, whole dollars a year, years of age.

    Empty or None means: not said. Raises `BadAnswer` for what cannot be.
    """

    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()
    state: str = ""
    household_size: int | None = None
    yearly_income: int | None = None
    age: int | None = None

    def __post_init__(self) -> None:
        for field, (least, most, message) in BOUNDS.items():
            number = getattr(self, field)
            if number is not None and not least <= number <= most:
                raise BadAnswer(field, message)
        if UNINSURED in self.insurance and len(set(self.insurance)) > 1:
            raise BadAnswer(
                "insurance", _("You chose “no insurance” and a kind of insurance. Choose one.")
            )

    @property
    def is_insured(self) -> bool:
        """They have some cover, whatever it pays."""
        return not NOT_COVERED.issuperset(self.insurance)

    @property
    def is_uninsured(self) -> bool:
        """They said that they have none."""
        return UNINSURED in self.insurance


BOUNDS: dict[str, tuple[int, int, StrOrPromise]] = {
    "household_size": (1, MOST_PEOPLE, _("Count yourself too: a number from 1 to 20.")),
    "yearly_income": (0, MOST_DOLLARS, _("Write your income in dollars, for example 40,000.")),
    "age": (0, OLDEST, _("Write an age in years, from 0 to 120.")),
}


def answers_from(said: dict[str, Any], known: Callable[[str, str], bool]) -> Answers:
    """Answers from a document such as `evaluate_eligibility` reads; any key may be missing.

    `known(facet, value)` tells whether a vocabulary has a term. Raises `BadAnswer` for a term that
    it has not, and whatever `Answers` raises.
    """
    facets = {"conditions": "condition", "medicines": "medicine", "insurance": "insurance"}
    wanted = [(field, facets[field], value) for field in facets for value in said.get(field) or ()]
    if said.get("state"):
        wanted.append(("state", "area", said["state"]))
    for field, facet, value in wanted:
        if not known(facet, value):
            raise BadAnswer(field, _("We do not know this one."))
    return Answers(
        conditions=tuple(said.get("conditions") or ()),
        medicines=tuple(said.get("medicines") or ()),
        insurance=tuple(said.get("insurance") or ()),
        state=said.get("state") or "",
        household_size=said.get("household_size"),
        yearly_income=said.get("yearly_income"),
        age=said.get("age"),
    )
