"""Has the application render a page, as it would for somebody who asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override

from directory.databases import reading
from resources.models import Recorded
from resources.search.sets import Directory


class NotRendered(Exception):
    """The application answered a page of the copy with something else than the page."""


class Renderer:
    """Renders pages of one edition. `site`: the public address, which pages name as their own."""

    def __init__(self, directory: Directory, site: str) -> None:
        address = urlsplit(site)
        self._directory, self._secure = directory, address.scheme == "https"
        self._ask = RequestFactory(
            SERVER_NAME=address.hostname or "localhost",
            SERVER_PORT=str(address.port or (443 if self._secure else 80)),
        )

    def page(self, address: str, entry: Recorded | None = None) -> str:
        """The page at an address of the site, query included. Raises `NotRendered`.

        `entry`: what the page is of, read already with all that the page says.
        """
        with override(language_of(address)):
            request = self._request(address)
            request.entry = entry
            match = request.resolver_match = resolve(request.path_info)
            answer = match.func(request, *match.args, **match.kwargs)
        if answer.status_code != 200:
            raise NotRendered(f"{address} is answered with {answer.status_code}")
        text: str = answer.content.decode()
        return text

    def template(self, address: str, name: str, context: Mapping[str, Any]) -> str:
        """A page of the copy alone, from a template."""
        with override(language_of(address)):
            return render_to_string(name, dict(context), self._request(address))

    def _request(self, address: str) -> Any:
        request: Any = self._ask.get(address, secure=self._secure)
        # As `resources.context.directory_of` keeps it.
        request.directory, request.directory_is_of = self._directory, reading.alias()
        request.resolver_match = None
        return request


def language_of(address: str) -> str:
    """The language of the page at an address of the site."""
    first = address.removeprefix("/").partition("/")[0].partition("?")[0]
    known = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return first if first in known else settings.LANGUAGE_CODE
