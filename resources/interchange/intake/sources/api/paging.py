"""A list of an API, page by page. What came is kept in the stage with the number of the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, NoReturn

from resources.interchange.intake.sources.api.asking import GOES_ON, Asking, Reply, TooLarge
from resources.interchange.intake.stage import Stage
from resources.interchange.refusal import Problem

# Records of a page; where a first page is too large or too slow, fewer are asked for.
PER_PAGE, FEWER, FEWEST = 100, 5, 4
MOST_PAGES = 50_000
# How many pages a list may have in the end: twice as many as at first, and some.
GROWS, SOME = 2, 10
NOT_THERE = frozenset({404, 405, 410, 501})
NOT_UNDERSTOOD = frozenset({400, 422})


@dataclass(slots=True)
class State:
    """How far a list has come."""

    size: int
    next: int = 1
    params: Mapping[str, str] | None = None  # those that it understood
    got: int = 0
    pages: int | None = None  # as it said at first
    total: int | None = None  # as it said last
    is_changing: bool = False  # it said different totals
    is_brief: bool | None = None  # its records have to be asked for one by one
    same: int = 0  # so many that were asked for by themselves said no more than the list
    last: str = ""  # what was on the last page, in short
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds and says of itself; None for what it does not say."""

    contents: Sequence[Any]
    total: int | None = None
    pages: int | None = None
    number: int | None = None
    is_last: bool | None = None


class Listing:
    """The list `name`, asked with the first of `ways` (parameters) that it understands."""

    def __init__(
        self, asking: Asking, stage: Stage, name: str, ways: Sequence[Mapping[str, str]]
    ) -> None:
        self.name = name
        self._asking, self._stage, self._ways = asking, stage, ways
        kept = stage.remembered(f"list {name}")
        self.state = State(**json.loads(kept)) if kept else State(PER_PAGE)
        self._seen = {self.state.last}

    def read(self, put: Callable[[int, Sequence[Any], State], None]) -> bool:
        """Hand on each page that has not come yet; whether there is such a list.

        `put` is given its number, its contents and how far the list has come. Raises `Refused`;
        what has come until then is kept.
        """
        state = self.state
        while not state.is_done:
            if state.next > MOST_PAGES:
                self._refuse(f"It has more than {MOST_PAGES:,} pages. Ask its owner for a file.")
            reply = self._asked()
            if reply is None:
                return False
            page = self._page(reply.value)
            self._compare(page)
            if page.contents:
                put(state.next, page.contents, state)
            state.got += len(page.contents)
            state.is_done = _is_last(page, state.next)
            state.next += 1
            self._keep()
        return True

    def _asked(self) -> Reply | None:
        """The next page; None where there is no such list."""
        while True:
            try:
                return self._asked_for()
            except TooLarge:
                if self.state.next > 1 or self.state.size // FEWER < FEWEST:
                    raise
                self.state.size //= FEWER

    def _asked_for(self) -> Reply | None:
        state = self.state
        ways = [state.params] if state.params is not None else self._ways
        for way in ways:
            paged = {**way, "page": str(state.next), "per_page": str(state.size)}
            reply = self._asking.get(self.name, paged)
            if reply.status == 200:
                state.params = way
                return reply
            if reply.status not in NOT_UNDERSTOOD or state.params is not None:
                break
        if state.params is None and reply.status in NOT_THERE | NOT_UNDERSTOOD:
            return None
        return self._refuse(f"Page {state.next}: it answers {reply.status}. {GOES_ON}")

    def _page(self, value: Any) -> Page:
        if isinstance(value, list):
            return Page(value, is_last=True)
        contents = value.get("contents") if isinstance(value, dict) else None
        if not isinstance(contents, list):
            self._refuse(
                f"Page {self.state.next} is no page of HSDS: it has no list of “contents”. Give "
                "the address of an HSDS 3 API."
            )
        is_last = value.get("last_page")
        return Page(
            contents,
            total=_count(value.get("total_items")),
            pages=_count(value.get("total_pages")),
            number=_count(value.get("page_number")),
            is_last=is_last if isinstance(is_last, bool) else None,
        )

    def _compare(self, page: Page) -> None:
        """Hold a page to what the others said. Raises `Refused`."""
        state = self.state
        if page.number not in (None, state.next):
            self._refuse(
                f"Asked for page {state.next}, it gave page {page.number}. Ask its owner. {GOES_ON}"
            )
        if page.pages is not None:
            state.pages = page.pages if state.pages is None else state.pages
            if page.pages > GROWS * state.pages + SOME:
                self._refuse(
                    f"It grows while it is read: {state.pages} pages at first, {page.pages} now. "
                    f"Ask its owner. {GOES_ON}"
                )
        if page.total is not None:
            state.is_changing |= state.total not in (None, page.total)
            state.total = page.total
        if page.contents:
            state.last = _in_short(page.contents)
            if state.last in self._seen:
                self._refuse(
                    f"Page {state.next} says the same as one before: it does not come to an end. "
                    f"Ask its owner. {GOES_ON}"
                )
            self._seen.add(state.last)

    def _keep(self) -> None:
        state = self.state
        if state.is_done and state.is_changing:
            self._note(
                "The list changed while it was read: some records may be missing. Fetch again what "
                "was modified since."
            )
        elif state.is_done and state.total not in (None, state.got):
            self._note(
                f"It says that it has {state.total:,} records, and gave {state.got:,}. Ask its "
                "owner whether some are missing."
            )
        self._stage.remember(f"list {self.name}", json.dumps(asdict(state)))
        self._stage.keep()

    def _note(self, cure: str) -> None:
        self._stage.refuse(Problem(self.name, "", "total_items", cure))

    def _refuse(self, cure: str) -> NoReturn:
        self._asking.refuse(f"{str(self._asking.base).rstrip('/')}/{self.name}", cure)


def _is_last(page: Page, number: int) -> bool:
    if not page.contents or page.is_last:
        return True
    return page.pages is not None and number >= page.pages and page.is_last is None


def _count(value: Any) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool)
    return value if is_count and value >= 0 else None


def _in_short(contents: Sequence[Any]) -> str:
    ids = [one.get("id") if isinstance(one, dict) else one for one in contents]
    return sha256(json.dumps(ids, default=str).encode()).hexdigest()
