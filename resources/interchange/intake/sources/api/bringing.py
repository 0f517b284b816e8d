"""Which lists of an API are fetched, in which order, and what is asked for besides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO
from urllib.parse import quote

import httpx

from resources.interchange.intake.progress import Progress
from resources.interchange.intake.sources.api.asking import Asking
from resources.interchange.intake.sources.api.paging import Listing, State
from resources.interchange.intake.sources.circles import circles, parents_in
from resources.interchange.intake.sources.entities import INSIDE
from resources.interchange.intake.sources.placing import Placing
from resources.interchange.intake.sources.tables import Row
from resources.interchange.intake.sources.values import Unfit, hold
from resources.interchange.intake.stage import Stage
from resources.interchange.refusal import Problem, Refused
from resources.trust.links.fetching import HOST

OF_3 = re.compile(r"(?:^|[^0-9.])3(?:\.|$)")  # "3.0", "v3.2", "HSDS-UK-3.0"
Params = Mapping[str, str]
# A list, what it holds, and how it is asked, the best way first.
PLAIN: tuple[Params, ...] = ({},)
LISTS: tuple[tuple[str, str, tuple[Params, ...]], ...] = (
    ("taxonomies", "taxonomy", PLAIN),
    ("taxonomy_terms", "taxonomy_term", PLAIN),
    (
        "organizations",
        "organization",
        ({"full": "true", "full_service": "false"}, {"full_service": "false"}, {}),
    ),
    ("services", "service", ({"full": "true"}, {})),
)
CHANGING = frozenset({"organizations", "services"})
# So many records without parts say no more by themselves than in a list that is asked for in full:
# then the list is full.
ENOUGH = 10


def bring_in_api(
    asking: Asking, stage: Stage, show: TextIO | None, *, modified_after: str | None = None
) -> dict[str, str]:
    """Put what an API holds into the stage; "version" and "profile" as its root tells them.

    `modified_after` (ISO 8601) asks for what changed since. A stage in which such a fetch was
    stopped goes on at its next page. Raises `Refused`.
    """
    about = _about(asking)
    placing = Placing(stage)
    placing.has_services = True
    for name, entity, ways in LISTS:
        if modified_after and name in CHANGING:
            since = {"modified_after": modified_after}
            # The standard has it for services alone.
            ways = tuple({**way, **since} for way in ways) + (ways if name != "services" else ())
        fetching = Fetching(asking, stage, placing, name, entity)
        is_there = fetching.read(Listing(asking, stage, name, ways), show)
        if name == "services" and not is_there:
            asking.refuse(
                f"{str(asking.base).rstrip('/')}/services",
                "There is no list of services here. Give the address of an HSDS 3 API, that "
                "below which /services is.",
            )
    for problem in list(circles(stage, parents_in(stage))):
        stage.refuse(problem)
    return about


def _about(asking: Asking) -> dict[str, str]:
    """What the root says of the API. Raises `Refused` for one of another standard."""
    reply = asking.get("")
    value = reply.value if isinstance(reply.value, dict) else {}
    if isinstance(reply.value, list) or "contents" in value:
        asking.refuse(asking.base, "This is a list. Give the address above it, without /services.")
    about = {
        key: value[key][:300] for key in ("version", "profile") if isinstance(value.get(key), str)
    }
    version = about.get("version")
    if version and not OF_3.search(version):
        asking.refuse(asking.base, f"It speaks version {version[:40]} of HSDS. Only 3 is read.")
    return about


@dataclass(slots=True)
class Fetching:
    """One list of an API on its way into the stage."""

    asking: Asking
    stage: Stage
    placing: Placing
    name: str
    entity: str

    def read(self, listing: Listing, show: TextIO | None) -> bool:
        """Read it to its end; whether there is such a list. Raises `Refused`."""
        progress = Progress(None, f"{self.name.replace('_', ' ')} fetched", show)
        progress.count = listing.state.got

        def put(number: int, contents: Sequence[Any], state: State) -> None:
            progress.total = state.total
            for place, record in enumerate(contents, start=1):
                self._put(record, f"page {number}, record {place}", state)
                progress.advance()

        is_there = listing.read(put)
        if is_there:
            progress.done()
        return is_there

    def _put(self, record: Any, place: str, state: State) -> None:
        row = Row(self.entity, record, self.name, place)
        try:
            if not isinstance(record, dict):
                raise Unfit("", "Here should be an object. Ask its owner to mend it.")
            hold(record)
            row = Row(self.entity, self._in_full(record, state), self.name, place)
            if self.entity == "service":
                self._see_to_organization(row)
        except Unfit as unfit:
            self.placing.refuse(row, unfit)
        else:
            self.placing.put(row)

    def _in_full(self, record: dict[str, Any], state: State) -> dict[str, Any]:
        """The record with its parts: as it stands in the list, or asked for by itself."""
        own = record.get("id")
        has_parts = not _parts_of(self.entity).isdisjoint(record)
        if self.entity not in ("service", "organization") or not isinstance(own, str | int):
            return record
        if state.is_brief is None and has_parts:
            state.is_brief = False
        if state.is_brief is False:
            return record
        full = self._asked(self.name, own)
        if full is None:
            return record
        if str(full.get("id")) != str(own):
            raise Unfit("id", f"Asked for by its id, another record came ({full.get('id')}).")
        hold(full)
        if not _parts_of(self.entity).isdisjoint(full):
            state.is_brief = True
        elif full.keys() <= record.keys() and "full" in (state.params or {}):
            state.same += 1
            state.is_brief = False if state.same >= ENOUGH else state.is_brief
        return full

    def _see_to_organization(self, row: Row) -> None:
        """Ask for the organization of a service where no list had it."""
        owner = row.body.get("organization_id")
        is_told = isinstance(row.body.get("organization"), dict)
        if not is_told and isinstance(owner, str) and not self.stage.has("organization", owner):
            found = self._asked("organizations", owner)
            if found is not None:
                hold(found)
                self.placing.put(Row("organization", found, "organizations", row.place))

    def _asked(self, name: str, own: str | int) -> dict[str, Any] | None:
        """A record by its id; None where the API does not have it."""
        reply = self.asking.get(f"{name}/{quote(str(own), safe='')}")
        return reply.value if isinstance(reply.value, dict) else None


def _parts_of(entity: str) -> frozenset[str]:
    """The fields by which a record in full differs from one in brief."""
    inside = INSIDE.get(entity, {})
    return frozenset(field for field, (_part, is_list) in inside.items() if is_list)


def base_of(source: str) -> httpx.URL:
    """The root of an API as it is asked. Raises `Refused` for what is no address on the web."""
    try:
        url = httpx.URL(source)
        is_fit = url.scheme in ("http", "https") and not url.userinfo
        is_fit = is_fit and HOST.fullmatch(url.raw_host) is not None
        is_fit = is_fit and not url.query and not url.fragment
    except (httpx.InvalidURL, ValueError):
        is_fit = False
    if not is_fit:
        cure = "Give a plain address such as https://example.org/hsds, without ?, # and password."
        raise Refused([Problem(source[:300], "", "", cure)])
    return url
