from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Iterator
from logging.config import DictConfigurator

import pytest
from django.test import Client

from directory.logs import PrivateFormatter, private_config
from tests.directory.trouble import CANARY

TRACEBACK = f"""Application callable raised an exception
Traceback (most recent call last):
  File "/srv/views.py", line 7, in search
    raise DataError(message)
psycopg.errors.DataError: invalid value {CANARY}
LINE 1: SELECT '{CANARY}'
  {CANARY}
"""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, written as the running site writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(PrivateFormatter("{levelname} {name}: {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.urls("tests.directory.trouble")
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/crash", "/suspect", "/refuse", "/forbid", "/nowhere"])
def test_it_says_what_went_wrong_without_what_was_asked(log: io.StringIO, address: str) -> None:
    client = Client(raise_request_exception=False)
    client.get(f"{address}?q={CANARY}", headers={"Referer": f"http://testserver/?q={CANARY}"})
    assert address in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.urls("tests.directory.trouble")
@pytest.mark.django_db
def test_it_keeps_file_function_and_type_of_every_exception_in_the_chain(log: io.StringIO) -> None:
    Client(raise_request_exception=False).get("/crash")
    text = log.getvalue()
    assert "trouble.py" in text
    assert "in _crash" in text
    assert text.index("builtins.ValueError") < text.index("builtins.RuntimeError")


@pytest.mark.urls("tests.directory.trouble")
@pytest.mark.django_db
def test_it_logs_a_refused_form_without_its_matter(log: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True)
    address = f"https://evil.example/?q={CANARY}"
    client.post(
        f"/admin/login/?next={CANARY}",
        {"username": CANARY},
        headers={"Referer": address},
        secure=True,
    )
    assert "Forbidden" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_it_cuts_messages_out_of_a_traceback_that_came_as_text(log: io.StringIO) -> None:
    logging.getLogger("_granian").warning(TRACEBACK)
    assert "psycopg.errors.DataError" in log.getvalue()
    assert '"/srv/views.py", line 7, in search' in log.getvalue()
    assert CANARY not in log.getvalue()


def test_it_names_the_type_of_an_exception_that_is_given_as_an_argument(log: io.StringIO) -> None:
    logging.getLogger("resources").warning("It failed: %s", ValueError(CANARY))
    assert "It failed: ValueError" in log.getvalue()


def test_it_shows_the_members_of_a_group_of_exceptions(log: io.StringIO) -> None:
    try:
        raise ExceptionGroup(CANARY, [KeyError(CANARY), OSError(CANARY)])
    except ExceptionGroup:
        logging.getLogger("resources").exception("It failed")
    assert "builtins.KeyError" in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("from 203.0.113.77 again", "from 203.0.0.0/16 again"),
        ("('203.0.113.77', 4711)", "('203.0.0.0/16', 4711)"),
        ("203.0.113.77:4711", "203.0.0.0/16:4711"),
        ("[2001:db8:1:2::77]:4711", "[2001:db8::/32]:4711"),
        ("listening at 127.0.0.1:8000", "listening at 127.0.0.1:8000"),
        ("at 12:30:05 today", "at 12:30:05 today"),
        ("GET /search/?q=copay&need=rides HTTP/1.1", "GET /search/ HTTP/1.1"),
        ("GET /a\n2026 ERROR b\x1b[2J", "GET /a\\n2026 ERROR b\\x1b[2J"),
        ("What now? Nothing.", "What now Nothing."),
    ],
)
def test_it_shortens_addresses_and_cuts_query_strings(written: str, read: str) -> None:
    record = logging.LogRecord("a", logging.INFO, "f", 1, written, None, None)
    assert PrivateFormatter("%(message)s").format(record) == read


def test_each_line_says_when_with_the_zone() -> None:
    config = private_config("WARNING")
    formatter = DictConfigurator(config).configure_formatter(config["formatters"]["private"])
    record = logging.LogRecord("a", logging.INFO, "f", 1, "oh", None, None)
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}"
    assert re.fullmatch(f"{when} INFO a: oh", formatter.format(record))


def test_it_does_not_reuse_a_traceback_that_another_formatter_wrote() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        record = logging.LogRecord("a", logging.INFO, "f", 1, "oh", None, sys.exc_info())
    logging.Formatter().format(record)
    assert CANARY not in PrivateFormatter().format(record)
