"""One resource as a sheet: everything that its page says, in the order in which it matters.

A sheet is made of plain data and sentences, so that the page, its print and later the hand-out say
the same. It knows no request and asks the database nothing beyond what `load` has fetched.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.eligibility.guidelines import Guidelines
from resources.languages import language_name
from resources.models import FundStatusToday, Need, Organisation, Resource
from resources.models.resource import ResourceQuerySet
from resources.pages import cards
from resources.pages.sheet.contact import Contact, contact_of
from resources.pages.sheet.income import Income, income_of
from resources.pages.sheet.provenance import Provenance, provenance_of
from resources.pages.sheet.reading import ResourceReader, heir_of
from resources.pages.sheet.rules import Rule, not_stated, rules_of
from resources.pages.sheet.standing import (
    Notice,
    Standing,
    may_be_offered,
    notice_of,
    standings_of,
)
from resources.pages.sheet.steps import Steps, is_unapplied, steps_of
from resources.translations import Wording

# What a fund may take from its programme, and a sheet shows.
FROM_PROGRAMME = (
    "needs",
    "conditions",
    "medicines",
    "insurance",
    "dollar_limits",
    "phones",
    "translations",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Texts about one thing, and the programme that stated them, if not the resource itself."""

    texts: list[Wording]
    programme: Resource | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """An address to go to. `primary` is for applying alone, and only where that makes sense."""

    url: str
    label: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is said of one resource on one day in one language."""

    resource: Resource
    title: Wording
    summary: Wording
    gives: Stated
    costs: Stated
    status: FundStatusToday
    standings: list[Standing]
    notice: Notice | None
    contact: Contact
    button: Button | None
    rules_before: list[Rule]
    income: Income
    rules_after: list[Rule]
    to_ask: list[str]
    steps: Steps
    languages: Stated
    provenance: Provenance
    shows_unreviewed: bool

    @property
    def heir(self) -> Organisation | None:
        """The organisation that goes on in place of its own."""
        return heir_of(self.resource.organisation)

    @property
    def english_name(self) -> str:
        """What to ask for on the phone, where the page calls it otherwise."""
        hidden = self.title.language != "en" and self.resource.name not in self.title.text
        return self.resource.name if hidden else ""

    @property
    def is_over(self) -> bool:
        """Whether it has ended: there is nothing to apply for."""
        return self.standings[0] is Standing.ENDED

    @property
    def needs(self) -> list[Need]:
        """What it helps with."""
        return list(self.resource.inherited("needs"))

    @property
    def status_tag(self) -> cards.Status | None:
        """The tag for the fund's status; None for what does not open and close, or is over."""
        return None if self.is_over else cards.fund_status(self.status)

    @property
    def status_line(self) -> str:
        """When the fund's status was last seen; empty for what does not open and close."""
        if self.status.seen == Resource.FundStatus.NOT_APPLICABLE:
            return ""
        seen_on = self.status.seen_on
        return cards.when(seen_on, self.status.precision) if seen_on else _("not yet")

    @property
    def leads_on(self) -> bool:
        """Whether other help has to be named: this one cannot be counted on today."""
        return self.notice is not None and (
            self.standings[0] is not Standing.LONG_AGO
            or self.status.seen != Resource.FundStatus.OPEN
        )


def to_read() -> ResourceQuerySet:
    """The resources with everything that a sheet reads, in a fixed number of queries."""
    return (
        Resource.objects.with_parts()
        .select_related("organisation__successor__successor", "part_of__part_of", "review")
        .prefetch_related(
            "organisation__translations",
            "organisation__successor__phones",
            "organisation__successor__translations",
            *(f"part_of__{name}" for name in FROM_PROGRAMME),
        )
    )


def sheet_of(resource: Resource, *, guidelines: Guidelines, today: dt.date, language: str) -> Sheet:
    """The sheet of a resource from `to_read`, as of `today`, for a reader of `language`."""
    reader = ResourceReader(resource, language)
    status = resource.fund_status_on(today)
    standings = standings_of(resource, status)
    contact = contact_of(reader)
    before, after = rules_of(reader)
    return Sheet(
        resource=resource,
        title=reader.text(resource, "name"),
        summary=reader.text(resource, "summary"),
        gives=_gives(reader),
        costs=_stated(reader, "costs"),
        status=status,
        standings=standings,
        notice=notice_of(reader, status, standings),
        contact=contact,
        button=_button(reader, may_be_offered(standings, status)),
        rules_before=before,
        income=income_of(reader, guidelines),
        rules_after=after,
        to_ask=not_stated(reader),
        steps=steps_of(reader, has_phone=bool(contact.phones)),
        languages=_languages(reader),
        provenance=provenance_of(resource, today),
        shows_unreviewed=reader.shows_unreviewed,  # last: known once all texts are read
    )


def _stated(reader: ResourceReader, field: str) -> Stated:
    owner = reader.who_states(field)
    text = reader.text(owner, field)
    return Stated([text] if text else [], reader.programme(owner))


def _gives(reader: ResourceReader) -> Stated:
    """What they give and whom they pay."""
    owner = reader.who_states("award", "paid_to")
    paid_to = {
        Resource.PaidTo.PERSON: _("It is paid to you."),
        Resource.PaidTo.PROVIDER: _("It is paid to your doctor, hospital or pharmacy."),
        Resource.PaidTo.VENDOR: _("It is paid to whom you owe, such as a landlord or a shop."),
    }
    texts = [reader.text(owner, "award")]
    if owner.paid_to:
        texts.append(reader.own(paid_to[Resource.PaidTo(owner.paid_to)]))
    return Stated([text for text in texts if text], reader.programme(owner))


def _languages(reader: ResourceReader) -> Stated:
    owner = reader.who_states("languages", "languages_note")
    names = ", ".join(language_name(code) for code in owner.languages)
    texts = [reader.own(names), reader.text(owner, "languages_note")]
    return Stated([text for text in texts if text], reader.programme(owner))


def _button(reader: ResourceReader, offered: bool) -> Button | None:
    """The way to its own page: "Apply" on a primary button only where that is open to somebody."""
    ways = reader.who_states("how_to_apply").how_to_apply
    owner = reader.who_states("apply_url")
    if not owner.apply_url:
        return None
    chosen_by_them = reader.who_states("who_may_apply").who_may_apply == [Resource.Applicant.NOBODY]
    if not offered or chosen_by_them:
        return Button(owner.apply_url, _("Its own page"), primary=False)
    if is_unapplied(reader.resource):
        return Button(owner.apply_url, _("Go to its page"), primary=True)
    if reader.resource.clinic_must_apply:
        return Button(owner.apply_url, _("Page to apply, for your clinic"), primary=True)
    if Resource.HowToApply.ONLINE in ways:
        return Button(owner.apply_url, _("Apply online"), primary=True)
    return Button(owner.apply_url, _("See how to apply"), primary=True)


__all__ = ["Button", "Sheet", "Stated", "sheet_of", "to_read"]
