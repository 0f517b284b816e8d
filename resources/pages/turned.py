"""What opened and closed lately, of all organisations: a page that is asked as the search is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from pyroaring import BitMap

from resources.filters import SearchFilter
from resources.models import Resource, StatusSighting
from resources.pages.cards import on_or_in, when
from resources.pages.found import FoundPage
from resources.pages.links import search_url
from resources.search.results import PAGE_SIZE, SearchResults
from resources.search.sets import Directory
from resources.trust import turns
from resources.trust.turns import Turn, Turns

Status = StatusSighting.Status


@dataclass(frozen=True, slots=True)
class Line:
    """A turn of a fund in words; `asks`: too little is stated to tell whether it fits."""

    resource: Resource
    kind: str
    word: str
    sentence: str
    is_past: bool
    asks: bool


def turns_of(directory: Directory) -> Turns:
    """The turns as of now, for a page of this directory."""
    passing = directory.is_passing
    return turns.current(directory.edition, directory.today, is_passing=passing)


class TurnedPage(FoundPage):
    """The turns of the funds that a query finds, newest first, a page of them."""

    page = "open_now"

    def __init__(self, results: SearchResults, asked: SearchFilter, lately: Iterable[Turn]) -> None:
        """`lately`: newest first. Of what the query finds, what never turned is left out."""
        found = results.matches | results.to_ask
        self.turns = [turn for turn in lately if turn.fund in found]
        turned = BitMap(turn.fund for turn in self.turns)
        super().__init__(results.without(results.directory.everything - turned), asked)

    @property
    def count(self) -> int:
        """How many turns there are, on all pages."""
        return len(self.turns)

    @property
    def last_page(self) -> int:
        """How many pages of turns there are; at least one."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def search(self) -> str:
        """The search with the same filters."""
        return search_url(self.results.asked.whatever_way_shown())

    @cached_property
    def lines(self) -> list[Line]:
        """This page's, in the language of the page."""
        start = (self.query.page - 1) * PAGE_SIZE
        turns = self.turns[start : start + PAGE_SIZE]
        funds = funds_of(turns)
        return [
            _line(turn, funds[turn.fund], self, asks=turn.fund in self.results.to_ask)
            for turn in turns
            if turn.fund in funds
        ]


def funds_of(turns: Iterable[Turn]) -> dict[int, Resource]:
    """The published funds of these turns, with their organisations. Two queries."""
    found = Resource.objects.published().select_related("organisation")
    return found.prefetch_related("translations").in_bulk([turn.fund for turn in turns])


def _line(turn: Turn, fund: Resource, page: TurnedPage, *, asks: bool) -> Line:
    now = fund.fund_status_on(page.directory.today).counts
    return Line(
        resource=fund,
        kind=turn.status,
        word=word_of(turn),
        sentence=sentence_of(turn),
        is_past=now != turn.status,
        asks=asks,
    )


def word_of(turn: Turn) -> str:
    """ "Opened"; of a first sighting, which is no turn, "Seen open"."""
    if turn.is_first:
        return {
            Status.OPEN: _("Seen open"),
            Status.CLOSED: _("Seen closed"),
            Status.WAITLIST: _("Waiting list seen"),
        }[Status(turn.status)]
    return {
        Status.OPEN: _("Opened"),
        Status.CLOSED: pgettext("it happened", "Closed"),
        Status.WAITLIST: _("Waiting list began"),
    }[Status(turn.status)]


def sentence_of(turn: Turn) -> str:
    """When it was seen so, since when it is so if that is said, and when it was seen otherwise."""
    if turn.since and turn.since != turn.on:
        said = {"since": when(turn.since), "seen": on_or_in(turn.on, turn.precision)}
        sentence = _("Since %(since)s, seen %(seen)s.") % said
    else:
        sentence = _("Seen %(seen)s.") % {"seen": on_or_in(turn.on, turn.precision)}
    return f"{sentence} {_before(turn)}"


def _before(turn: Turn) -> str:
    if turn.was_on is None:
        return _("We had not looked at it before.")
    said = {"when": on_or_in(turn.was_on, turn.was_precision)}
    return {
        Status.OPEN: _("Before that, seen open %(when)s."),
        Status.CLOSED: _("Before that, seen closed %(when)s."),
        Status.WAITLIST: _("Before that, a waiting list was seen %(when)s."),
    }[Status(turn.was)] % said
