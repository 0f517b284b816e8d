"""An HSDS API on this machine, behaving as a test asks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.interchange.intake.sources.bringing import ORGANIZATION, service
from tests.trust.links.hostile import Line, Request, Server, Trick, nothing

ROOT = {"version": "3.2", "profile": "https://docs.openreferral.org"}


def answer(value: Any, status: int = 200, **headers: str) -> Trick:
    """JSON, or bytes as they are."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return lambda line: line.answer(status, body, **{"Content_Type": "application/json", **headers})


def params(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.path.partition("?")[2]))


def page(records: list[Any], number: int = 1, size: int = 100, **changes: Any) -> dict[str, Any]:
    """A page of a list of these records."""
    contents = records[(number - 1) * size : number * size]
    pages = -(-len(records) // size)
    return {
        "total_items": len(records),
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
        **changes,
    }


def full(number: int) -> dict[str, Any]:
    """A service with parts and its organization."""
    own = service(id=f"s{number}", phones=[{"id": f"f{number}", "number": "1"}])
    return {**own, "organization": ORGANIZATION}


@dataclass(slots=True)
class Api:
    """Pages of two records. `plays` takes the place of what is answered at a path."""

    server: Server
    lists: dict[str, list[Any]] = field(default_factory=dict)
    plays: dict[str, Trick] = field(default_factory=dict)

    @property
    def root(self) -> str:
        return self.server.url("/hsds")

    def play(self, line: Line) -> None:
        path = line.request.path.partition("?")[0].removeprefix("/hsds/")
        self.plays.get(path, self._honest(path))(line)

    def asked(self) -> list[str]:
        return [one.path.removeprefix("/hsds/") for one in self.server.requests]

    def _honest(self, path: str) -> Trick:
        if path == "":
            return answer(ROOT)
        if path not in self.lists:
            return nothing
        return lambda line: answer(
            page(self.lists[path], int(params(line.request)["page"]), size=2)
        )(line)


class Playing(Server):
    """A server that plays one API."""

    def __init__(self) -> None:
        super().__init__({})
        self.api = Api(self, {"services": [full(1), full(2), full(3)]})

    def trick_for(self, request: Request) -> Trick:
        return self.api.play


def in_turn(*tricks: Trick) -> Trick:
    """One after the other, the last for ever."""
    left: Iterator[Trick] = iter(tricks)
    last: list[Trick] = []

    def play(line: Line) -> None:
        trick = next(left, None)
        if trick is not None:
            last[:] = [trick]
        last[0](line)

    return play


def paged(write: Callable[[int], Mapping[str, Any]]) -> Trick:
    """A page as `write` has it, by its number."""
    return lambda line: answer(write(int(params(line.request)["page"])))(line)
