"""Which database each request is read from, and what happens where one fails.

- A public page that only reads is read from a replica. Where that breaks off, it is asked of the
  next, from the beginning: whoever reads sees nothing of it.
- The desk, and public forms that keep something, read where they write, so that everybody sees what
  they have just saved. The answer to what a curator saved waits up to a second for the replicas, so
  that the public page that it leads to has it too.
- While nothing can be saved, whatever would save says so, and gives back what was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from directory.databases import reading
from directory.databases.asking import ask
from directory.databases.watch import Watch, watch
from directory.middleware import SAFE_METHODS
from directory.unavailable import cannot_save

Respond = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., Any])


def only_reads(view: View) -> View:
    """Mark a view that takes a POST and still saves nothing: it may be answered from a replica."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


class ChooseDatabase:
    """Stands after what refuses requests, before what looks up who is signed in."""

    def __init__(self, respond: Respond, watch: Watch = watch) -> None:
        self.respond = respond
        self.watch = watch

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        if self.watch.replicas and _has_saved_at_desk(request, response):
            with suppress(DatabaseError):  # what was saved is saved
                self.watch.wait_for_replicas()
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """None lets the request go on to its view, read where it writes."""
        if not self.watch.replicas:
            return None
        if _may_save(request, view):
            return self._for_saving(request, view, args, kwargs)
        return self._read(request, view, args, kwargs)

    def _for_saving(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if self.watch.can_write:
            return None
        if request.method in SAFE_METHODS and not _is_at_desk(request):
            return self._read(request, view, args, kwargs)
        return cannot_save(request)

    def _read(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase:
        # Until the response is closed this thread stays with what answered: a stream is read on.
        answer: HttpResponseBase = ask(lambda: view(request, *args, **kwargs), self.watch)
        return answer


def _may_save(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether a view may save something.

    All may at the desk, and in public those that take a form: they are exempt from the token.
    """
    if _is_at_desk(request):
        return True
    only_reads = getattr(view, "only_reads", False) or getattr(view, "changes_nothing", False)
    return getattr(view, "csrf_exempt", False) and not only_reads


def _has_saved_at_desk(request: HttpRequest, response: HttpResponseBase) -> bool:
    is_form = request.method not in SAFE_METHODS and response.status_code < 400
    return is_form and _is_at_desk(request)


def _is_at_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.SESSION_COOKIE_PATH)


request_finished.connect(reading.read_where_written)
