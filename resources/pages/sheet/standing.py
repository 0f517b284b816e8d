"""What must be said before anything else: it has ended, it is closed, nobody is sure it exists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from resources.models import FundStatusToday, Organisation, Resource
from resources.pages import cards
from resources.pages.sheet.reading import ResourceReader, heir_of
from resources.translations import Wording

Status = Resource.FundStatus
Lifecycle = Resource.Lifecycle


class Standing(StrEnum):
    """How a resource stands today, the worst first."""

    ENDED = "ended"
    CLOSED = "closed"
    UNCONFIRMED = "unconfirmed"
    GONE = "gone"  # its organisation has been renamed, merged or closed
    WAITLIST = "waitlist"
    LONG_AGO = "long_ago"  # its status was seen, too long ago to count
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Notice:
    """The first thing on the page. `stops` tells red from amber; the words say it as well."""

    heading: str
    sentences: list[Wording]
    stops: bool


def standings_of(resource: Resource, status: FundStatusToday) -> list[Standing]:
    """Everything that stands in the way today, the worst first; `[FINE]` where nothing does."""
    programme = resource.part_of
    present = (
        (Standing.ENDED, resource.is_ended or (programme is not None and programme.is_ended)),
        (Standing.CLOSED, status.counts == Status.CLOSED),
        (Standing.UNCONFIRMED, resource.lifecycle == Lifecycle.UNCONFIRMED),
        (Standing.GONE, resource.organisation.is_gone),
        (Standing.WAITLIST, status.counts == Status.WAITLIST),
        (Standing.LONG_AGO, status.is_old and not resource.is_ended),
    )
    return [standing for standing, holds in present if holds] or [Standing.FINE]


def may_be_offered(standings: list[Standing], status: FundStatusToday) -> bool:
    """Whether a button to apply may stand out: never on what is over, unsure or seen closed."""
    blocking = {Standing.ENDED, Standing.CLOSED, Standing.UNCONFIRMED, Standing.GONE}
    return not blocking & set(standings) and status.seen != Status.CLOSED


def notice_of(
    reader: ResourceReader, status: FundStatusToday, standings: list[Standing]
) -> Notice | None:
    """The notice for the top of the page: the worst as its heading, each further as a sentence."""
    if standings == [Standing.FINE]:
        return None
    return Notice(
        heading=_heading(standings[0], reader.resource, status),
        sentences=[
            sentence
            for standing in standings
            for sentence in _sentences(
                standing, reader, status, is_heading=standing is standings[0]
            )
            if sentence
        ],
        stops=standings[0] in (Standing.ENDED, Standing.CLOSED),
    )


def _heading(standing: Standing, resource: Resource, status: FundStatusToday) -> str:
    match standing:
        case Standing.ENDED:
            return _("This help has ended")
        case Standing.CLOSED:
            return _("This fund is closed to new people")
        case Standing.UNCONFIRMED:
            return _("This may no longer exist in this form")
        case Standing.GONE:
            return what_became_of(resource.organisation)
        case Standing.WAITLIST:
            return _("There is a waiting list")
    return _("Open today? We don’t know")


def _sentences(
    standing: Standing, reader: ResourceReader, status: FundStatusToday, *, is_heading: bool
) -> list[Wording]:
    resource = reader.resource
    match standing:
        case Standing.ENDED:
            return [reader.own(_ended(resource))]
        case Standing.UNCONFIRMED:
            return [reader.own(_("Ask before you count on it."))]
        case Standing.GONE:
            organisation = resource.organisation
            became = "" if is_heading else what_became_of(organisation)
            return [reader.own(became), reader.text(organisation, "status_note")]
    return [reader.own(seen_sentence(status))]


def _ended(resource: Resource) -> str:
    if not resource.is_ended:
        return _("The program that it belongs to has ended.")
    if resource.lifecycle_since is None:
        return _("It no longer takes anyone.")
    return _("It ended %(when)s.") % {"when": cards.on_or_in(resource.lifecycle_since)}


def seen_sentence(status: FundStatusToday) -> str:
    """What somebody saw and when; that nobody knows today, once it is too long ago."""
    if status.seen_on is None:
        return _("Open or closed? We don’t know.")
    seen = {"when": cards.when_seen(status)}
    if status.is_old:
        return {
            Status.OPEN: _("Last seen open %(when)s; we don’t know today."),
            Status.CLOSED: _("Last seen closed %(when)s; we don’t know today."),
            Status.WAITLIST: _("Last seen with a waiting list %(when)s; we don’t know today."),
        }[Status(status.seen)] % seen
    return {
        Status.OPEN: _("Seen open %(when)s."),
        Status.CLOSED: _("Seen closed %(when)s."),
        Status.WAITLIST: _("A waiting list was seen %(when)s."),
    }.get(Status(status.seen), _("Looked at %(when)s: not stated.")) % seen


def what_became_of(organisation: Organisation) -> str:
    """What became of an organisation: closed, renamed, merged; empty while it is active."""
    heir = heir_of(organisation)
    names = {"name": organisation.name, "heir": heir.name if heir else ""}
    match organisation.status:
        case Organisation.Status.RENAMED if heir:
            return _("%(name)s is now called %(heir)s") % names
        case Organisation.Status.RENAMED:
            return _("%(name)s has a new name that we don’t know") % names
        case Organisation.Status.MERGED if heir:
            return _("%(name)s is now part of %(heir)s") % names
        case Organisation.Status.MERGED:
            return _("%(name)s has merged into another organization") % names
        case Organisation.Status.CLOSED if heir:
            return _("%(name)s has closed; %(heir)s took its place") % names
        case Organisation.Status.CLOSED:
            return _("%(name)s has closed") % names
    return ""


def since(organisation: Organisation) -> str:
    """When that was, as a sentence; empty where the day is not known."""
    day = organisation.status_since
    return _("This happened %(when)s.") % {"when": cards.on_or_in(day)} if day else ""
