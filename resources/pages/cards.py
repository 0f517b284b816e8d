"""What a card says of a resource: its facts in a few words, its status, its phone.

Plain functions over a resource from `loading.load`; no queries of their own, no HTML.
Blank means "not stated on the pages seen", and is said so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from resources.eligibility.amounts import dollars
from resources.eligibility.guidelines import Guidelines, table_for
from resources.languages import language_name, one_of
from resources.models import FundStatusToday, Resource
from resources.models.entry import Phone
from resources.search.results import Note
from resources.translations import Wording, wording

# A call costs nothing from any phone in the United States (FCC, "What Is a Toll-Free Number").
TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})

# How many names a card lists before it says "and 4 more".
NAMES_ON_A_CARD = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is known of it, both in the language of the page."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Status:
    """A word for the tag, its kind (the class of the style sheet), and when it was seen."""

    kind: str
    word: str
    seen: str = ""


def facts(resource: Resource, guidelines: Guidelines, chosen: Container[str] = ()) -> list[Fact]:
    """Helps with, for whom, where (when not everywhere), insurance, income.

    Of several names those that the reader chose (slugs) come first.
    """
    found = [
        Fact(gettext("Helps with"), some(names(resource.inherited("needs"), chosen))),
        Fact(gettext("For"), illnesses(resource, chosen)),
        Fact(gettext("Where"), area(resource)),
        Fact(gettext("Insurance"), insurance(resource, chosen)),
        Fact(gettext("Income limit"), income(resource, guidelines)),
    ]
    return [fact for fact in found if fact.text]


def fitting(notes: Iterable[Note], resource: Resource) -> list[Note]:
    """The notes of a hit that are true of the resource: not everything national is everywhere."""
    return [note for note in notes if note != Note.NATIONAL or not resource.area_partial]


def names(terms: Iterable[Any], chosen: Container[str] = ()) -> list[str]:
    """The names of vocabulary terms in the language of the page, the chosen ones first."""
    return [term.display_name for term in sorted(terms, key=lambda term: term.slug not in chosen)]


def some(words: Sequence[str], limit: int = NAMES_ON_A_CARD) -> str:
    """ "a, b, c and 4 more"; one more than the limit is named rather than counted."""
    if len(words) <= limit + 1:
        return ", ".join(words)
    more = len(words) - limit
    return ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {
        "names": ", ".join(words[:limit]),
        "more": more,
    }


def illnesses(resource: Resource, chosen: Container[str] = ()) -> str:
    """The illnesses it is for; "no illness named" where its pages name none."""
    words = some(names(resource.inherited("conditions"), chosen))
    if not words:
        return gettext("no illness named")
    if resource.condition_partial:
        return gettext("%(illnesses)s (not for all: ask)") % {"illnesses": words}
    return words


def area(resource: Resource) -> str:
    """The states it is limited to, or parts of them; empty for the whole country."""
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        return gettext("only some places in the U.S.: ask") if resource.area_partial else ""
    states = some(names(resource.inherited("states")))
    if states and resource.area_partial:
        return gettext("parts of %(states)s") % {"states": states}
    return states


def insurance(resource: Resource, chosen: Container[str] = ()) -> str:
    """What insurance one must have or lack."""
    match resource.inherited("insurance_rule"):
        case Resource.InsuranceRule.ANY:
            return gettext("any or none")
        case Resource.InsuranceRule.LISTED:
            return some(names(resource.inherited("insurance"), chosen)) or gettext(
                "some kinds: ask"
            )
    return (
        gettext("you need to have some") if resource.insurance_required else gettext("not stated")
    )


def income(resource: Resource, guidelines: Guidelines) -> str:
    """The limit in dollars for one person where a guideline or a table gives it, else words."""
    match resource.inherited("income_rule"):
        case Resource.IncomeRule.NONE:
            return gettext("none")
        case Resource.IncomeRule.DESCRIBED:
            return gettext("there is one: ask")
        case Resource.IncomeRule.NOT_STATED:
            return gettext("not stated")
    most = limits_for(resource, guidelines)
    if not most:
        return gettext("there is one: ask")
    said = dict.fromkeys(map(dollars, most))
    return gettext("%(dollars)s a year for 1 person") % {"dollars": one_of([*said])}


def limits_for(resource: Resource, guidelines: Guidelines, people: int = 1) -> list[int]:
    """The most that a household of so many may earn, in dollars a year; none where no table says.

    Two while nobody knows by which year's guideline they go.
    """
    if resource.inherited("income_rule") == Resource.IncomeRule.DOLLAR_TABLE:
        rows = {row.household_size: row.dollars for row in resource.inherited("dollar_limits")}
        return [rows[people]] if people in rows else []
    percent = resource.inherited("income_limit_percent")
    tables = (state.guideline_table for state in resource.inherited("states"))
    is_national = resource.area_kind == Resource.AreaKind.NATIONAL
    table = table_for(tables, is_national=is_national)
    confirmed = resource.inherited("income_limit_year")
    found = guidelines.in_force(table, confirmed) if percent is not None else []
    return [guideline.limit(percent or 0, people) for guideline in found]


def statuses(resource: Resource, today: dt.date) -> list[Status]:
    """The tags that a card begins with: whether it still exists, then the status of its fund."""
    if resource.is_ended:
        return [Status("closed", gettext("Ended"))]
    found = []
    if resource.lifecycle == Resource.Lifecycle.UNCONFIRMED:
        found.append(Status("ask", gettext("May no longer exist in this form: ask")))
    return [*found, *filter(None, [fund_status(resource.fund_status_on(today))])]


def fund_status(status: FundStatusToday) -> Status | None:
    """The tag for a fund's status; None for what is no fund.

    A sighting past its time is no status: "Last seen open in October 2024; we don't know today".
    """
    if status.seen == Resource.FundStatus.NOT_APPLICABLE:
        return None
    if status.is_old:
        return Status("ask", last_seen(status).removesuffix("."))
    word = _status_word(status.counts)
    if word is None or status.seen_on is None:
        return Status("ask", gettext("Open? We don’t know"))
    seen = gettext("seen %(when)s") % {"when": when_seen(status)}
    return Status(status.counts, word, seen)


def _status_word(status: str) -> str | None:
    return {
        "open": pgettext("fund status", "Open"),
        "closed": pgettext("fund status", "Closed"),
        "waitlist": pgettext("fund status", "Waiting list"),
    }.get(status)


def last_seen(status: FundStatusToday) -> str:
    """What a sighting past its time says: what was seen, when, and that nobody knows today."""
    sentence = {
        "open": gettext("Last seen open %(when)s; we don’t know today."),
        "closed": gettext("Last seen closed %(when)s; we don’t know today."),
        "waitlist": gettext("Last seen with a waiting list %(when)s; we don’t know today."),
    }
    return sentence[status.seen] % {"when": when_seen(status)}


def when_seen(status: FundStatusToday) -> str:
    """ "on November 2, 2026", "in October 2024" or "in 2025": as precise as it is known."""
    return on_or_in(status.seen_on, status.precision) if status.seen_on else ""


def on_or_in(day: dt.date, precision: str = "day") -> str:
    """A date with its preposition: "on November 2, 2026", "in October 2024", "in 2025"."""
    if precision in ("month", "year"):
        return pgettext("month or year", "in %(when)s") % {"when": when(day, precision)}
    return pgettext("day", "on %(when)s") % {"when": when(day, precision)}


def when(day: dt.date, precision: str = "day") -> str:
    """A date as precise as it is known: "November 2, 2026", "October 2024" or "2025"."""
    if precision == "year":
        return str(day.year)
    return date_format(day, "YEAR_MONTH_FORMAT" if precision == "month" else "DATE_FORMAT")


def age_of_facts(resource: Resource) -> str:
    """ "from a 2017 page", or that its pages bear no date."""
    if resource.year_of_facts is None:
        return gettext("from pages without a date")
    return gettext("from a %(year)d page") % {"year": resource.year_of_facts}


def checked(entry: Any, today: dt.date) -> str:
    """When a person last compared the entry with its source, and whether that is too long ago."""
    if entry.checked_on is None:
        return gettext("not yet checked by a person")
    said = {"when": on_or_in(entry.checked_on)}
    review = getattr(entry, "review", None)
    if review is not None and review.is_overdue(today):
        return gettext("checked by a person %(when)s, overdue for the next check") % said
    return gettext("checked by a person %(when)s") % said


def main_phone(resource: Resource) -> Phone | None:
    """The number to call first: its own, its programme's, else its organisation's. Never a TTY."""
    for phones in (resource.inherited("phones"), resource.organisation.phones.all()):
        for phone in phones:
            if not phone.is_tty:
                return phone
    return None


def cost(phone: Phone) -> str:
    """ "free call" where it is one; nothing where that is not known."""
    return gettext("free call") if phone.dial[2:5] in TOLL_FREE else ""


def about_phone(phone: Phone, language: str) -> list[Wording]:
    """What a number is for and what else is noted of it: "Hill-Burton line", "Ext. 103"."""
    texts = {"phone_purpose": phone.purpose, "phone_note": phone.note}
    return [wording(phone.entry, field, text, language) for field, text in texts.items() if text]


def spoken(languages: Sequence[str] | None) -> str:
    """Which languages somebody answers in, or how to ask for Spanish where nobody knows."""
    if languages is None:
        return gettext("Spanish? We don’t know. Say: “Spanish, please.”")
    return ", ".join(map(language_name, languages))
