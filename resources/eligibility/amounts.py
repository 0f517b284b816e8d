"""Dollars as people write them: "$40,000", "40,000.00", "40k", "40 mil"."""

from __future__ import annotations

import re
from decimal import Decimal

# Longer is no amount; what is longer is not looked at.
LONGEST = 30

AMOUNT = re.compile(
    r"(?:us)?\$?\s*(?P<number>[0-9][0-9.,\s]*?)\s*(?P<thousands>k|mil)?\s*(?:dollars|d[oó]lares|usd)?",
    re.ASCII | re.IGNORECASE,
)
# Groups of three digits, whatever stands between them: nobody writes a dollar with three decimals.
GROUPED = re.compile(r"[0-9]{1,3}(?:[.,\s][0-9]{3})+(?P<cents>[.,][0-9]{1,2})?", re.ASCII)
PLAIN = re.compile(r"[0-9]+(?P<cents>[.,][0-9]{1,2})?", re.ASCII)

MONTHS = 12


def read_dollars(text: str) -> Decimal | None:
    """The amount that was written; None where it is none."""
    found = AMOUNT.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        return None
    number = found["number"].strip()
    read = GROUPED.fullmatch(number) or PLAIN.fullmatch(number)
    if read is None:
        return None
    cents = read["cents"] or ""
    whole = re.sub(r"[^0-9]", "", number.removesuffix(cents))
    amount = Decimal(f"{whole}.{cents[1:] or 0}")
    return amount * 1_000 if found["thousands"] else amount


def dollars(amount: int) -> str:
    """ "$79,800": whole dollars as people in the United States write them in either language."""
    return f"${amount:,}"


def yearly(amount: Decimal, *, is_monthly: bool) -> int:
    """Whole dollars a year. Cents are left out, as in the limits: "at or below" stays so."""
    return int(amount * MONTHS if is_monthly else amount)
