"""Where a service helps, as HSDS says it: the country, states, counties, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from resources.interchange.intake.hsds.fields import Fields
from resources.interchange.intake.texts import fitting, room_in
from resources.models import Resource, State

NOTE = room_in(Resource, "area_note")
NATIONAL = frozenset(
    {
        "us",
        "usa",
        "u.s.",
        "u.s.a.",
        "united states",
        "united states of america",
        "the united states",
    }
    | {"nationwide", "national", "all states", "nation"}
)
# What our own documents say where an area is narrower than its states, and nothing else is known.
NARROWER = "Not in all of this area: ask."

COUNTY = re.compile(
    r"(?:US-(?P<code>[A-Z]{2}) (?P<named>.+))"
    r"|(?:(?P<county>[^,]+?)(?: county| parish| borough)?, *(?P<state>[^,]+))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Area:
    """What was understood. `note`: the words; `is_partial`: narrower than what was understood."""

    is_national: bool = False
    states: list[str] = field(default_factory=list)
    counties: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""
    is_partial: bool = False


class Places:
    """The states by their codes, names and other names."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        for state in State.objects.all():
            for word in (state.code, f"US-{state.code}", state.name, *state.synonyms):
                self._codes.setdefault(word.casefold(), state.code)

    def state(self, words: str) -> str:
        """The code of the state that is called so, in any of its ways; else nothing."""
        return self._codes.get(" ".join(words.casefold().replace("state of ", "").split()), "")

    def read(self, service: Fields) -> Area:
        """What the service areas of a service say together."""
        area, unread = Area(), []
        for row in service.rows("service_areas"):
            extent, name = row.text("extent"), row.text("name")
            about, kind = row.text("description"), row.text("extent_type")
            row.leave_the_rest()
            if about and about not in (area.note, NARROWER):
                area.note = " ".join(filter(None, [area.note, about]))
            if not any(self._understood(words, area) for words in (extent, name) if words):
                unread.append(name or ("" if kind == "geojson" else extent))
        area.counties = list(dict.fromkeys(area.counties))
        area.states = sorted({*area.states, *(state for state, _county in area.counties)})
        if unread:
            area.is_partial = True
            area.note = "; ".join(filter(None, [area.note, *dict.fromkeys(unread)]))
            service.notes.guessed.append("the area, from words")
        area.note = fitting(area.note, NOTE)
        return area

    def _understood(self, words: str, area: Area) -> bool:
        """Whether these words name the country, a state or a county; then they are in the area."""
        if words.casefold().strip() in NATIONAL:
            area.is_national = True
            return True
        if state := self.state(words):
            area.states.append(state)
            return True
        found = COUNTY.fullmatch(words.strip())
        state = self.state(found["code"] or found["state"]) if found else ""
        if found and state and (found["named"] or " county" in words.casefold()):
            area.counties.append((state, found["named"] or found["county"].strip()))
            return True
        return False
