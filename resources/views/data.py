"""/data/: what of the open data there is to download, and how it may be used."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from resources.context import SITE_NAME
from resources.opendata import changes, compiled, folder, lines
from resources.opendata.about import LICENSE_URL
from resources.opendata.folder import Published
from resources.opendata.tables import database, package
from resources.pages import structured_data
from resources.views.data_file import LATEST, root, type_of

# The files in the order of the page, each with what it is.
FORMATS = {
    f"{database.NAME}.gz": gettext_lazy(
        "One SQLite database. The table “about” explains the other tables."
    ),
    package.NAME: gettext_lazy(
        "Tables as CSV files, in the form of HSDS (a tabular data package)."
    ),
    compiled.NAME: gettext_lazy("One JSON document in the form of HSDS."),
    lines.NAME: gettext_lazy(
        "One JSON document on each line, for programs that read line by line."
    ),
}
BESIDE = {
    changes.FOR_PEOPLE: gettext_lazy("what changed since the edition before, for people"),
    changes.FOR_PROGRAMS: gettext_lazy("the same for programs"),
    folder.SUMS: gettext_lazy("checksums of all files"),
    "edition.json": gettext_lazy("about this edition, for programs"),
    "README.txt": gettext_lazy("about this edition, for people"),
    "LICENSE.txt": gettext_lazy("the license"),
}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The newest edition with its files, and the ones before it that are kept."""
    editions = folder.listed(root())
    newest = editions[-1] if editions else None
    context: dict[str, Any] = {"api": reverse("api"), "license": LICENSE_URL}
    if newest is not None:
        absolute = request.build_absolute_uri
        context |= {
            "edition": newest,
            "day": dt.date.fromisoformat(newest.day),
            "formats": _files(newest, FORMATS),
            "beside": _files(newest, BESIDE),
            "changed": changes.NEW in newest.counts,
            "older": [_older(one) for one in reversed(editions[:-1])],
            "page": absolute(reverse("data")),
            "latest": absolute(reverse("data_file", args=[LATEST, compiled.NAME])),
            "structured_data": _structured(request, newest),
        }
    return render(request, "data/data.html", context)


def _files(edition: Published, known: dict[str, Any]) -> list[dict[str, Any]]:
    found = ((name, means, edition.file(name)) for name, means in known.items())
    return [
        {"file": file, "means": means, "path": reverse("data_file", args=[edition.name, name])}
        for name, means, file in found
        if file
    ]


def _older(edition: Published) -> dict[str, Any]:
    return {
        "edition": edition,
        "day": dt.date.fromisoformat(edition.day),
        "files": _files(edition, {**FORMATS, changes.FOR_PEOPLE: ""}),
    }


def _structured(request: HttpRequest, edition: Published) -> SafeString:
    """https://schema.org/Dataset, which search engines for data read."""
    absolute = request.build_absolute_uri
    name = str(SITE_NAME)
    return structured_data.as_json(
        {
            "@context": structured_data.CONTEXT,
            "@type": "Dataset",
            "name": _("Open data of the %(site)s") % {"site": name},
            "description": _(
                "Who can help people with cancer and other serious illnesses in the United States,"
                " with what, for whom, and whether it is open."
            ),
            "url": absolute(reverse("data")),
            "license": LICENSE_URL,
            "isAccessibleForFree": True,
            "version": str(edition.edition),
            "datePublished": edition.day,
            "creator": {"@type": "Organization", "name": name, "url": absolute(reverse("home"))},
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": absolute(reverse("data_file", args=[edition.name, file.name])),
                    "encodingFormat": type_of(file),
                    "contentSize": f"{file.size} B",
                    "sha256": file.sha256,
                }
                for file in map(edition.file, FORMATS)
                if file
            ],
        }
    )
