"""Texts put into another form, by name: what "as" in a mapping may say. The list is closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from resources.interchange.intake.tables import places


class NotUnderstood(Exception):
    """A text does not say what it should; its own text says why, and goes on after the column."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A text in its new form, and what was guessed on the way, if anything."""

    text: str
    guessed: str = ""


Change = Callable[[str], Changed]

# No figure that means something here has more than nine digits.
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)
LONGEST_FIGURE = 12
MONEY = re.compile(
    r"\$?\s*(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.(\d{1,4}))?\s*(?:dollars?)?",
    re.ASCII | re.IGNORECASE,
)
PERCENT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*(%|percent)?", re.ASCII | re.IGNORECASE)


def percent(text: str) -> Changed:
    """ "200%", "200 percent", "200" as 200; "2.0" or "1.5" without a sign is a share: 200, 150."""
    found = PERCENT.fullmatch(text.strip())
    if found is None:
        raise NotUnderstood("is no percentage, such as 200%")
    figure, sign = float(found[1]), found[2]
    if sign or "." not in found[1]:
        if not figure.is_integer():
            raise NotUnderstood("is not a whole percentage")
        return Changed(str(int(figure)))
    # A cell that a spreadsheet program shows as 200% holds 2.
    return Changed(str(round(figure * 100)), "read as a share of 1")


def money(text: str) -> Changed:
    """ "$1,234", "1234.00", "1,234 dollars" as 1234; cents are cut off and that is told."""
    found = MONEY.fullmatch(text.strip())
    if found is None:
        raise NotUnderstood("is no amount of money, such as $1,234")
    has_cents = bool(found[2] and found[2].strip("0"))
    return Changed(found[1].replace(",", ""), "cents were cut off" if has_cents else "")


def money_a_month(text: str) -> Changed:
    """What is said for a month ("$1,500"), for a year: 18000."""
    changed = money(text)
    told = ["a month’s money was taken times 12", changed.guessed]
    return Changed(str(int(changed.text) * 12), "; ".join(filter(None, told)))


def number(text: str) -> Changed:
    """The one number in a text: "60 years or older" as 60."""
    found = FIGURE.findall(text)
    if len(found) != 1 or len(found[0]) > LONGEST_FIGURE:
        raise NotUnderstood("does not hold one number")
    figure = float(found[0].replace(",", ""))
    if not figure.is_integer():
        raise NotUnderstood("is not a whole number")
    return Changed(str(int(figure)), "" if text.strip() == found[0] else f"read as {int(figure)}")


def city(text: str) -> Changed:
    """The city of an address that ends with a state and a ZIP code."""
    place = places.of_address(text)
    if place is None:
        raise NotUnderstood("does not end with a state and its ZIP code, such as IL 60602")
    written = places.city_in_address(text, place.state)
    return Changed(written) if written else Changed(place.city, "the city is that of the ZIP code")


def state(text: str) -> Changed:
    """The state of an address that ends with a state and a ZIP code."""
    place = places.of_address(text)
    if place is None:
        raise NotUnderstood("does not end with a state and its ZIP code, such as IL 60602")
    return Changed(place.state)


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
A_DAY = re.compile(
    r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?s?\b\s*:?", re.IGNORECASE
)
A_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})")


def hours(text: str) -> Changed:
    """The hours of a week, day by day ("Monday: 9:00-17:00 …"), as "Mon-Fri 9am-5pm".

    Words that say it otherwise, or hours that end before they begin, stay as they are.
    """
    try:
        by_day = _week(text)
    except NotUnderstood as why:
        return Changed(" ".join(text.split()), f"these hours {why} and stand as they were written")
    ordered = [(day, by_day[day]) for day in DAYS if by_day.get(day)]
    said = []
    for spans, group in groupby(_runs(ordered), key=lambda run: run[1]):
        days = ", ".join(run[0] for run in group)
        said.append(f"{days} {spans}")
    return Changed("; ".join(said))


def _week(text: str) -> dict[str, str]:
    """What each day says, blank where it is closed."""
    pieces = A_DAY.split(text)
    if pieces[0].strip() or len(pieces) < 3:
        raise NotUnderstood("are not told day by day")
    found = {}
    for name, rest in zip(pieces[1::2], pieces[2::2], strict=True):
        found[name.capitalize()] = _spans(rest)
    if not any(found.values()):
        raise NotUnderstood("name no day that is open")
    return found


def _spans(text: str) -> str:
    if text.strip(" ,;.\n").casefold() in ("", "closed"):
        return ""
    said = []
    for start, start_minute, end, end_minute in A_SPAN.findall(text):
        begins, ends = int(start) * 60 + int(start_minute), int(end) * 60 + int(end_minute)
        if not begins < ends <= 24 * 60:
            raise NotUnderstood("end before they begin on some day")
        said.append(f"{_clock(begins)}-{_clock(ends)}")
    if A_SPAN.sub("", text).strip(" ,;.\n") or not said:
        raise NotUnderstood("are not told day by day")
    return " and ".join(said)


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % (24 * 60), 60)
    shown = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{shown}{'am' if hour < 12 else 'pm'}"


def _runs(days: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Days that follow each other with the same hours, as one: "Mon-Fri"."""
    runs: list[tuple[str, str, str]] = []
    for day, spans in days:
        follows = runs and DAYS.index(runs[-1][1]) + 1 == DAYS.index(day)
        if follows and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    return [(first if first == last else f"{first}-{last}", spans) for first, last, spans in runs]


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (percent, money, money_a_month, number, city, state, hours)
}
