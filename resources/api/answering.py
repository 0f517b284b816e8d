"""What an answer of the API is: JSON with what tells whether it changed, or a stream of lines.

Open to pages of every site (CORS): there is no key, no cookie and nothing that could be changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import override

from resources.models import Publication
from resources.search.sets import Directory

NDJSON = "application/x-ndjson"

# What a browser lets a page of another site do.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After",
    "Access-Control-Max-Age": "86400",
}

# So many lines of a stream are sent at once.
LINES = 200

# Seconds for which an answer without anybody's words need not be asked for again.
FRESH = 60


def page(contents: Iterable[Mapping[str, Any]], *, total: int, number: int, size: int) -> Any:
    """The envelope of the standard around one page of a list."""
    held = list(contents)
    pages = max(1, -(-total // size))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(held),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not held,
        "contents": held,
    }


def written(document: Any) -> bytes:
    """A document as JSON."""
    return orjson.dumps(document)


def as_json(
    request: HttpRequest, document: Any, directory: Directory, *, status: int = 200
) -> HttpResponseBase:
    """The document; 304 where whoever asks has it already."""
    content = written(document)
    etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type="application/json", status=status)
    return _conditional(request, response, etag, directory)


def as_lines(
    request: HttpRequest, documents: Iterator[Mapping[str, Any]], directory: Directory
) -> HttpResponseBase:
    """The documents one a line, sent as they are read; 304 where nothing was published since."""
    asked = f"{request.get_host()} {request.get_full_path()}".encode()
    known = f"{directory.edition} {directory.today} {blake2b(asked, digest_size=8).hexdigest()}"
    etag = f'W/"{blake2b(known.encode(), digest_size=16).hexdigest()}"'
    response = StreamingHttpResponse(_lines(documents), content_type=NDJSON)
    if directory.is_passing:  # rows older than the tag says
        return response
    return _conditional(request, response, etag, directory)


def _lines(documents: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    """Each as a line, some hundred at a time: to hand over one by one takes longer than to write.

    In English: they are read after the page's language has been let go.
    """
    while True:
        with override("en"):
            lines = [written(document) + b"\n" for document in islice(documents, LINES)]
        if not lines:
            return
        yield b"".join(lines)


def _conditional(
    request: HttpRequest, response: HttpResponseBase, etag: str, directory: Directory
) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    modified = int(_last_change(directory).timestamp())
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(modified)
    unchanged: Any = get_conditional_response  # which takes a stream as well
    answer: HttpResponseBase = unchanged(request, etag, modified, response)
    return answer


def _last_change(directory: Directory) -> dt.datetime:
    """When anything public changed: the last publication, or midnight, when sightings grow old."""
    midnight = timezone.make_aware(dt.datetime.combine(directory.today, dt.time()))
    newest = directory.remembered("hsds last change", _newest)
    return max(midnight, newest) if newest else midnight


def _newest() -> dt.datetime | None:
    row = Publication.objects.filter(edition__isnull=False).order_by("-edition", "-pk").first()
    return row.at if row else None


def opened(response: HttpResponseBase, *, is_private: bool) -> HttpResponseBase:
    """The same, readable from every site; what holds somebody's words is kept by nobody else."""
    for name, value in CORS.items():
        response.headers[name] = value
    response.headers["X-Robots-Tag"] = "noindex"
    if response.status_code >= 400 or is_private:
        patch_cache_control(response, private=True, no_cache=True)
        response.headers["X-Accel-Buffering"] = "no"  # nginx lays none of it in a file
    else:
        patch_cache_control(response, public=True, max_age=FRESH)
    return response
