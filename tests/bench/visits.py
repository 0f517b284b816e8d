"""What visitors ask for: searches from a seeded generator, and addresses from the sitemap.

The same seed gives the same searches, on every machine and for every database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

Drawn = TypeVar("Drawn")

SEED = 20261126

IN_SPANISH = 0.25
ASKED_BEFORE = 0.3  # of the searches, so many repeat an earlier one
WITH_WORDS = 0.6
# Each with its weight.
FACETS_CHOSEN = {0: 20, 1: 40, 2: 28, 3: 12}
ORDERS = {"best": 88, "checked": 6, "name": 6}
PAGES = {"1": 80, "2": 10, "3": 5, "4": 3, "9": 2}
USUAL = (("order", "best"), ("page", "1"))

WORDS = {
    "": (
        "copay", "copay help", "help with copays", "free medicine", "gleevec", "imatinib",
        "gleevec copay", "ibrance", "keytruda", "breast cancer", "breast cancer help",
        "lung cancer", "cml", "leukemia", "multiple myeloma", "prostate cancer", "lymphoma",
        "brain tumor", "american cancer society", "lls", "leukemia and lymphoma society",
        "cancer support community", "patient advocate foundation", "cancer.net", "healthwell",
        "ride to chemo", "rides", "gas cards", "free flights", "hotel near hospital", "hope lodge",
        "rent help", "help paying rent", "eviction", "electric bill", "utility shut off", "food",
        "groceries", "wig", "wigs", "legal help", "appeal denial", "disability benefits",
        "medical bills", "hospital bill", "medicare part d", "no insurance", "uninsured",
        "lost my insurance", "premium help", "support group", "counseling", "young adults",
        "children with cancer", "caregiver", "clinical trial travel", "fertility", "mammogram",
        "help", "cancer", "money", "grants", "financial assistance", "patient assistance program",
        "help with bills while in treatment", "someone to talk to", "ohio", "texas cancer",
        "chicago", "copay assistence", "zzyzx fund",
    ),
    "/es": (
        "ayuda", "copago", "ayuda con copagos", "medicinas gratis", "cáncer de mama",
        "cancer de mama", "leucemia", "transporte", "viaje al hospital", "renta", "comida",
        "sin seguro", "cuentas médicas", "gleevec", "imatinib", "grupo de apoyo", "consejería",
        "peluca", "hospedaje", "seguro médico", "quimioterapia", "ayuda para pagar la luz",
    ),
}  # fmt: skip


class Choice(NamedTuple):
    """How often a facet is chosen from, by weight, and its values, the most asked for first."""

    weight: int
    values: tuple[str, ...]


CHOICES = {
    "need": Choice(
        30,
        (
            "copay", "travel", "living_costs", "free_medicine", "rent", "medical_bills", "lodging",
            "paying_for_treatment", "rides", "insurance_help", "food", "support_group", "premiums",
            "utilities", "counselling", "legal", "flights", "wigs_and_prostheses",
        ),
    ),
    "area": Choice(25, ("CA", "OH", "TX", "43004", "FL", "NY", "10001", "IL", "90210", "PR", "AK")),
    "condition": Choice(
        15,
        (
            "breast-cancer", "chronic-myeloid-leukemia", "lung-cancer", "multiple-myeloma",
            "prostate-cancer", "any-cancer", "leukemia", "colorectal-cancer", "brain-tumor",
            "childhood-cancer", "ovarian-cancer", "lymphoma", "kidney-failure", "hiv-aids",
        ),
    ),
    "insurance": Choice(12, ("uninsured", "medicare", "private", "insured", "medicaid", "tricare")),
    "status": Choice(8, ("open", "unknown", "waitlist", "closed", "not_applicable")),
    "medicine": Choice(4, ("imatinib", "palbociclib", "pembrolizumab", "ruxolitinib", "dasatinib")),
    "language": Choice(3, ("es", "zh")),
    "category": Choice(2, ("charitable_foundation", "patient_advocacy", "government")),
    "apply": Choice(1, ("self", "clinic")),
}  # fmt: skip

# The kinds of the other pages, each in a part of the sitemap.
KINDS = ("resource", "organisation", "need", "condition", "medicine", "state")
_LOCATION = re.compile("<loc>(.*?)</loc>")


def searches(count: int, seed: int = SEED) -> list[str]:
    """So many addresses of search pages, in English and Spanish, some of them more than once."""
    dice = Random(seed)
    repeated = int(count * ASKED_BEFORE)
    first = [_search(dice) for _ in range(count - repeated)]
    return dice.sample([*first, *dice.choices(first, k=repeated)], count)


def _search(dice: Random) -> str:
    prefix = "/es" if dice.random() < IN_SPANISH else ""
    params = [("q", dice.choice(WORDS[prefix]))] if dice.random() < WITH_WORDS else []
    weights = [choice.weight for choice in CHOICES.values()]
    for name in dice.sample(list(CHOICES), _drawn(dice, FACETS_CHOSEN), counts=weights):
        params.append((name, _one_of(dice, CHOICES[name].values)))
    params += [("order", _drawn(dice, ORDERS)), ("page", _drawn(dice, PAGES))]
    return f"{prefix}/search/?{urlencode([pair for pair in params if pair not in USUAL])}".rstrip(
        "?"
    )


def _drawn(dice: Random, weights: Mapping[Drawn, int]) -> Drawn:
    (drawn,) = dice.choices(list(weights), list(weights.values()))
    return drawn


def _one_of(dice: Random, values: Sequence[str]) -> str:
    """The second value is half as likely as the first, the third a third."""
    return _drawn(dice, {value: 1000 // place for place, value in enumerate(values, start=1)})


def in_sitemap(xml: str, count: int, seed: int = SEED) -> list[str]:
    """So many paths from a part of the sitemap, in both languages; all where there are fewer."""
    paths = [urlsplit(location).path for location in _LOCATION.findall(xml)]
    return Random(seed).sample(paths, min(count, len(paths)))
