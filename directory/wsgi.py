"""The application that the web server calls."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from threading import Thread
from typing import Any

from django.core.wsgi import get_wsgi_application

from resources.search.areas import zip_codes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

_django = get_wsgi_application()
_log = logging.getLogger("directory.wsgi")

# So that the first who gives a ZIP code does not wait for the table.
Thread(target=zip_codes, daemon=True).start()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django's answer, or 500 where the request was too broken for Django to read at all."""
    try:
        return _django(environ, start_response)
    except Exception:
        _log.exception("A request could not be read")
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"Something went wrong."]
