"""Where somebody lives, from what they typed."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from threading import Event
from unittest.mock import Mock

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from resources import data
from resources.search import areas, sets, warming
from resources.search.areas import (
    ASSOCIATED_NOTE,
    CODES,
    MILITARY_NOTE,
    NOT_A_STATE,
    UNKNOWN_ZIP,
    UNREADABLE,
    Area,
    read_area,
    tidy,
)


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        pytest.param("OH", Area(code="OH"), id="a state"),
        pytest.param(" oh ", Area(code="OH"), id="small letters"),
        pytest.param("dc", Area(code="DC"), id="the District"),
        pytest.param("43004", Area("OH", "43004", "Franklin County"), id="a ZIP code"),
        pytest.param("43004-1234", Area("OH", "43004", "Franklin County"), id="ZIP+4"),
        pytest.param("00601", Area("PR", "00601", "Adjuntas Municipio"), id="Puerto Rico"),
        pytest.param("96799", Area("AS", "96799"), id="American Samoa"),
        pytest.param("٤٣٠٠٤", Area("OH", "43004", "Franklin County"), id="Arabic-Indic digits"),
        pytest.param("４３００４", Area("OH", "43004", "Franklin County"), id="full-width digits"),
        pytest.param("00000", Area(zip="00000", note=UNKNOWN_ZIP), id="no such ZIP code"),
        pytest.param("09001", Area(zip="09001", note=MILITARY_NOTE), id="military ZIP code"),
        pytest.param("AE", Area(note=MILITARY_NOTE), id="military state"),
        pytest.param("96941", Area(zip="96941", note=ASSOCIATED_NOTE), id="Micronesia"),
        pytest.param("PW", Area(note=ASSOCIATED_NOTE), id="Palau"),
        pytest.param("XX", Area(note=NOT_A_STATE), id="no such state"),
        pytest.param("4300", Area(note=UNREADABLE), id="four digits"),
        pytest.param("430041", Area(note=UNREADABLE), id="six digits"),
        pytest.param("43004-12", Area(note=UNREADABLE), id="half of a ZIP+4"),
        pytest.param("Ohio!", Area(note=UNREADABLE), id="a name"),
        pytest.param("9" * 50_000, Area(note=UNREADABLE), id="far too long"),
    ],
)
def test_it_reads_a_place(typed: str, area: Area) -> None:
    assert read_area(typed) == area


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "\ud800"])
def test_it_reads_nothing_from_nothing(typed: str) -> None:
    assert read_area(typed) is None


@given(st.text(st.characters(), max_size=30) | st.text("0123456789٠٩-", max_size=10))
def test_it_reads_whatever_it_is_given(typed: str) -> None:
    area = read_area(typed)
    assert area is None or bool(area.code) is not bool(area.note)
    assert tidy(tidy(typed)) == tidy(typed)
    assert tidy(typed).isascii()


def test_it_knows_the_states_of_the_vocabulary() -> None:
    path = Path(data.__path__[0]) / "vocabulary" / "states.json"
    assert {state["code"] for state in json.loads(path.read_text())} == CODES


def test_it_says_of_every_zip_code_what_the_package_says() -> None:
    places, place_of = areas.zip_codes()
    wrong = [
        record
        for record in import_module("zipcodes").list_all()
        if places[place_of[int(record["zip_code"])]] != (record["state"], record["county"] or "")
    ]
    assert wrong == []


def test_it_does_not_keep_the_package_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(areas, "_zip_codes", None)
    monkeypatch.delitem(sys.modules, "zipcodes", raising=False)

    read_area("43004")

    assert "zipcodes" not in sys.modules


def test_a_server_reads_the_zip_codes_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    called = Event()
    monkeypatch.setattr(warming, "zip_codes", called.set)
    monkeypatch.setattr(sets, "current", Mock(side_effect=DatabaseError))

    warming.warm_up().join()

    assert called.is_set()


def test_whoever_uses_the_package_too_keeps_its_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "zipcodes", raising=False)
    package = import_module("zipcodes")
    monkeypatch.setattr(areas, "_zip_codes", None)

    read_area("43004")

    assert len(package.list_all()) > 40_000
