"""The tabular data package of HSDS: a CSV file for each table, described by datapackage.json.

Cells say exactly what the directory says. A spreadsheet program takes a cell that begins with = + -
or @ for a formula, and every telephone number begins with +; a mark before it would be harmless
there and a wrong number everywhere else. Who reads a data package reads it as data; the texts are
curators', and the README says how to open them in a spreadsheet.
https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from resources.hsds import VERSION
from resources.opendata.about import LICENSE_ID, LICENSE_NAME, LICENSE_URL, About
from resources.opendata.archives import zipped
from resources.opendata.tables.columns import TABLES, Column, Table
from resources.opendata.tables.database import Database

NAME = "hsds-csv.zip"

# What a column holds, as types and formats of Table Schema.
TYPES: dict[str, dict[str, str]] = {
    "text": {"type": "string"},
    "id": {"type": "string", "format": "uuid"},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "number": {"type": "number"},
    "day": {"type": "date"},
    "moment": {"type": "datetime"},
    "json": {"type": "object"},
}

FOR_SPREADSHEETS = """
To open a CSV file in a spreadsheet, import it as text (in Excel: Data, From Text/CSV, then set
every column to Text; encoding UTF-8). Opened by a double click, a telephone number such as
+18005551234 becomes a sum, and any text that begins with = + - or @ is taken for a formula. The
files say exactly what the directory says, so that programs can read them; nothing was put before
such texts.
"""


def write(folder: Path, about: About, database: Database) -> None:
    """Write the package from the rows of the database."""
    files: dict[str, Path] = {}
    for table in TABLES.values():
        path = files[f"{table.name}.csv"] = folder / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow([column.name for column in table.columns])
            rows.writerows(database.rows(table))
    texts = {
        "datapackage.json": json.dumps(_described(about), ensure_ascii=False, indent=1) + "\n",
        "README.txt": about.readme() + FOR_SPREADSHEETS,
        "LICENSE.txt": about.license(),
    }
    zipped(folder / NAME, about.day, texts, files)


def _described(about: About) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "support-directory",
        "title": about.title,
        "description": about.readme(),
        "version": str(about.edition),
        "created": f"{about.day.isoformat()}T00:00:00Z",
        "homepage": f"{about.site}/data/",
        "hsds_version": VERSION,
        "licenses": [{"name": LICENSE_ID, "title": LICENSE_NAME, "path": LICENSE_URL}],
        "contributors": [{"title": about.publisher, "path": f"{about.site}/", "role": "publisher"}],
        "resources": [_resource(table) for table in TABLES.values()],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.entity,
        "path": f"{table.name}.csv",
        "title": table.name,
        "description": table.means,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": "id",
            "foreignKeys": [_key(column) for column in table.columns if column.of],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, **TYPES[column.holds]}
    constraints: dict[str, bool] = {}
    if column.is_required:
        constraints["required"] = True
    if column.name == "id":
        constraints["unique"] = True
    return {
        **field,
        "description": column.means,
        **({"constraints": constraints} if constraints else {}),
    }


def _key(column: Column) -> dict[str, Any]:
    of = TABLES[column.of]
    is_own = any(one is column for one in of.columns)
    reference = {"resource": "" if is_own else of.entity, "fields": "id"}
    return {"fields": column.name, "reference": reference}
