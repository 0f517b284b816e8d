"""What a note beside a telephone number says plainly: hours, languages, further numbers.

The starter data keeps all this in one line of words ("Mon-Fri 9am-5pm; TTY 877-610-0241"). What is
plain becomes a field; whatever is said with a doubt ("on an older page") stays a note in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|s|sday|nesday|rsday|urday)?"
TIME = r"\d{1,2}(?::\d\d)? ?[ap]\.?m\.?"
SPAN = rf"(?:{DAY}(?:(?: ?- ?| to ){DAY})?,? )?{TIME}(?: ?- ?| to ){TIME}"
ZONE = r" (?:ET|Eastern|CT|Central|MT|Mountain|PT|Pacific|in your time zone)"
HOURS = re.compile(
    rf"(?:{SPAN}(?:{ZONE})?(?:, {SPAN}(?:{ZONE})?)*|24 hours a day(?:, 7 days a week)?)"
)
# "800-813-HOPE, Mon-Thu 10am-6pm ET": the number in letters, then the hours.
LETTERS_THEN_HOURS = re.compile(
    rf"(?P<letters>[\d+A-Za-z-]*-[\d+A-Za-z-]+), (?P<hours>{HOURS.pattern})"
)
NUMBER = r"\d{3}-\d{3}-\d{4}"
FURTHER_NUMBER = re.compile(rf"(?P<what>TTY|Spanish):? (?P<number>{NUMBER})")
# Said of the people or the menu behind this very number.
ONLY_SPANISH_SPOKEN = re.compile(r"English and Spanish|Spanish spoken|Spanish help")
SPANISH_SPOKEN = re.compile(
    r"(?:menu in )?English and Spanish\b.*|Spanish (?:spoken|help|and many other languages)"
)

ZONES = {
    "ET": "America/New_York",
    "Eastern": "America/New_York",
    "CT": "America/Chicago",
    "Central": "America/Chicago",
    "MT": "America/Denver",
    "Mountain": "America/Denver",
    "PT": "America/Los_Angeles",
    "Pacific": "America/Los_Angeles",
    "in your time zone": "local",
}
SPANISH_ZONE = re.compile(
    r",? (?:hora (?:del|de la) [A-ZÁÉÍÓÚ]\w+(?: \([A-Z]+\))?|en su zona horaria)"
)


@dataclass(slots=True)
class Said:
    """What a note says: fields of the number itself, further numbers, and what stays words.

    `spanish_hours` and `spanish_note` translate `hours` and `note`; empty where not known.
    """

    note: str = ""
    hours: str = ""
    time_zone: str = ""
    languages: list[str] | None = None
    tty: str = ""
    in_spanish: str = ""  # a number where Spanish is spoken
    spanish_note: str = ""
    spanish_hours: str = ""
    left: list[tuple[str, str]] = field(default_factory=list)


def understand(note: str, spanish: str = "") -> Said:
    """Take a note apart, and its Spanish with it.

    A piece is moved out of the words only where the Spanish has the same pieces, so that nobody
    who reads Spanish is told less.
    """
    said = Said()
    pieces, translated = note.split("; "), spanish.split("; ") if spanish else []
    if any(SPANISH_SPOKEN.fullmatch(piece) for piece in pieces):
        said.languages = ["en", "es"]
    if translated and len(pieces) != len(translated):
        if letters_then_hours := LETTERS_THEN_HOURS.fullmatch(note):
            _take_hours_after_letters(said, letters_then_hours, spanish)
        else:
            said.left = [(note, spanish)]
    else:
        for place, piece in enumerate(pieces):
            _take(said, piece, translated[place] if translated else "")
    said.note = _sentence("; ".join(piece for piece, _ in said.left))
    said.spanish_note = _sentence("; ".join(words for _, words in said.left if words))
    return said


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _take(said: Said, piece: str, spanish: str) -> None:
    if HOURS.fullmatch(piece):
        _take_hours(said, piece, spanish)
    elif found := LETTERS_THEN_HOURS.fullmatch(piece):
        _take_hours_after_letters(said, found, spanish)
    elif found := FURTHER_NUMBER.fullmatch(piece):
        setattr(said, "tty" if found["what"] == "TTY" else "in_spanish", found["number"])
    elif not ONLY_SPANISH_SPOKEN.fullmatch(piece):
        said.left.append((piece, spanish))


def _take_hours_after_letters(said: Said, found: re.Match[str], spanish: str) -> None:
    letters = found["letters"]
    said.left.append((letters, letters if spanish else ""))
    _take_hours(said, found["hours"], spanish.removeprefix(f"{letters}, "))


def _take_hours(said: Said, hours: str, spanish: str) -> None:
    zones = set(re.findall(ZONE, hours))
    said.hours = re.sub(ZONE, "", hours)
    said.time_zone = ZONES[zones.pop().strip()] if len(zones) == 1 else ""
    said.spanish_hours = _sentence(SPANISH_ZONE.sub("", spanish))
