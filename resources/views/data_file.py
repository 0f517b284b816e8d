"""The files of the published editions: whole or a part, and not again where nothing changed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import NotARegularFileError, StaticFile

from directory.proxies import sender_of
from resources.opendata import folder
from resources.opendata.folder import File, Published
from resources.trust import floods

# What an edition is called that is always the newest.
LATEST = "latest"

# Files of one sender and of all together, in a minute: each holds a thread while it is read.
MINUTE, OF_ONE, OF_ALL = 60, 30, 300

# Seconds for which a file need not be asked for again.
FRESH = {True: 5 * 60, False: 24 * 60 * 60}  # of the newest edition, of one by its own name

TEXT = "text/plain; charset=utf-8"
TYPES = {
    ".gz": "application/gzip",
    ".zip": "application/zip",
    ".json": "application/json",
}


@require_safe
def data_file(request: HttpRequest, edition: str, name: str) -> HttpResponseBase:
    """A file of an edition. What the index does not list is not there, whatever the disk holds."""
    if not floods.let_through(
        sender_of(request), "data", within=MINUTE, of_one=OF_ONE, of_all=OF_ALL
    ):
        return _too_often()
    found, file = _listed(edition, name)
    etag = f'"{file.sha256}"'
    answer = get_conditional_response(request, etag) or _sent(request, found, file, etag)
    answer.headers["ETag"] = etag
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(answer, public=True, max_age=FRESH[edition == LATEST])
    return answer


def _listed(edition: str, name: str) -> tuple[Published, File]:
    """The edition of this name with its file of this name. Raises `Http404`."""
    editions = folder.listed(root())
    names = {one.name: one for one in editions} | ({LATEST: editions[-1]} if editions else {})
    file = names[edition].file(name) if edition in names else None
    if file is None:
        raise Http404
    return names[edition], file


def _sent(request: HttpRequest, edition: Published, file: File, etag: str) -> HttpResponseBase:
    """The file, or the part of it that is asked for."""
    headers = [
        ("Content-Type", type_of(file)),
        ("ETag", etag),
        ("Accept-Ranges", "bytes"),
    ]
    if request.headers.get("If-Range", etag) != etag:
        request.META.pop("HTTP_RANGE", None)  # the rest of another file would be of no use
    # The files are compressed already; compressed once more they would lose length and parts.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    try:
        static = StaticFile(str(root() / edition.folder / file.name), headers)
        answer: HttpResponseBase = WhiteNoiseMiddleware.serve(static, request)
    except (OSError, NotARegularFileError):
        raise Http404 from None  # it was taken away since the index was read
    return answer


def _too_often() -> HttpResponse:
    words = "Too many files in a minute. Wait a minute, then try again.\n"
    return HttpResponse(words, status=429, content_type=TEXT, headers={"Retry-After": str(MINUTE)})


def type_of(file: File) -> str:
    """The media type of a file."""
    return TYPES.get(Path(file.name).suffix, TEXT)


def root() -> Path:
    """Where the editions lie."""
    return Path(settings.DATA_FOLDER)
