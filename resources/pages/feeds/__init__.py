"""What a feed reader is told: what opened, closed, changed and is new, as values.

A feed is of a search, of what turned lately, or of one resource. What an entry says never depends
on the day on which it is read, so that a feed stays the same for as long as nothing happens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from resources.models import Publication, Resource
from resources.pages import lately
from resources.pages.feeds.changes import News, changes_of, changes_since, news_of
from resources.pages.found import FoundPage
from resources.pages.links import search_url
from resources.pages.turned import TurnedPage, sentence_of, turns_of, word_of
from resources.translations import wording
from resources.trust import turns
from resources.trust.turns import Turn, Turns

# So many entries a feed has, the newest; and so many letters its title, which any words may be in.
ENTRIES, LONGEST_TITLE = 50, 90

# What names of feeds are made from: a UUID of version 4, drawn once.
FEEDS = UUID("5f0b6d0c-6b58-4b0e-9d43-0c7b3c1f8a52")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened. `id` is the same on every machine and in every language."""

    id: str
    title: str
    text: str
    path: str
    at: dt.datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, newest first. `path` is the page of the same, `own_path` the feed's own address.

    `key`: what tells it from all other feeds, wherever it is served from.
    """

    key: str
    title: str
    path: str
    own_path: str
    language: str
    updated: dt.datetime
    entries: list[Entry] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its name, which stays."""
        return uuid5(FEEDS, self.key).urn


def of_search(found: FoundPage) -> Feed:
    """What happened lately to what a search finds, whatever page and order it is on."""
    query = found.results.asked.whatever_way_shown()
    told = turns_of(found.directory)
    pks = found.results.matches | found.results.to_ask
    mine = (turn for turn in told.lately(found.directory.today) if turn.fund in pks)
    news = (one for one in changes_since(found.directory) if one.resource in pks)
    return _feed(
        found.title,
        search_url(query),
        search_url(query, page="search_feed"),
        _newest(mine, news),
        found,
        told,
    )


def of_turns(found: TurnedPage) -> Feed:
    """What opened and closed lately of what a query finds."""
    query = found.results.asked.whatever_way_shown()
    told = turns_of(found.directory)
    title = _("Opened and closed lately")
    if not query.is_empty:
        title = _("Opened and closed lately: %(search)s") % {"search": found.title}
    return _feed(
        title,
        search_url(query, page="open_now"),
        search_url(query, page="open_now_feed"),
        _newest(found.turns, ()),
        found,
        told,
    )


def _feed(
    title: str,
    path: str,
    own_path: str,
    newest: list[Turn | News],
    found: FoundPage,
    told: Turns,
) -> Feed:
    keys = [_resource_of(one) for one in newest]
    resources = Resource.objects.published().select_related("organisation")
    by_pk = resources.prefetch_related("translations").in_bulk(keys)
    entries = [
        _entry(one, by_pk[pk], found.language, asks=pk in found.results.to_ask)
        for one, pk in zip(newest, keys, strict=True)
        if pk in by_pk
    ]
    return Feed(
        key=own_path,
        title=_short(title),
        path=path,
        own_path=own_path,
        language=found.language,
        updated=_updated(entries, told.corrected_at),
        entries=entries,
    )


def of_resource(resource: Resource, language: str, own_path: str) -> Feed:
    """What happened to one published resource: when it turned, when it changed."""
    newest = _newest(turns.of(resource), changes_of(resource))
    entries = [_entry(one, resource, language) for one in newest]
    return Feed(
        key=f"{resource.public_id} {language}",
        title=_short(_name(resource, language)),
        path=resource.get_absolute_url(),
        own_path=own_path,
        language=language,
        updated=_updated(entries, turns.corrected_at(resource)),
        entries=entries,
    )


def of_withdrawn(resource: Resource, language: str, own_path: str) -> Feed:
    """That a resource is listed no longer, and when that was: as on its page, not what it was."""
    taken = Publication.objects.of(resource).filter(state=resource.publication_state).first()
    at = taken.at if taken else lately.began_at()
    entry = Entry(
        id=_id(resource, f"withdrawn {taken.version if taken else ''}"),
        title=_("We no longer list this"),
        text=_("A curator took this page down. What it said may have been wrong or out of date."),
        path=resource.get_absolute_url(),
        at=at,
        kind="withdrawn",
    )
    return Feed(
        key=f"{resource.public_id} {language}",
        title=entry.title,
        path=entry.path,
        own_path=own_path,
        language=language,
        updated=at,
        entries=[entry],
    )


def _newest(told: Iterable[Turn], news: Iterable[News]) -> list[Turn | News]:
    """As many as a feed has, by when they were recorded: a reader would miss what comes in late."""
    every: list[Turn | News] = [*told, *news]
    return sorted(every, key=attrgetter("at"), reverse=True)[:ENTRIES]


def _resource_of(one: Turn | News) -> int:
    return one.fund if isinstance(one, Turn) else one.resource


def _entry(one: Turn | News, resource: Resource, language: str, *, asks: bool = False) -> Entry:
    if isinstance(one, Turn):
        kind, word, text = f"seen-{one.status}", word_of(one), sentence_of(one)
        name = f"{one.status} {one.on} {one.at.isoformat()}"
    else:
        kind, word, text = news_of(one)
        name = f"version {one.version}"
    if asks:
        text = _("%(text)s It may not fit: the pages we saw say too little. Ask.") % {"text": text}
    said = {
        "what": word,
        "name": _name(resource, language),
        "organization": resource.organisation.name,
    }
    return Entry(
        id=_id(resource, name),
        title=pgettext("in a feed", "%(what)s: %(name)s, %(organization)s") % said,
        text=text,
        path=resource.get_absolute_url(),
        at=one.at,
        kind=kind,
    )


def _id(resource: Resource, name: str) -> str:
    return uuid5(resource.public_id, name).urn


def _name(resource: Resource, language: str) -> str:
    return str(wording(resource, "name", resource.name, language))


def _updated(entries: Iterable[Entry], corrected_at: dt.datetime | None) -> dt.datetime:
    """When something last happened, a correction included; else when all began."""
    moments = [entry.at for entry in entries] + ([corrected_at] if corrected_at else [])
    return max(moments, default=None) or lately.began_at()


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
