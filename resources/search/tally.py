"""What is looked for, as numbers: how often a week, and how often nothing was found.

A search counts once for each term of the vocabularies that it names or that was read in its words.
What is no such term is not counted, so that nobody's own words are held anywhere. Each process
counts in memory; a thread beside its requests writes once a minute, adding to what others wrote.
What cannot be written waits, so that no reader waits or fails for it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from multiprocessing.util import Finalize
from threading import Event, Lock, Thread
from typing import NamedTuple

from django.db import Error, connection, transaction
from django.utils import timezone

from resources.models import SearchCount
from resources.search.results import SearchResults

WEEK = dt.timedelta(weeks=1)
# After its end a week is still written for so long, and only then shown: what is shown changes no
# more, so that two looks at it cannot be compared.
SETTLING = dt.timedelta(days=1)
KEPT = dt.timedelta(days=2 * 365)

EVERY = 60  # seconds between two times of writing
AT_THE_END = 2  # seconds that the end of a process waits for the last time

# The vocabularies have some two thousand terms. So many numbers are held whatever they grow to.
MOST_HELD = 20_000

ADD = """
    INSERT INTO resources_searchcount (week, facet, term, has_results, number)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (week, facet, term, has_results)
    DO UPDATE SET number = resources_searchcount.number + excluded.number
"""

_log = logging.getLogger("resources.search")


class Cell(NamedTuple):
    """What one number is about: a week by its Monday, a term, and whether something was found."""

    week: dt.date
    facet: str
    term: str
    has_results: bool


class Tally:
    """What a process has counted and not written yet. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: Counter[Cell] = Counter()
        self._is_told = False

    def add(self, cells: Iterable[Cell]) -> None:
        """Count each of these once more."""
        with self._lock:
            for cell in cells:
                if cell in self._held or len(self._held) < MOST_HELD:
                    self._held[cell] += 1

    def write(self, today: dt.date) -> bool:
        """Add what is held to the database, and hold it no more; False where that failed.

        Then all of it is held for another time. Weeks that are shown already are dropped.
        """
        with self._lock:
            taken, self._held = self._held, Counter()
        try:
            _add({cell: n for cell, n in taken.items() if cell.week > newest_shown(today)})
        except Exception as error:
            with self._lock:
                self._held.update(taken)
            if not self._is_told:  # once, not every minute; and not the statement with its terms
                _log.warning("Counts of searches wait to be written: %s", type(error).__name__)
            self._is_told = True
            return False
        self._is_told = False
        return True

    def forget(self) -> None:
        """Drop what is held."""
        with self._lock:
            self._held.clear()


def _add(numbers: Mapping[Cell, int]) -> None:
    """Add numbers to those in the database: all of them, or none where it raises.

    In one order, so that of two that write the same rows one waits, and neither is locked out.
    """
    if not numbers:
        return
    rows = [(*cell, number) for cell, number in sorted(numbers.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


tally = Tally()


def count(results: SearchResults, today: dt.date) -> None:
    """Count a search of this day. Takes microseconds and reads nothing."""
    tally.add(cells_of(results, today))


def cells_of(results: SearchResults, today: dt.date) -> Iterator[Cell]:
    """Each term of the vocabularies in a search, under whether the whole search found a match.

    A place counts as its state. What one has to ask is no match.
    """
    for facet, values in results.chosen.items():
        known = results.directory.terms.get(facet, {})
        for value in dict.fromkeys(values):
            if value in known:
                yield Cell(week_of(today), facet, value, results.total > 0)


def week_of(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())


def newest_shown(today: dt.date) -> dt.date:
    """The Monday of the newest week that is over and to which nothing is added any more."""
    return week_of(today - SETTLING) - WEEK


def weeks_shown(today: dt.date) -> list[dt.date]:
    """The Mondays of the weeks that may be looked at, the newest first, whatever was counted."""
    newest = newest_shown(today)
    return [newest - number * WEEK for number in range((newest - (today - KEPT)) // WEEK + 1)]


def forget_old(today: dt.date) -> int:
    """Delete the numbers of weeks that began more than two years ago. Returns how many rows."""
    deleted, _of_each_kind = SearchCount.objects.filter(week__lt=today - KEPT).delete()
    return deleted


def keep_writing() -> Finalize[None]:
    """Begin to write once a minute, as a server does, and once more when this process ends.

    Returns what ends it sooner.
    """
    ending = Event()
    thread = Thread(target=_keep_writing, args=(ending,), daemon=True)
    thread.start()

    def end() -> None:
        ending.set()
        thread.join(AT_THE_END)

    # Not atexit: a worker that was forked ends without it.
    return Finalize(None, end, exitpriority=1)


def _keep_writing(ending: Event) -> None:
    is_last = False
    while not is_last:
        is_last = ending.wait(EVERY)
        tally.write(timezone.localdate())
        with suppress(Error):
            connection.close()
