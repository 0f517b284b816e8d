"""What the desk's own pages share: who may, the form of an entry, a note that was typed, obstacles.

Knows none of the pages, so that every one of them may know it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from resources.edits import MODELS, Obstacle
from resources.models import Entry, Recorded

KINDS: dict[str, type[Entry]] = {model.KIND: model for model in MODELS}


def may_publish_all(request: HttpRequest) -> bool:
    """Whether this curator may change what is public in entries of both kinds."""
    return request.user.has_perms(["resources.publish_resource", "resources.publish_organisation"])


def change_url(entry: Recorded) -> str:
    """The form of an entry, or of a term."""
    return reverse(f"admin:resources_{entry.KIND}_change", args=[entry.pk])


def typed(request: HttpRequest, name: str, most: int) -> str:
    """What was typed under this name, without what no database keeps, cut to so many characters."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:most]


def sentences(obstacles: Iterable[Obstacle]) -> list[str]:
    """What stands in the way, each with the entry that has it, where it is one."""
    return [
        f"{each.entry}: {problem}" if each.entry else problem
        for each in obstacles
        for problem in each.problems
    ]
