"""Many curators save and very many readers read while imports run: nobody is turned away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count

from tests.faults.killed_import import Import
from tests.faults.options import Options
from tests.faults.people import at_work, wait_for_work
from tests.faults.places import Place


def attack(place: Place, options: Options) -> Iterator[tuple[str, list[str]]]:
    """Let them all work for so many minutes, and import again and again."""
    place.run_inside("make_room")
    place.site.start()
    unsound, imports, until = [], 0, time.monotonic() + 60 * options.minutes
    with at_work(place.site, place.team, readers=options.readers) as heard:
        wait_for_work(heard)
        for number in count():
            one = Import(place.site, place.folder, f"crowd-{number}", options.services)
            code, said = one.run()
            imports += 1
            if code:
                unsound.append(f"the import ended with {code}: {said[-300:]}")
            if time.monotonic() > until:
                break
    place.site.stop()
    told = (
        f"{len(place.team.curators)} curators saved {len(heard.saved)} times, {options.readers} "
        f"readers read {heard.read} pages, the slowest in {heard.slowest:.1f} s, "
        f"{len(heard.reported)} reports, {imports} imports"
    )
    yield told, unsound + one.look_at_all() + place.look(heard, all_answered=True)
