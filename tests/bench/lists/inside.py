"""What is done inside a site whose lists are measured: `python -m ... TASK`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django


def codes(sizes: list[int]) -> dict[str, str]:
    """The codes of lists of so many resources, made today, spread over the whole directory."""
    from django.utils import timezone

    from resources.handouts.code import code_of
    from resources.handouts.handout import HandOut

    today = timezone.localdate()
    return {str(size): code_of(HandOut(tuple(_spread(size)), today)) for size in sizes}


def old_code(size: int) -> str:
    """The code of a list of before everything was published."""
    import datetime as dt

    from resources.handouts.code import code_of
    from resources.handouts.handout import HandOut

    return code_of(HandOut(tuple(_spread(size)), dt.date(2026, 1, 1)))


def cookie(size: int) -> str:
    """The Cookie header of somebody with a list of so many."""
    from resources.handouts.own import OwnList, sealed

    return f"list={sealed(OwnList(tuple(_spread(size)), is_kept=True))}"


def _spread(size: int) -> list[int]:
    from resources.models import Resource

    pks = list(Resource.objects.published().order_by("pk").values_list("pk", flat=True))
    return pks[:: len(pks) // size][:size]


TASKS: dict[str, Callable[[Any], Any]] = {task.__name__: task for task in (codes, old_code, cookie)}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
