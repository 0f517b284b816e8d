"""Printing a list and making a PDF of it: what was written goes along, and is left nowhere."""

from __future__ import annotations

import io
import logging
from http import HTTPStatus
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from resources.handouts import pdf, typesetting
from resources.views.lists import printed
from tests import make
from tests.canary import caches_and_tables
from tests.views.list_reader import Reader, link, page_of
from tests.views.page import get

pytestmark = pytest.mark.django_db

CANARY = "zq7canaryzq7"
WAYS = ("/list/print/", "/list/pdf/")


def with_list(*names: str) -> tuple[Reader, list[int]]:
    reader, resources = Reader(), [make.resource(name=name) for name in names or ("Rides",)]
    reader.add(*resources)
    return reader, [one.pk for one in resources]


def words(response: Any) -> str:
    document = PdfReader(io.BytesIO(response.content))
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_the_print_has_the_notes_and_the_wishes() -> None:
    reader, (number,) = with_list()
    said = {"code": reader.code, "note": "In all", f"note-{number}": "Call <i>first</i>"}
    html = reader.post("/list/print/", reading="es", large="1", size="a4", **said).content.decode()

    assert '<html lang="es">' in html
    assert "Call &lt;i&gt;first&lt;/i&gt;" in html
    assert "In all" in html
    assert 'class="short large"' in html
    assert "paper-a4.css" in html


@pytest.mark.parametrize(("languages", "asked"), [(["en", "es"], 0), ([], 1)])
def test_whether_spanish_is_spoken_is_doubted_only_where_no_languages_are_stated(
    languages: list[str], asked: int
) -> None:
    rides = make.resource(name="Rides", languages=languages)
    rides.phones.create(number="800-555-0100")
    reader = Reader()
    reader.add(rides)
    html = reader.post("/list/print/", code=reader.code, layout="full").content.decode()

    assert html.count("Spanish? We don’t know") == asked


def test_the_pdf_has_the_same_and_a_name_that_says_nothing() -> None:
    reader, (number,) = with_list("Leukemia rides")
    response = reader.post("/list/pdf/", code=reader.code, **{f"note-{number}": "Call first"})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="list.pdf"'
    assert "1. Leukemia rides" in words(response)
    assert "Call first" in words(response)


@pytest.mark.parametrize("path", WAYS)
def test_nobody_stores_it(path: str) -> None:
    reader, _numbers = with_list()
    response = reader.post(path, code=reader.code)

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", WAYS)
def test_its_address_alone_leads_to_the_list(path: str) -> None:
    response = get(path)
    assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, "/list/")


def test_print_and_clear_prints_and_clears_with_one_click() -> None:
    reader, (number,) = with_list()
    response = reader.post("/list/print/", code=reader.code, new="1", **{f"note-{number}": "Once"})

    assert "Once" in response.content.decode()
    assert "Your list is cleared." in response.content.decode()
    assert not reader.cookie.value
    assert "Your list is empty." in page_of(reader.get("/list/")).text


@pytest.mark.parametrize("path", WAYS)
def test_a_list_is_printed_from_its_link_without_a_cookie(path: str) -> None:
    reader, resource = Reader(), make.resource()
    response = reader.post(path, code=link(resource).removeprefix("/l/"))

    assert response.status_code == HTTPStatus.OK
    assert not reader.client.cookies


def test_an_old_list_printed_today_has_a_link_of_today() -> None:
    reader, resource = Reader(), make.resource()
    old = link(resource)
    html = reader.post("/list/print/", code=old.removeprefix("/l/")).content.decode()

    assert link(resource, made=timezone.localdate()) in html
    assert old not in html


@pytest.mark.parametrize("path", WAYS)
def test_a_note_that_is_too_long_is_told_and_nothing_is_lost(path: str) -> None:
    reader, (number,) = with_list()
    long, code = "x" * 501, reader.code
    reader.client.cookies.clear()
    page = page_of(reader.post(path, code=code, note="Kept", **{f"note-{number}": long}))

    assert "A note has 500 characters at most." in page.text
    assert f">{long}</textarea>" in page.html
    assert ">Kept</textarea>" in page.html


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize(
    "said",
    [
        {"code": "forged"},
        {"code": ""},
        {"code": "1" * 5000},
        {"reading": "xx", "layout": "\x00", "size": "../../etc", "illness": "no-such"},
        {"note": "\x00\x1b[31m\u202e\ud7ff", "large": "\n"},
        {f"note-{n}": "x" for n in range(900)},
        {f"field-{n}": "x" for n in range(1500)},
    ],
    ids=["forged", "empty", "huge", "odd wishes", "odd letters", "notes of others", "many fields"],
)
def test_whatever_is_sent_nothing_breaks(path: str, said: dict[str, str]) -> None:
    reader, _numbers = with_list()
    response = reader.post(path, **{"code": reader.code, **said})
    assert response.status_code in (200, 303, 400)


@pytest.mark.parametrize("path", WAYS)
def test_ten_megabytes_are_not_read(path: str) -> None:
    reader, _numbers = with_list()
    response = reader.post(path, code=reader.code, note="x" * 10 * 2**20)
    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_whoever_would_wait_too_long_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0)
    reader, _numbers = with_list()
    with pdf._one_at_a_time:
        response = reader.post("/list/pdf/", code=reader.code)

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "choose “Print” instead" in response.content.decode()


def test_nothing_that_was_written_is_left_anywhere(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    reader, (number,) = with_list()
    said = {"code": reader.code, "note": CANARY, f"note-{number}": f"http://{CANARY}.example/"}
    assert CANARY in reader.post("/list/", down=number, **said).content.decode()
    assert CANARY in reader.post("/list/print/", **said).content.decode()
    assert CANARY in words(reader.post("/list/pdf/", **said))
    reader.post("/list/", **{**said, "note": CANARY * 100})
    reader.post("/list/", new="1", **said)

    def broken(*_args: Any) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(printed, "pdf_of", broken)
    failed = reader.post("/list/pdf/", **said)
    again = reader.get("/list/")

    assert failed.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    kept = [failed.content.decode(), str(failed.headers), str(reader.client.cookies)]
    kept += [again.content.decode(), *map(logged, caplog.records)]
    kept += caches_and_tables()
    for place in kept:
        assert CANARY not in place


def logged(record: logging.LogRecord) -> str:
    """A record as the server's log has it."""
    from directory.logs import PrivateFormatter

    return PrivateFormatter("%(message)s").format(record)


def test_a_machine_without_pango_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_args: Any) -> None:
        raise OSError("cannot load library 'libpango'")

    monkeypatch.setattr(typesetting, "typeset", missing)
    reader, _numbers = with_list()
    response = reader.post("/list/pdf/", code=reader.code)

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Our server cannot make PDFs" in response.content.decode()
