"""/api/: how to use the open data, for people; the fields of the profile are told in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from resources.api.limits import PAGES, STREAMS
from resources.api.parameters import MOST, PARAMETERS, USUAL
from resources.api.urls import LISTS
from resources.hsds import VERSION, profile
from resources.hsds.profile_schemas import SCHEMAS


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """What there is, with addresses to try."""
    root = request.build_absolute_uri(reverse("hsds_root"))
    lists = [
        {
            "name": name,
            "path": reverse(f"hsds_{name}"),
            "about": many.about,
            "parameters": many.parameters,
        }
        for name, (many, _one) in LISTS.items()
    ]
    context = {
        "version": VERSION,
        "root": root,
        "lists": lists,
        "parameters": PARAMETERS.values(),
        "usual": USUAL,
        "most": MOST,
        "pages": PAGES["of_one"],
        "streams": STREAMS["of_one"],
    }
    return render(request, "api/api.html", context)


@require_safe
def hsds_profile(request: HttpRequest) -> HttpResponse:
    """What stands under `support_directory`, field by field."""
    documents = [
        {
            "name": name,
            "path": reverse("hsds_profile_schema", args=[name]),
            "about": _own(schema).get("description", ""),
            "fields": list(_fields(_own(schema))),
        }
        for name, schema in SCHEMAS.items()
    ]
    context = {"version": profile.VERSION, "hsds": VERSION, "documents": documents}
    return render(request, "api/profile.html", context)


def _own(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is ours in the schema of a document: all of a tombstone, one field of the others."""
    own: Mapping[str, Any] = schema["properties"].get("support_directory", schema)
    return own


def _fields(schema: Mapping[str, Any], before: str = "") -> Iterator[dict[str, str]]:
    """Each field with its path, what it holds and what it means."""
    for name, field in schema["properties"].items():
        items = field.get("items", {})
        path = f"{before}{name}" + ("[]" if items else "")
        holds = items.get("type", "") if items else field["type"]
        values = (items or field).get("enum", ())
        yield {
            "path": path,
            "holds": items.get("format", holds) if items else field.get("format", holds),
            "means": field.get("description", ""),
            "values": ", ".join(values),
        }
        inner = items if "properties" in items else field
        if "properties" in inner:
            yield from _fields(inner, f"{path}.")
