"""What a list says: one value, from which its page, its print, its PDF and its files are made.

What is said of a resource is read from its sheet, as its own page does. Nothing is said of anybody
who reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from resources.eligibility.reading import guidelines_of
from resources.handouts.code import code_of
from resources.handouts.entries import Entries, Withdrawn
from resources.handouts.handout import HandOut
from resources.handouts.squares import square_of
from resources.handouts.wishes import NO_NOTES, Notes, Wishes
from resources.models import Resource
from resources.pages import cards, sheet
from resources.pages.sheet import Sheet
from resources.pages.sheet.contact import PhoneLine
from resources.pages.sheet.standing import seen_sentence
from resources.pages.sheet.steps import Step
from resources.search.sets import Directory
from resources.translations import Wording

# Funds open and close within days: a list is looked at again after a month at the latest.
LOOK_AGAIN = dt.timedelta(days=30)

# From an address of ours to the whole one: "/l/1c5v" -> "https://directory.example/l/1c5v".
Absolute = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Item:
    """One resource of a list.

    `status`: whether its fund is open, in words, or that nobody knows; empty for what is no fund.
    `address`: its own page on the web; `url`: its page here, whole. `deadlines`: what its pages say
    of when to apply or to apply again.
    """

    number: int
    name: Wording
    english_name: str
    organisation: str
    place: str
    what: Wording
    warning: str
    warned: list[Wording]
    stops: bool
    status: str
    phones: list[PhoneLine]
    to_say: str
    papers: list[Wording]
    heading: str
    steps: list[Step]
    languages: list[Wording]
    deadlines: list[Wording]
    address: str
    path: str
    url: str
    checked: str
    age: str
    note: str
    is_unreviewed: bool
    is_gone: ClassVar[bool] = False

    @property
    def square(self) -> SafeString:
        """The way to its page here, for a phone's camera."""
        return square_of(self.url, _("QR code: the page about %(name)s") % {"name": self.name})


@dataclass(frozen=True, slots=True)
class Gone:
    """One that is listed no longer: what it was called, and who may know more."""

    number: int
    name: str
    organisation: str
    path: str
    note: str
    is_gone: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A list in one language on one day. `illnesses`: slug and name of those that it could name."""

    handout: HandOut
    wishes: Wishes
    title: str
    note: str
    items: list[Item | Gone]
    unknown: int
    illnesses: list[tuple[str, str]]
    code: str
    url: str
    today: dt.date

    @property
    def resources(self) -> list[Item]:
        """Without those that are listed no longer."""
        return [item for item in self.items if isinstance(item, Item)]

    @property
    def later(self) -> dt.date:
        """A day on which to look at it again, where none is stated."""
        return self.today + LOOK_AGAIN

    @property
    def address(self) -> str:
        """The address of its link as somebody types it."""
        return bare(self.url)

    @property
    def square(self) -> SafeString:
        """The link, for a phone's camera."""
        return square_of(self.url, _("QR code: this list on the web"))

    @property
    def is_unreviewed(self) -> bool:
        """Whether any of its words are a translation that nobody has read."""
        return any(item.is_unreviewed for item in self.resources)


def paper_of(
    handout: HandOut,
    directory: Directory,
    *,
    today: dt.date,
    absolute: Absolute,
    wishes: Wishes,
    notes: Notes = NO_NOTES,
    entries: Entries,
) -> Paper:
    """What the list says today. `entries`: what stands behind its numbers."""
    with override(wishes.language):
        illnesses = illnesses_of(entries)
        code = code_of(handout)
        return Paper(
            handout=handout,
            wishes=wishes,
            title=_title(dict(illnesses).get(wishes.illness)),
            note=notes.whole,
            items=list(_items(handout, entries, directory, today, absolute, wishes, notes)),
            unknown=len(entries.unknown),
            illnesses=illnesses,
            code=code,
            url=absolute(reverse("shared_list", args=[code])),
            today=today,
        )


def _title(illness: str | None) -> str:
    """Names no illness unless somebody asked for it: a sheet of paper lies about."""
    if illness is None:
        return _("Places that may help")
    return _("Places that may help: %(illness)s") % {"illness": illness}


def illnesses_of(found: Entries) -> list[tuple[str, str]]:
    """The illnesses that its resources are for, slug and name: a title may name one of them."""
    terms = {
        term.slug: str(term.display_name)
        for resource in found.resources.values()
        for term in resource.inherited("conditions")
    }
    return sorted(terms.items(), key=lambda term: term[1].casefold())


def _items(
    handout: HandOut,
    found: Entries,
    directory: Directory,
    today: dt.date,
    absolute: Absolute,
    wishes: Wishes,
    notes: Notes,
) -> Iterator[Item | Gone]:
    guidelines = guidelines_of(directory)
    for number in handout.numbers:
        note = notes.of.get(number, "")
        if number in found.resources:
            resource = found.resources[number]
            made = sheet.sheet_of(
                resource, guidelines=guidelines, today=today, language=wishes.language
            )
            yield _item(number, made, today, absolute, note)
        elif number in found.withdrawn:
            yield _gone(found.withdrawn[number], note)


def _item(number: int, made: Sheet, today: dt.date, absolute: Absolute, note: str) -> Item:
    resource, path = made.resource, made.resource.get_absolute_url()
    return Item(
        number=number,
        name=made.title,
        english_name=made.english_name,
        organisation=resource.organisation.name,
        place=resource.organisation.place,
        what=made.summary,
        warning=made.notice.heading if made.notice else "",
        warned=made.notice.sentences if made.notice else [],
        stops=made.notice.stops if made.notice else False,
        status="" if made.notice else _status(made),
        phones=made.contact.phones,
        to_say=_to_say(made) if made.contact.phones else "",
        papers=[paper for step in made.steps.steps for paper in step.items],
        heading=made.steps.heading,
        steps=[] if made.is_over else made.steps.steps,
        languages=made.languages.texts,
        deadlines=_deadlines(made),
        address=_address(made),
        path=path,
        url=absolute(path),
        checked=cards.checked(resource, today),
        age=made.provenance.age,
        note=note,
        is_unreviewed=made.shows_unreviewed,
    )


def _gone(entry: Withdrawn, note: str) -> Gone:
    organisation = entry.organisation
    return Gone(
        number=entry.number,
        name=entry.name,
        organisation=organisation.name if organisation else "",
        path=organisation.get_absolute_url() if organisation else "",
        note=note,
    )


def _status(made: Sheet) -> str:
    if made.status.seen == Resource.FundStatus.NOT_APPLICABLE:
        return ""
    return seen_sentence(made.status)


def _to_say(made: Sheet) -> str:
    """How a call can begin. It is the same for everybody: nothing of the caller is known.

    With the name that whoever answers knows.
    """
    first = _("I am calling about %(name)s.") % {"name": made.resource.name}
    if made.steps.clinic_must:
        return f"{first} {_('My clinic has to apply. What do you need from them, and from me?')}"
    if made.steps.is_unapplied or made.resource.takes_anyone:
        return f"{first} {_('Can you help me, or tell me who can?')}"
    return f"{first} {_('Is it open now? How do I apply?')}"


def _deadlines(made: Sheet) -> list[Wording]:
    """What it says of when to apply, to use it by, and to apply again."""
    dated = (step for step in made.steps.steps if step.is_dated)
    return [text for step in dated for text in step.sentences[1:]]


def _address(made: Sheet) -> str:
    """The page to apply at, or else its organisation's."""
    return bare(made.button.url if made.button else made.contact.website)


def bare(url: str) -> str:
    """An address without what nobody needs to type."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
