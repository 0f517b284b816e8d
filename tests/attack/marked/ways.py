"""The ways in which a word comes to the server, and where it may be afterwards."""

from __future__ import annotations

LOG, MAIL = "log", "mail"

# Where a word that came this way may be. What is not named here may be nowhere: in no log, table,
# session, cache, file, mail or cookie. docs/security.md says the same in words.
MAY_BE: dict[str, set[str]] = {
    # Public: what is asked is answered, and forgotten.
    "query": set(),
    "form": set(),
    "json": set(),
    "file": set(),
    "header": set(),
    "cookie": set(),
    "note": set(),  # on a list that is printed
    "refusedreport": set(),
    # The line about a request names the page: its path, without what follows "?".
    "path": {LOG},
    # Kept because somebody asked for it.
    "report": {"resources_report"},
    "suggestion": {"resources_report"},
    "alert": {MAIL},  # to that address; in the table it is sealed
    # Trouble.
    "crash": set(),
    "brokenquery": set(),
    "slowquery": set(),
    "host": set(),
    # At the desk.
    "name": set(),
    "password": set(),
    "code": set(),
    "forgotten": set(),
    "desksearch": set(),
    "refusedfile": set(),
    "refusedform": set(),
    # A file that waits for a curator's yes; rows and name are erased after a day.
    "sheet": {"resources_sheetrow"},
    "sheetname": {"resources_sheet"},
}

# Those of which a table may hold the word, and with it the files of the database and a backup.
KEPT = {way for way, places in MAY_BE.items() if places - {LOG, MAIL}}


def mark(way: str) -> str:
    """The word that is sent this way, and no other."""
    return f"canary{way}zq"
