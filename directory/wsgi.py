"""The application that the web server calls."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

_django = get_wsgi_application()
_log = logging.getLogger("directory.wsgi")

# What needs settings can be imported only after Django has been set up.
import_module("directory.databases.kept_open").keep_open()
import_module("directory.databases.watch").watch.start()
import_module("resources.search.warming").warm_up()
import_module("resources.trust.turns").warm_up()
import_module("resources.search.tally").keep_writing()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django's answer, or 500 where the request was too broken for Django to read at all."""
    try:
        return _django(environ, start_response)
    except Exception:
        _log.exception("A request could not be read")
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"Something went wrong."]
