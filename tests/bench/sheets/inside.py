"""What is done inside a site whose spreadsheets are measured: `python -m ... TASK`.

A process of its own for each task, so that its peak of memory is the task's.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

Figures = list[str]  # seconds, memory before, peak; in MiB

CHANGED = "award"


def export(given: dict[str, Any]) -> Figures:
    """Write so many resources into a file."""
    from resources.interchange.spreadsheets import writing
    from resources.models import Resource

    pks = Resource.objects.order_by("name", "-pk").values_list("pk", flat=True)[: given["rows"]]
    with measured() as figures:
        _write(writing, Resource, list(pks), given)
    return figures


def _write(writing: Any, model: Any, pks: list[int], given: dict[str, Any]) -> None:
    with Path(given["file"]).open("wb") as file:
        if given["form"] == "csv":
            file.writelines(piece.encode() for piece in writing.as_csv(model, pks))
            return
        with writing.as_xlsx(model, pks) as book:
            while piece := book.read(1 << 20):
                file.write(piece)


def change(given: dict[str, Any]) -> None:
    """Change a cell of every row of the file."""
    path = Path(given["file"])
    changed = _changed(path.read_bytes(), given["form"])
    path.write_bytes(changed)


def _changed(content: bytes, form: str) -> bytes:
    if form == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        place = rows[0].index(CHANGED)
        for row in rows[2:]:
            row[place] = f"{row[place]} more"
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    sheet: Any = book.worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value == CHANGED)
    for number in range(3, sheet.max_row + 1):
        cell = sheet.cell(number, place)
        cell.value = f"{cell.value or ''} more"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def preview(given: dict[str, Any]) -> Figures:
    """Read a file, and keep what it would change."""
    from resources.interchange.spreadsheets import keeping
    from resources.models import Resource

    with Path(given["file"]).open("rb") as file, measured() as figures:
        keeping.take_in(Resource, file, name="bench", by=_curator())
    return figures


def imported(given: dict[str, Any]) -> Figures:
    """Import as many of the changed rows of the last file."""
    from resources.interchange.spreadsheets import keeping
    from resources.models import Resource, Sheet

    sheet = Sheet.objects.filter(batch=None).order_by("-pk")[0]
    beyond = sheet.rows.order_by("number").values_list("pk", flat=True)[given["rows"] :]
    sheet.rows.filter(pk__in=list(beyond)).delete()
    with measured() as figures:
        keeping.import_rows(
            sheet, by=_curator(), model=Resource, about="bench", leave_out=False,
            take_disputed=False,
        )  # fmt: skip
    return figures


def round_trip(_given: Any) -> dict[str, str]:
    """All resources out of the list, changed, looked at, imported and undone, at the desk."""
    from django.test import Client

    client, at = Client(SERVER_NAME="localhost"), "/admin/resources/resource/"
    client.force_login(_curator())
    seconds: dict[str, str] = {}

    def done(what: str, ask: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        answer = ask()
        content = answer.getvalue() if answer.streaming else answer.content
        seconds[what] = f"{time.perf_counter() - began:.1f}"
        answer.close()
        return answer, content

    _answer, content = done("export (XLSX)", lambda: client.get(f"{at}export/xlsx/"))
    file = io.BytesIO(_changed(content, "xlsx"))
    file.name = "resources.xlsx"
    answer, _content = done("send", lambda: client.post(f"{at}import/", {"file": file}))
    page = answer["Location"]
    done("look", lambda: client.get(page))
    answer, _content = done("import", lambda: client.post(page, {"deed": "import"}))
    batch = answer["Location"]
    done("undo", lambda: client.post(batch))
    return seconds


def _curator() -> Any:
    from resources import accounts, roles
    from resources.models import Curator

    found = Curator.objects.filter(username="bench").first()
    return found or accounts.make_curator(
        username="bench", email="bench@example.org", role=roles.ADMINISTRATOR
    )


@contextmanager
def measured() -> Iterator[Figures]:
    """Seconds, and what memory the process had before and at most."""
    figures: Figures = []
    before, began = _peak(), time.perf_counter()
    yield figures
    figures += [f"{time.perf_counter() - began:.1f}", before, _peak()]


def _peak() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"


TASKS: dict[str, Callable[[Any], Any]] = {
    "export": export,
    "change": change,
    "preview": preview,
    "imported": imported,
    "round_trip": round_trip,
}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
