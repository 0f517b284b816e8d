"""Dollars as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.eligibility.amounts import read_dollars, yearly


@pytest.mark.parametrize(
    ("written", "dollars"),
    [
        ("40000", "40000"),
        ("$40,000", "40000"),
        ("40,000.00", "40000"),
        ("40k", "40000"),
        ("40 K", "40000"),
        ("40 mil", "40000"),
        ("1.5k", "1500"),
        ("US$ 40,000", "40000"),
        ("40 000", "40000"),
        ("40.000", "40000"),
        ("40.000,50", "40000.50"),
        ("1,234,567", "1234567"),
        ("3333.33", "3333.33"),
        (" 900 dollars ", "900"),
        ("900 dólares", "900"),
        ("0", "0"),
    ],
)
def test_it_reads_what_people_write(written: str, dollars: str) -> None:
    assert read_dollars(written) == Decimal(dollars)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-5",
        "lots",
        "40,00,0",
        "4e9",
        "$",
        "k",
        "1.2.3",
        "٤٠٠",
        "40000" * 10,
        "12,34"[::-1] + ",",
    ],
)
def test_it_takes_nothing_else_for_dollars(written: str) -> None:
    assert read_dollars(written) is None


@given(st.text(max_size=60))
def test_it_never_raises(written: str) -> None:
    read_dollars(written)


def test_a_month_is_a_twelfth_of_a_year_and_no_cent_is_rounded_up() -> None:
    assert yearly(Decimal("3333.33"), is_monthly=True) == 39_999
    assert yearly(Decimal("39999.99"), is_monthly=False) == 39_999
