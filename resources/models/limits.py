"""Limits as plain values, which are also written as one text: what sets are kept by."""

from __future__ import annotations

from typing import NamedTuple, Self


class IncomeLimit(NamedTuple):
    """How income is limited. `kind` is one of `Resource.IncomeRule`.

    `percent` of the federal guideline, and the year whose guideline a curator has confirmed; or
    `dollars`: pairs of household size and whole dollars a year.
    """

    kind: str = "not_stated"
    percent: int | None = None
    year: int | None = None
    dollars: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        """ "none", "fpl_percent:2026:300", "dollar_table:2024:1=30000,2=40000"."""
        match self.kind:
            case "fpl_percent":
                return f"{self.kind}:{self.year or ''}:{self.percent}"
            case "dollar_table":
                rows = ",".join(f"{size}={most}" for size, most in self.dollars)
                return f"{self.kind}:{self.year or ''}:{rows}"
        return self.kind

    @classmethod
    def read(cls, text: str) -> Self:
        """The limit that was written so."""
        kind, year, rest = (*text.split(":"), "", "")[:3]
        confirmed = int(year) if year else None
        if kind == "fpl_percent":
            return cls(kind, int(rest), confirmed)
        rows = (row.partition("=") for row in rest.split(",") if row)
        dollars = tuple((int(size), int(most)) for size, _eq, most in rows)
        return cls(kind, year=confirmed, dollars=dollars)


class Ages(NamedTuple):
    """The youngest and the oldest age, both included; None where there is no such bound."""

    youngest: int | None = None
    oldest: int | None = None

    def __str__(self) -> str:
        """ "18-", "-17", "0-39"."""
        return "-".join("" if bound is None else str(bound) for bound in self)

    @classmethod
    def read(cls, text: str) -> Self:
        """The bounds that were written so."""
        youngest, _dash, oldest = text.partition("-")
        return cls(int(youngest) if youngest else None, int(oldest) if oldest else None)


# What says nothing.
NO_LIMIT_STATED, NO_AGES = IncomeLimit(), Ages()
