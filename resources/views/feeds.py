"""Feeds of searches, of what turned lately, and of one resource, as Atom (RFC 4287)."""

from __future__ import annotations

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from resources.context import SITE_NAME, directory_of
from resources.filters import SearchFilter
from resources.languages import language_of_page
from resources.models import PublicationState, Resource
from resources.pages import feeds
from resources.pages.feeds import Feed
from resources.pages.found import FoundPage
from resources.pages.turned import TurnedPage, turns_of
from resources.search.results import find
from resources.views.leading_on import entry_at, lead_on

# Seconds for which a reader need not ask again; funds open within hours, not minutes.
FRESH = 15 * 60


@require_safe
def search_feed(request: HttpRequest) -> HttpResponseBase:
    """What happened to what a search finds."""
    directory = directory_of(request)
    asked = SearchFilter(request.GET, directory)
    results = find(asked.query, directory, language_of_page())
    return _private(_answer(request, feeds.of_search(FoundPage(results, asked))))


@require_safe
def open_now_feed(request: HttpRequest) -> HttpResponseBase:
    """What opened and closed of what a query finds."""
    directory = directory_of(request)
    asked = SearchFilter(request.GET, directory)
    lately = turns_of(directory).lately(directory.today)
    results = find(asked.query, directory, language_of_page())
    return _private(_answer(request, feeds.of_turns(TurnedPage(results, asked, lately))))


@require_safe
def resource_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened to one resource; that it is listed no longer, where it was taken down."""
    found = Resource.objects.published().select_related("organisation")
    resource = found.prefetch_related("translations").filter(slug=slug).first()
    if resource is not None:
        feed = feeds.of_resource(resource, language_of_page(), request.path)
        return _answer(request, feed)
    entry = entry_at(Resource, slug)
    if isinstance(entry, Resource) and entry.publication_state == PublicationState.WITHDRAWN:
        own = reverse("resource_feed", args=[entry.slug])
        return _answer(request, feeds.of_withdrawn(entry, language_of_page(), own))
    return lead_on(request, Resource, slug, page="resource_feed")


def _answer(request: HttpRequest, feed: Feed) -> HttpResponseBase:
    """The feed as Atom; 304 where the reader has it already."""
    content = _atom(request, feed)
    etag = f'"{blake2b(content.encode(), digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type=_Atom.content_type)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(feed.updated.timestamp())
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=FRESH)
    modified = int(feed.updated.timestamp())
    return get_conditional_response(request, etag, modified, response) or response


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """For the reader alone: what somebody looks for stands in the address."""
    del response.headers["Cache-Control"]
    patch_cache_control(response, private=True, max_age=FRESH)
    return response


class _Atom(Atom1Feed):
    """Atom whose day of change is the feed's own, also where it has no entries."""

    def latest_post_date(self):  # type: ignore[no-untyped-def]
        return self.feed["updated"]


def _atom(request: HttpRequest, feed: Feed) -> str:
    absolute = request.build_absolute_uri
    atom = _Atom(
        title=_sayable(f"{feed.title} – {SITE_NAME}"),
        link=absolute(feed.path),
        description=None,
        language=feed.language,
        author_name=str(SITE_NAME),
        feed_url=absolute(feed.own_path),
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for entry in feed.entries:
        atom.add_item(
            title=_sayable(entry.title),
            link=absolute(entry.path),
            description=escape(_sayable(entry.text)),
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
            categories=[entry.kind],
        )
    return atom.writeString("utf-8")


def _sayable(text: str) -> str:
    """On one line, without what XML cannot say."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
