"""What an alert is about, and what its mail tells, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from resources import translations
from resources.languages import language_of_page
from resources.models import Alert, AlertNews, Resource
from resources.pages import cards
from resources.pages.sheet.standing import seen_sentence
from resources.search import sets
from resources.search.facets import FACETS
from resources.search.query import SearchQuery

Kind = AlertNews.Kind
# What may be waited for besides a resource: a need, an illness and a place, together.
ASKED_BY = ("need", "condition", "area")


@dataclass(frozen=True, slots=True)
class Item:
    """One resource of a mail: what has become of it, and how it stands on the day of the mail."""

    name: str
    organisation: str
    sentences: Sequence[str]
    phone: str
    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """A mail's subject and what it tells. `kind`: "opened", "mistaken" or "other"."""

    kind: str
    subject: str
    items: Sequence[Item]


def wished(asked: SearchQuery) -> SearchQuery:
    """What of a search may be waited for: one need, one illness, one place."""
    first = {facet: asked.values(facet)[:1] for facet in ASKED_BY}
    return SearchQuery(
        needs=first["need"], conditions=first["condition"], area="".join(first["area"])
    )


def what_of(alert: Alert, today: dt.date) -> str:
    """What an alert is about, in the language of the page: a name, or a search as a sentence.

    Names with their organisation: several have an "Emergency Fund".
    """
    if alert.resource is not None:
        return f"{_name(alert.resource, language_of_page())}, {alert.resource.organisation.name}"
    return in_words(SearchQuery.from_params(QueryDict(alert.query)), today)


def in_words(asked: SearchQuery, today: dt.date) -> str:
    """A search as a sentence: "Help with copays for leukemia in Ohio"."""
    directory, language = sets.current(today), language_of_page()
    return asked.describe(lambda facet, value: FACETS[facet].display(directory, value, language))


def _name(resource: Resource, language: str) -> str:
    return str(translations.wording(resource, "name", resource.name, language))


def told_by(numbers: Sequence[int], today: dt.date) -> Told:
    """What a mail with these news (`AlertMail.news`) tells on this day, resource by resource."""
    news = list(AlertNews.objects.filter(pk__in=numbers).order_by("pk"))
    kinds = {each.kind for each in news}
    of_each: dict[int, list[AlertNews]] = {}
    for each in news:
        of_each.setdefault(each.resource_id, []).append(each)
    # Withdrawn ones too: that they have gone is news.
    rows = Resource.objects.select_related("organisation", "part_of")
    found = rows.prefetch_related("translations").in_bulk(list(of_each))
    items = [_item(found[pk], told, today) for pk, told in of_each.items()]
    kind = "opened" if Kind.OPENED in kinds else "mistaken" if Kind.MISTAKEN in kinds else "other"
    return Told(kind, _subject(kind), items)


def _subject(kind: str) -> str:
    if kind == "opened":
        return _("Open now: help that you asked about")
    if kind == "mistaken":
        return _("Our mistake: it is not open after all")
    return _("News of the help that you asked about")


def _item(resource: Resource, news: Iterable[AlertNews], today: dt.date) -> Item:
    said = [_sentence(each) for each in news]
    if not resource.is_ended and resource.is_published:
        said.append(seen_sentence(resource.fund_status_on(today)))
    return Item(
        name=_name(resource, language_of_page()),
        organisation=resource.organisation.name,
        sentences=list(dict.fromkeys(filter(None, said))),
        phone=phone.number if (phone := cards.main_phone(resource)) else "",
        path=resource.get_absolute_url(),
    )


def _sentence(news: AlertNews) -> str:
    return {
        Kind.OPENED: _("It has opened."),
        Kind.MISTAKEN: _("We wrote to you that it is open. That was our mistake. We are sorry."),
        Kind.WAITLIST: _("It has a waiting list now."),
        Kind.CLOSED: _("It has closed."),
        Kind.NEW: _("It is new in the directory."),
        Kind.CHANGED: _("What we know of it has changed. Please read its page."),
        Kind.ENDED: _("It has ended, or is not listed any more."),
    }[Kind(news.kind)]
