"""What a note beside a number says plainly, and what stays words."""

from __future__ import annotations

import pytest

from resources.interchange.phone_notes import understand

EAST = "America/New_York"


@pytest.mark.parametrize(
    ("note", "hours", "zone"),
    [
        ("Mon-Fri 9am-5:30pm ET", "Mon-Fri 9am-5:30pm", EAST),
        ("Mon-Fri 9am-5pm Pacific", "Mon-Fri 9am-5pm", "America/Los_Angeles"),
        ("Mon-Fri 9am-5pm", "Mon-Fri 9am-5pm", ""),
        ("Mon-Thu 10am-6pm ET, Fri 10am-5pm ET", "Mon-Thu 10am-6pm, Fri 10am-5pm", EAST),
        ("24 hours a day, 7 days a week", "24 hours a day, 7 days a week", ""),
        (
            "Monday to Friday, 7 a.m. to 10 p.m. Eastern",
            "Monday to Friday, 7 a.m. to 10 p.m.",
            EAST,
        ),
    ],
)
def test_hours_become_hours_and_a_time_zone(note: str, hours: str, zone: str) -> None:
    said = understand(note)

    assert (said.hours, said.time_zone, said.note) == (hours, zone, "")


@pytest.mark.parametrize(
    "note",
    [
        "Weekdays 9am-5pm on an older page",
        "1-844-989-PATH, Mon-Fri 9am-6pm ET (2017 page)",
        "Specialists; financial aid line 877-557-2672, Mon-Fri 8:30am-5pm ET, Spanish spoken",
        "Number from an older page; materials in English, Spanish and Chinese",
        "The Point help line: 401-462-4444",
    ],
)
def test_what_is_not_plain_of_this_number_stays_words(note: str) -> None:
    said = understand(note)

    assert (said.note, said.hours, said.languages, said.tty) == (note, "", None, "")


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("English and Spanish", ""),
        ("866-THE-CLRC; English and Spanish", "866-THE-CLRC"),
        ("Mon-Fri 9am-9pm; Spanish help", ""),
        (
            "844-ASK-SHARE; menu in English and Spanish",
            "844-ASK-SHARE; menu in English and Spanish",
        ),
        (
            "24 hours a day; English and Spanish, and other languages by interpreter",
            "English and Spanish, and other languages by interpreter",
        ),
    ],
)
def test_spoken_spanish_becomes_a_language(note: str, left: str) -> None:
    said = understand(note)

    assert (said.languages, said.note) == (["en", "es"], left)


def test_a_further_number_gets_a_phone_of_its_own() -> None:
    said = understand("National Hotline; Spanish 877-842-6273; TTY 877-486-2048")

    assert (said.note, said.in_spanish, said.tty) == (
        "National Hotline",
        "877-842-6273",
        "877-486-2048",
    )


def test_the_spanish_is_taken_apart_like_the_english() -> None:
    said = understand(
        "800-813-HOPE, Mon-Thu 10am-6pm ET, Fri 10am-5pm ET",
        "800-813-HOPE, lun. a jue., 10 a.m. a 6 p.m., hora del Este; vie., 10 a.m. a 5 p.m.",
    )

    assert (said.note, said.spanish_note) == ("800-813-HOPE", "800-813-HOPE")
    assert said.spanish_hours == "Lun. a jue., 10 a.m. a 6 p.m.; vie., 10 a.m. a 5 p.m."


def test_a_note_stays_whole_where_the_spanish_has_other_pieces() -> None:
    note, spanish = "Mon-Fri 9am-5pm; Spanish help; ask for Ana", "Pregunte por Ana"
    said = understand(note, spanish)

    assert (said.note, said.spanish_note, said.hours) == (note, spanish, "")
