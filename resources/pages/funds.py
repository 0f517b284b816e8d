"""The funds of a programme, grouped by what is known of them today; there may be hundreds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.models import Resource
from resources.translations import Wording, wording

# So many funds are simply listed; more of them are folded away, those seen open excepted.
FEW = 12

Status = Resource.FundStatus


@dataclass(frozen=True, slots=True)
class Fund:
    """One fund of a programme, as a line of a list."""

    name: Wording
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Funds that stand alike today, by name. `folded` asks for a click before a long list."""

    heading: str
    kind: str
    funds: list[Fund]
    folded: bool


def funds_of(programme: Resource, *, today: dt.date, language: str) -> list[Group]:
    """The published funds of this programme in groups, open ones first. Two queries at most."""
    funds = list(programme.funds.published().prefetch_related("translations").order_by("name"))
    standing = {fund.pk: _standing(fund, today) for fund in funds}
    groups = []
    for kind, heading in _headings().items():
        lines = [
            Fund(wording(fund, "name", fund.name, language), fund.get_absolute_url())
            for fund in funds
            if standing[fund.pk] == kind
        ]
        if lines:
            folded = len(funds) > FEW and kind != Status.OPEN
            groups.append(Group(heading, kind, lines, folded))
    return groups


def _standing(fund: Resource, today: dt.date) -> str:
    if fund.lifecycle != Resource.Lifecycle.RUNNING:
        return fund.lifecycle
    counts = fund.fund_status_on(today).counts
    return counts if counts in (Status.OPEN, Status.CLOSED, Status.WAITLIST) else Status.UNKNOWN


def _headings() -> dict[str, str]:
    return {
        Status.OPEN: _("Open"),
        Status.UNKNOWN: _("Open? We don’t know: ask"),
        Status.WAITLIST: _("With a waiting list"),
        Status.CLOSED: _("Closed"),
        Resource.Lifecycle.UNCONFIRMED: _("May no longer exist"),
        Resource.Lifecycle.ENDED: _("Ended"),
    }
