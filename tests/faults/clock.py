"""The clock of the server is wrong, or goes over a leap day while people work.

libfaketime tells the server's processes another time (Debian's `faketime`); PostgreSQL keeps its
own, as another machine would. Without the library this is left out. The monotonic clock is moved
as well: otherwise `time.sleep` fails (libfaketime 0.9.10), and what waits with it never rests.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.faults.options import Options
from tests.faults.people import Heard, Team, at_work, wait_for_work
from tests.faults.places import Place

HERE = ZoneInfo("America/New_York")  # the TIME_ZONE where nothing is set
LEAD, AFTER = 60, 5  # seconds of work before a midnight, and after it
DAY = 24 * 60 * 60
CURATORS = 3


def attack(place: Place, options: Options) -> Iterator[tuple[str, list[str]]]:
    """Work with each of the clocks; each time what was found, and then by the right clock."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        yield "left out: on Debian and Ubuntu: apt-get install faketime", []
        return
    own = dict(place.site.environment)
    for name, night in CLOCKS.items():
        offset = night if isinstance(night, int) else _seconds_to(night)
        heard = _work(place, library, offset, LEAD + AFTER if night in LEAP_DAYS else AFTER)
        told = place.look(heard, all_answered=True)
        place.site.environment = dict(own)
        yield f"{name}, {len(heard.saved)} saved", told
        yield f"after {name}, by the right clock", _work_rightly(place)


def _work(place: Place, library: Path, offset: int, seconds: float) -> Heard:
    """Work while the clock is wrong by these seconds, and do what the timer does each day."""
    place.site.environment |= {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"{offset:+d}",
    }
    return _worked(place, seconds)


def _work_rightly(place: Place) -> list[str]:
    heard = _worked(place, 0)
    return place.look(heard, all_answered=True)


def _worked(place: Place, seconds: float) -> Heard:
    place.run_inside("make_room")
    team = Team(**place.run_inside("begin", CURATORS))
    place.site.start()
    with at_work(place.site, team) as heard:
        wait_for_work(heard)
        time.sleep(seconds)
    place.site.manage("enqueue_due")
    place.site.stop()
    return heard


def _seconds_to(night: dt.datetime) -> int:
    """How far ahead the clock has to be for this midnight to come soon."""
    return int(night.timestamp() - time.time()) - LEAD


LEAP_DAYS = (
    dt.datetime(2028, 2, 29, tzinfo=HERE),
    dt.datetime(2028, 3, 1, tzinfo=HERE),
)
# Seconds, or the midnight that comes while people work.
CLOCKS: dict[str, int | dt.datetime] = {
    "a day ahead": DAY,
    "a day behind": -DAY,
    "into a leap day": LEAP_DAYS[0],
    "out of a leap day": LEAP_DAYS[1],
}
