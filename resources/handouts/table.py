"""A list as a table, for a hospital's own system."""

from __future__ import annotations

import csv
import io

from resources.handouts.paper import Gone, Item, Paper
from resources.interchange.spreadsheets.cells import harmless
from resources.pages.sheet.contact import PhoneLine

# The names of the columns stay the same in every language: machines read them.
COLUMNS = (
    "place",
    "number",
    "name",
    "organization",
    "what",
    "phones",
    "what_to_say",
    "have_ready",
    "website",
    "page",
    "status",
    "checked",
    "note",
)


def table_of(paper: Paper) -> bytes:
    """The table as CSV in UTF-8, marked as such for Excel; no cell is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for place, item in enumerate(paper.items, start=1):
        row = {"place": str(place), **(_gone(item) if isinstance(item, Gone) else _cells(item))}
        writer.writerow({column: harmless(cell) for column, cell in row.items()})
    return text.getvalue().encode("utf-8-sig")


def _cells(item: Item) -> dict[str, str]:
    return {
        "number": str(item.number),
        "name": str(item.name),
        "organization": item.organisation,
        "what": str(item.what),
        "phones": "; ".join(_phone(phone) for phone in item.phones),
        "what_to_say": item.to_say,
        "have_ready": "; ".join(map(str, item.papers)),
        "website": item.address,
        "page": item.url,
        "status": item.warning or item.status,
        "checked": item.checked,
        "note": item.note,
    }


def _gone(item: Gone) -> dict[str, str]:
    return {
        "number": str(item.number),
        "name": item.name,
        "organization": item.organisation,
        "status": "withdrawn",
        "note": item.note,
    }


def _phone(phone: PhoneLine) -> str:
    return f"{phone.number} ext. {phone.extension}" if phone.extension else phone.number
