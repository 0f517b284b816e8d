"""A directory that is small, and has a page of every type; and a copy of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from resources.models import Need, Resource
from resources.standin.export import Exported, export
from tests import make

TODAY = dt.date(2026, 11, 20)
FUNDS = 26
SITE = "http://localhost:8000"


def directory() -> Resource:
    """Fill the database; a resource of it that has everything."""
    make.state("OH", name="Ohio")
    make.term(Need, "insurance_help")
    organisation = make.organisation(name="Älpine Aid", slug="alpine-aid")
    full = make.resource(
        name="Copay & rides",
        slug="copay-and-rides",
        organisation=organisation,
        needs=("copay",),
        conditions=("leukemia",),
        medicines=("imatinib",),
        area_kind="states",
        states=("OH",),
        fund_status="closed",
        fund_status_seen_on=TODAY,
        fund_status_precision="day",
    )
    make.resource(name="24-hour line", slug="line", takes_anyone=True, needs=("guidance",))
    make.resource(name="Was once", slug="was-once", lifecycle="ended")
    make.resource(name="Draft", slug="draft", published=False)
    for number in range(FUNDS):
        make.resource(name=f"Fund {number}", organisation=organisation, needs=("copay",))
    return full


def copied(target: Path, today: dt.date = TODAY) -> Exported:
    """Make a copy of what there is."""
    return export(target, today=today, site=SITE, tell=lambda line: None)
