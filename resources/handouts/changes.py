"""What has changed since a list was made: closed, opened, moved, renamed, withdrawn.

Read from the record of publications, in which a sighting of a fund stands as well. What was changed
on the very day counts as changed after it: better said twice than not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.handouts.entries import Entries
from resources.handouts.handout import HandOut
from resources.handouts.record import Document, as_of
from resources.models import FormerSlug, Organisation, Resource
from resources.pages import cards, sheet
from resources.pages.alternatives import NONE, Alternatives, alternatives_to, query_like
from resources.pages.links import search_url
from resources.pages.sheet.standing import seen_sentence, what_became_of
from resources.search.sets import Directory
from resources.translations import Wording, wording

# Other help is looked for in place of so many; the page of each further one names its own.
MOST_LED_ON = 10

Status = Resource.FundStatus


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise with one of the list. `instead`: other help, where this is of no use."""

    name: Wording
    path: str
    sentences: list[str]
    instead: Alternatives
    more: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Those that changed, in the order of the list, and of how many."""

    changed: list[Change]
    of: int
    since: dt.date


@dataclass(frozen=True, slots=True)
class Before:
    """One of the list as it was, with its programme and its organisation as they were."""

    resource: Document
    programme: Document
    organisation: Document

    @property
    def phone(self) -> str:
        """The number to call first, as it was dialled."""
        for document in (self.resource, self.programme, self.organisation):
            for phone in document.get("phones", ()):
                if not phone.get("is_tty"):
                    return str(phone.get("dial", ""))
        return ""


def changes_of(
    handout: HandOut, entries: Entries, directory: Directory, *, today: dt.date, language: str
) -> Changes | None:
    """What has changed; None on the day that it was made. In the language of the page."""
    if handout.made >= today:
        return None
    withdrawn = sheet.to_read().in_bulk(list(entries.withdrawn))
    now = {**entries.resources, **withdrawn}
    told = {number: [_("We no longer list this.")] for number in withdrawn}
    for number, before in _before(handout, entries).items():
        told[number] = list(_sentences(before, now[number], today))
    changed = [number for number in handout.numbers if told.get(number)]
    useless = [n for n in changed if n in withdrawn or _is_of_no_use(now[n], today)]
    return Changes(
        [
            Change(
                name=_name(number, now[number], entries, language),
                path="" if number in withdrawn else now[number].get_absolute_url(),
                sentences=told[number],
                instead=alternatives_to(now[number], directory, language)
                if number in useless[:MOST_LED_ON]
                else NONE,
                more=search_url(query_like(now[number], directory)) if number in useless else "",
            )
            for number in changed
        ],
        of=len(now),
        since=handout.made,
    )


def _name(number: int, resource: Resource, entries: Entries, language: str) -> Wording:
    """Of what was withdrawn, the last that was public."""
    if number in entries.withdrawn:
        return Wording(entries.withdrawn[number].name, "en")
    return wording(resource, "name", resource.name, language)


def _before(handout: HandOut, entries: Entries) -> dict[int, Before]:
    """Each of the list as it was; of the programme and the house that it has today, the same."""
    own = dict(Resource.objects.filter(pk__in=entries.resources).values_list("pk", "public_id"))
    around = {
        one.public_id
        for resource in entries.resources.values()
        for one in (resource.organisation, resource.part_of)
        if one is not None
    }
    record = as_of(handout.made, {*own.values(), *around})
    return {
        number: Before(
            record[own[number]],
            record.get(resource.part_of.public_id, {}) if resource.part_of else {},
            record.get(resource.organisation.public_id, {}),
        )
        for number, resource in entries.resources.items()
        if own[number] in record
    }


def _is_of_no_use(resource: Resource, today: dt.date) -> bool:
    return resource.is_ended or resource.fund_status_on(today).counts == Status.CLOSED


def _sentences(before: Before, resource: Resource, today: dt.date) -> Iterator[str]:
    yield from _of_its_life(before.resource, resource)
    yield from _of_its_fund(before.resource, resource, today)
    yield from _of_its_name(before.resource, resource)
    yield from _of_its_house(before, resource)
    yield from _of_its_phone(before, resource)


def _of_its_life(before: Document, resource: Resource) -> Iterator[str]:
    was, now = before.get("lifecycle"), resource.lifecycle
    if was == now:
        return
    match now:
        case Resource.Lifecycle.ENDED:
            yield _("This help has ended.")
        case Resource.Lifecycle.UNCONFIRMED:
            yield _("It may no longer exist in this form: ask.")
        case Resource.Lifecycle.RUNNING:
            yield _("It is there again.")


def _of_its_fund(before: Document, resource: Resource, today: dt.date) -> Iterator[str]:
    said = {
        Status.CLOSED: _("It has closed."),
        Status.OPEN: _("It has opened."),
        Status.WAITLIST: _("It has a waiting list now."),
    }
    now = Status(resource.fund_status)
    if before.get("fund_status") != now and now in said and not resource.is_ended:
        yield f"{said[now]} {seen_sentence(resource.fund_status_on(today))}"


def _of_its_name(before: Document, resource: Resource) -> Iterator[str]:
    was = before.get("name", "")
    if was and was != resource.name:
        yield _("It is now called %(name)s; it was %(was)s.") % {"name": resource.name, "was": was}


def _of_its_house(before: Before, resource: Resource) -> Iterator[str]:
    house, was = resource.organisation, before.resource.get("organisation", "")
    if was != house.slug and not _had_slug(house, was):
        yield _("It is now run by %(name)s.") % {"name": house.name}
    elif before.organisation.get("status", house.status) != house.status and house.is_gone:
        yield f"{what_became_of(house)}."
    elif before.organisation.get("name", house.name) != house.name:
        names = {"name": house.name, "was": before.organisation["name"]}
        yield _("The organization is now called %(name)s; it was %(was)s.") % names


def _had_slug(house: Organisation, slug: str) -> bool:
    former = FormerSlug.objects.filter(kind=house.KIND, slug=slug, public_id=house.public_id)
    return former.exists()


def _of_its_phone(before: Before, resource: Resource) -> Iterator[str]:
    phone = cards.main_phone(resource)
    was, now = before.phone, phone.dial if phone else ""
    if was == now:
        return
    if phone is None:
        yield _("We know no phone number for it any more.")
    else:
        yield _("New phone number: %(number)s.") % {"number": phone.number}
