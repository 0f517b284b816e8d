"""JSON of any size as a stream: which lists a document has, and their records one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

import ijson

from resources.interchange.intake.sources.bounds import (
    DEEPEST,
    LONGEST_TEXT,
    MOST_OF_RECORD,
)
from resources.interchange.intake.sources.letters import Letters
from resources.interchange.intake.sources.values import (
    Unfit,
    hold_text,
    named_twice,
    not_finite,
    too_deep,
)

BACKEND = ijson.get_backend("yajl2_c")
BEGINS, ENDS = frozenset({"start_map", "start_array"}), frozenset({"end_map", "end_array"})
# So many bytes may come without anything that is whole: a text may be as long as a record.
MOST_OF_ONE = MOST_OF_RECORD
MOST_LISTS = 200

Event = tuple[str, Any]


class Root(Enum):
    """What a document is as a whole."""

    LIST = "a list of records"
    LISTS = "an object with lists of records"
    RECORD = "one record"


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document is, and of an object the fields with lists, in order."""

    root: Root
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A record of the list `name` ("" where it has none), at `place`; or what is wrong with it."""

    name: str
    place: str
    value: Any = None
    unfit: Unfit | None = None


def outline(letters: Letters) -> Outline:
    """Go through a document once, without making anything of it. Raises `Refused`."""
    depth, field, first, lists = 0, "", "", list[str]()
    is_record = False
    for event, value in _events(letters):
        first = first or event
        if event in BEGINS:
            if depth == 1 and event == "start_array":
                lists.append(field)
                if len(lists) > MOST_LISTS:
                    letters.refuse(f"There are more than {MOST_LISTS} lists in it.")
            depth += 1
        elif event in ENDS:
            depth -= 1
        elif event == "map_key" and depth == 1:
            field = value
            is_record |= field in ("id", "name")
    if first == "start_array":
        return Outline(Root.LIST)
    if first != "start_map":
        letters.refuse("This is JSON, but no list and no object. Give records of HSDS.")
    root = Root.RECORD if is_record or not lists else Root.LISTS
    return Outline(root, tuple(lists))


def records(letters: Letters, root: Root, lists: frozenset[str] = frozenset()) -> Iterator[Found]:
    """The records of a document, of an object those of these lists. Raises `Refused`."""
    if root is Root.RECORD:
        yield from _values(_events(letters), "", "the whole file")
        return
    events = _events(letters)
    next(events)
    if root is Root.LIST:
        yield from _values(events, "", "record {}")
    else:
        yield from _of_lists(events, lists)
    for _rest in events:  # to the end, where what should not be there is found
        pass


def _of_lists(events: Iterator[Event], lists: frozenset[str]) -> Iterator[Found]:
    for event, name in events:
        if event == "end_map":
            return
        first, _value = next(events)
        if first == "start_array" and name in lists:
            yield from _values(events, name, f"{name} {{}}")
        elif first in BEGINS:
            _pass_over(events)


def _pass_over(events: Iterator[Event]) -> None:
    """Read to the end of what has begun."""
    depth = 1
    while depth:
        event, _value = next(events)
        depth += (event in BEGINS) - (event in ENDS)


def _values(events: Iterator[Event], name: str, place: str) -> Iterator[Found]:
    """Each value until the list ends, or the only one. Counted from 1."""
    builder, number = Builder(), 0
    for event, value in events:
        if event == "end_array" and not builder.depth:
            return
        if builder.take(event, value):
            number += 1
            yield Found(name, place.format(number), builder.value, builder.unfit)
            builder = Builder()


class Builder:
    """Makes one value of events. Of one that breaks the bounds it keeps nothing but why."""

    def __init__(self) -> None:
        self.value: Any = None
        self.unfit: Unfit | None = None
        self.depth = 0
        self._open: list[Any] = []
        self._keys: list[str] = []  # of the objects that are open; "" of lists
        self._size = 0

    def take(self, event: str, value: Any) -> bool:
        """Take the next event; whether the value is whole now."""
        if event in ENDS:
            self.depth -= 1
            if not self.unfit:
                self._open.pop()
                self._keys.pop()
        elif self.unfit:
            self.depth += event in BEGINS
        else:
            try:
                self._take(event, value)
            except Unfit as unfit:
                self.unfit, self.value = unfit, None
                self._open.clear()
        return not self.depth

    def _take(self, event: str, value: Any) -> None:
        if event == "map_key":
            if value in self._open[-1]:
                raise named_twice(value)
            self._hold(value)
            self._keys[-1] = value
        elif event in BEGINS:
            self.depth += 1
            self._hold("")
            if self.depth > DEEPEST:
                raise Unfit("", too_deep())
            container: Any = {} if event == "start_map" else []
            self._add(container)
            self._open.append(container)
            self._keys.append("")
        else:
            if isinstance(value, Decimal):
                value = self._number(value)
            self._hold(value if isinstance(value, str) else "")
            self._add(value)

    def _add(self, value: Any) -> None:
        if not self._open:
            self.value = value
        elif isinstance(self._open[-1], dict):
            self._open[-1][self._keys[-1]] = value
        else:
            self._open[-1].append(value)

    def _hold(self, text: str) -> None:
        self._size += len(text) + 8
        if self._size > MOST_OF_RECORD:
            raise Unfit("", f"It is larger than {MOST_OF_RECORD // 2**20} MB. Give it in parts.")
        if len(text) > LONGEST_TEXT or not text.isascii() or "\x00" in text:
            hold_text(text, ".".join(filter(None, self._keys)))

    def _number(self, value: Decimal) -> float:
        number = float(value)
        if not math.isfinite(number):
            raise Unfit(".".join(filter(None, self._keys)), not_finite())
        return number


def _events(letters: Letters) -> Iterator[Event]:
    """What the parser reads, as it comes. Raises `Refused`."""
    events: Any = ijson.sendable_list()
    parser = BACKEND.basic_parse_coro(events)
    quiet = 0
    try:
        for piece in letters.pieces():
            parser.send(piece)
            quiet = 0 if events else quiet + len(piece)
            if quiet > MOST_OF_ONE:
                letters.refuse(f"A text near line {letters.line} is endless. Shorten it.")
            yield from events
            events.clear()
        parser.close()
        yield from events
    except (ijson.JSONError, ValueError, SystemError) as error:  # the last, for endless numbers
        letters.refuse(_why(str(error), letters.line))


def _why(said: str, line: int) -> str:
    """What the parser says, in one line."""
    if "premature EOF" in said:
        return "The file is cut off: it ends before its JSON does. Fetch it again."
    what = " ".join(said.replace("(right here)", "").replace("-", "").split())[:200]
    return f"Near line {line} the file is no JSON: {what}. Mend it there, or fetch it again."
