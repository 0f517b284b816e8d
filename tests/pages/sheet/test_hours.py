"""Hours of a phone, in words of the page's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from resources.models import OrganisationPhone
from resources.pages.sheet.hours import hours_of


def phone(hours: str, zone: str = "") -> OrganisationPhone:
    return OrganisationPhone(number="800-532-5274", hours=hours, time_zone=zone)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Mon-Fri 9am-5pm", "Monday to Friday, 9 a.m. to 5 p.m."),
        ("Mon-Fri 8:30am-5pm", "Monday to Friday, 8:30 a.m. to 5 p.m."),
        (
            "Mon-Thu 10am-6pm, Fri 10am-5pm",
            "Monday to Thursday, 10 a.m. to 6 p.m.; Friday, 10 a.m. to 5 p.m.",
        ),
        ("Monday to Friday, 9 a.m. to 5 p.m.", "Monday to Friday, 9 a.m. to 5 p.m."),
        ("8am-5pm", "8 a.m. to 5 p.m."),
        ("24 hours a day, 7 days a week", "day and night, every day"),
        ("", ""),
    ],
)
def test_it_says_plain_hours_in_words(typed: str, said: str) -> None:
    with override("en"):
        assert str(hours_of(phone(typed), "en")) == said


def test_it_names_the_time_zone() -> None:
    with override("en"):
        said = hours_of(phone("Mon-Fri 9am-5pm", "America/New_York"), "en")

    assert said.text.endswith(", Eastern")


def test_it_says_days_in_the_language_of_the_page() -> None:
    with override("es"):
        said = hours_of(phone("Mon-Fri 9am-5pm"), "es")

    assert said.language == "es"
    assert "lunes a viernes" in said.text


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Mon-Fri 9am-25:99pm", "when the clinic is open", "Mon-Fri 9-5"])
def test_it_shows_what_it_cannot_read_as_typed_and_marks_it_as_english(typed: str) -> None:
    from tests import make

    answered = phone(typed)
    answered.organisation = make.organisation()

    said = hours_of(answered, "es")

    assert (said.text, said.language) == (typed, "en")
