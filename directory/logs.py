"""Logs that say what went wrong and where, and nothing about who asked for what.

No query string, no form data, no code of a list, no client's full address, and no exception's
message: it quotes what was typed, PostgreSQL's most of all. Tracebacks keep file, line, function
and the exception's type.
"""

from __future__ import annotations

import copy
import ipaddress
import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

# What `granian.access` writes for a request: neither whose it was nor what was searched for.
ACCESS_FORMAT = '[%(time)s] "%(method)s %(path)s %(protocol)s" %(status)d %(dt_ms).1f ms'

_QUERY = re.compile(r"\?[^\s\"'<>]*")
_LIST = re.compile(r"(?<=/l/)[^\s\"'<>?]+")  # the code of a list says what somebody looks for
_MAYBE_ADDRESS = re.compile(r"(?<![\w.:])(?:\d+\.\d+\.\d+\.\d+|[0-9a-fA-F]*:[0-9a-fA-F:.]*)(?!\w)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TRACEBACK = "Traceback (most recent call last):"
_EXCEPTION_TYPE = re.compile(r"[A-Za-z_][\w.]*(?=:|$)")


class PrivateFormatter(logging.Formatter):
    """Formats a record without the words of the one who sent the request."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the traceback below it if there is one."""
        private = copy.copy(record)
        private.msg, private.args, private.exc_text = _message(record), None, None
        return super().format(private)

    def formatException(self, ei: Any) -> str:  # noqa: N802  (logging's own name)
        """The traceback of an exception and of those that led to it, with types for messages."""
        return "\n".join(line for error in _chain(ei[1]) for line in _traceback(error))


def private_config(level: str) -> dict[str, Any]:
    """A `logging.config` dictionary by which the whole process logs to stderr, privately."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "private": {
                "()": "directory.logs.PrivateFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
                "datefmt": "%Y-%m-%d %H:%M:%S %z",  # as the web server writes it
            },
            "access": {"()": "directory.logs.PrivateFormatter", "format": "%(message)s"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "private"},
            "access": {"class": "logging.StreamHandler", "formatter": "access"},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would mail a report with the form data.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
            "granian.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        },
    }


def _message(record: logging.LogRecord) -> str:
    bare = copy.copy(record)
    if isinstance(record.args, tuple):
        bare.args = tuple(_bare(arg) for arg in record.args)
    message = bare.getMessage()
    if record.exc_info and record.exc_info[1]:
        message = _without_message(message, record.exc_info[1])
    path = getattr(getattr(record, "request", None), "path", "")
    if path not in message:  # a refused request is logged without it
        message = f"{message}: {path}"
    lines = _without_quoted_messages if record.name.startswith("_granian") else _on_one_line
    return _without_addresses(_LIST.sub("…", _QUERY.sub("", lines(message))))


def _bare(arg: object) -> object:
    return type(arg).__name__ if isinstance(arg, BaseException) else arg


def _without_message(text: str, error: BaseException) -> str:
    """Django logs some refusals in the exception's own words, plain or with escapes."""
    for said in (str(error), str(error).encode("unicode_escape").decode("ascii")):
        if said:
            text = text.replace(said, type(error).__name__)
    return text


def _on_one_line(text: str) -> str:
    """A path may hold a line break, and must not write a line of its own."""
    return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def _without_quoted_messages(text: str) -> str:
    """The web server logs what escaped the application as one text, traceback and all."""
    before, mark, after = text.partition(_TRACEBACK)
    if not mark:
        return text
    kept = [mark]
    for line in after.splitlines():
        if line.startswith('  File "'):
            kept.append(line)
        elif found := _EXCEPTION_TYPE.match(line):
            kept.append(found.group())
    return before + "\n".join(kept)


def _without_addresses(text: str) -> str:
    return _MAYBE_ADDRESS.sub(lambda found: _shortened(found.group()), text)


def _shortened(text: str) -> str:
    """The network (/16, /32 for IPv6) of an address; any other text, and this machine, stay."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.is_loopback or address.is_unspecified:
        return text
    network = ipaddress.ip_network((address, 16 if address.version == 4 else 32), strict=False)
    return str(network)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception after those that it was raised from or while handling, the first one first."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return reversed(seen)


def _traceback(error: BaseException) -> Iterator[str]:
    yield _TRACEBACK
    for entry in traceback.extract_tb(error.__traceback__).format():
        yield entry.rstrip("\n")
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for inner in getattr(error, "exceptions", ()):  # of an ExceptionGroup
        yield from _traceback(inner)
