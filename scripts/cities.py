"""Write the cities that a question may name, and the state of each: resources/data/cities.json.

From the ZIP codes of the `zipcodes` package: a city with several ZIP codes in one state and few
elsewhere. Names that are words of other kinds are left out. Run it when that package is renewed.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import zipcodes

TARGET = Path(__file__).resolve().parent.parent / "resources" / "data" / "cities.json"

# So many ZIP codes make a city well known, and so many times those of its namesakes make it the one
# that is meant.
FEWEST, TIMES = 5, 4

MILITARY = frozenset({"AA", "AE", "AP"})
# Words, first names and counties that say something else in a question.
LEFT_OUT = """
Anchor Bend Beverly Branch Bronx Bryan Buena Carolina Carson Cary Chandler Commerce Concord Corona
Eagle Edison Eugene Everett Flushing Frederick Garland Gary Gilbert Grace Hampton Helena Henderson
Homestead Hope Independence Irving Jackson Jamaica Jupiter Katy Lawrence Lima Lincoln London Lynn
Marion Melbourne Mesa Mobile Naples Normal Norman Ontario Orange Providence Reading Sandy Santa
Sparks Spring Sterling Surprise Temple Tracy Tyler Vancouver Ventura Victoria Vienna Warren
Washington York
"""


def main() -> None:
    """Write the file."""
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for place in zipcodes.list_all():
        if place["state"] not in MILITARY:
            states[place["city"].title()][place["state"]] += 1
    cities = {}
    for city, found in sorted(states.items()):
        (state, number), *others = found.most_common(2)
        if number >= FEWEST and all(number >= TIMES * rest for _state, rest in others):
            cities[city] = state
    for word in LEFT_OUT.split():
        cities.pop(word, None)
    TARGET.write_text(json.dumps(cities, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
