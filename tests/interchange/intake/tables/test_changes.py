"""Texts in another form: what each named change makes of them."""

from __future__ import annotations

import pytest

from resources.interchange.intake.tables.changes import CHANGES, NotUnderstood
from resources.interchange.intake.tables.plain import plain

WEEK = "Sunday: Closed Monday: 9:00-17:00  Tuesday: 9:00-17:00  Wednesday: Closed"


@pytest.mark.parametrize(
    ("change", "text", "expected"),
    [
        ("percent", "200%", "200"),
        ("percent", " 125 percent", "125"),
        ("percent", "80", "80"),
        ("percent", "1.5", "150"),
        ("money", "$1,234", "1234"),
        ("money", "1234.00 dollars", "1234"),
        ("money_a_month", "$1,500", "18000"),
        ("number", "60 years or older", "60"),
        ("city", "PO Box 731Glenview, IL 60091", "Glenview"),
        ("city", "11 East Adams StreetSuite 500Chicago, IL 60603", "Chicago"),
        ("city", "Suite 418Palitine, IL 60074", "Palatine"),
        ("state", "100 Morrissey Blvd.\nBoston, MA 02125", "MA"),
        ("hours", WEEK, "Mon-Tue 9am-5pm"),
        ("hours", "Monday: 8:30-12:00 , 13:00-17:00  Friday: 24:00", "Monday: 8:30-12:00 , "
         "13:00-17:00 Friday: 24:00"),
        ("hours", "Monday: 8:30-12:00 , 13:00-17:00", "Mon 8:30am-12pm and 1pm-5pm"),
        ("hours", "Monday: 9:00-17:00 Wednesday: 9:00-17:00 Friday: 10:00-12:00",
         "Mon, Wed 9am-5pm; Fri 10am-12pm"),
        ("hours", "by appointment", "by appointment"),
    ],
)  # fmt: skip
def test_a_text_is_put_into_another_form(change: str, text: str, expected: str) -> None:
    assert CHANGES[change](text).text == expected


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("percent", "about half"),
        ("percent", "12.5%"),
        ("money", "it depends"),
        ("money", "12,34"),
        ("number", "18 to 60"),
        ("city", "60602"),
        ("city", "Springfield, MO 60602"),
    ],
)
def test_what_does_not_say_it_is_not_understood(change: str, text: str) -> None:
    with pytest.raises(NotUnderstood):
        CHANGES[change](text)


def test_hours_that_end_before_they_begin_stay_as_they_are_and_are_told() -> None:
    changed = CHANGES["hours"]("Monday: 9:00-5:00")

    assert changed.text == "Monday: 9:00-5:00"
    assert "end before they begin" in changed.guessed


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Free <b>help</b></p><ul><li>one</li><li>two</li></ul>", "Free help\none\ntwo"),
        ("Q&amp;A", "Q&A"),
        ("for age < 60 and income > 0", "for age < 60 and income > 0"),
        ("<script>alert(1)</script>Call us", "Call us"),
        ("a <br/> b\r\n\r\n   c", "a\nb\n\nc"),
    ],
)
def test_html_becomes_plain_words(html: str, words: str) -> None:
    assert plain(html).text == words
