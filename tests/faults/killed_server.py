"""The server is killed while curators save and readers report."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from tests.faults.options import Options
from tests.faults.people import Team, at_work, wait_for_work
from tests.faults.places import Place

CURATORS = 3
LATEST = 2.0  # seconds after the first save, at which it is killed at the latest


def attack(place: Place, options: Options) -> Iterator[tuple[str, list[str]]]:
    """Kill it so many times; each time what was found."""
    chance = random.Random(options.seed)
    for _number in range(options.times):
        place.run_inside("make_room")
        place.site.start()
        after = chance.uniform(0, LATEST)
        few = Team(place.team.curators[:CURATORS], place.team.ticket)
        with at_work(place.site, few) as heard:
            wait_for_work(heard)
            time.sleep(after)
            place.site.kill()
        told = f"killed {after:.2f} s after a save, {len(heard.saved)} saves and "
        told += f"{len(heard.reported)} reports acknowledged"
        yield told, place.look(heard)
