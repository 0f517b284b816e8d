"""The fields of a record of somebody else's, whatever stands in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from resources.interchange.intake.texts import plain
from resources.models.entry import URL_LENGTH

# What belongs to the keeping of a record and says nothing of the help.
OF_RECORDS = frozenset(
    {"id", "metadata", "organization_id", "service_id", "location_id", "link_id"}
)


@dataclass(slots=True)
class Notes:
    """What was read into a record, and what of it has no place."""

    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Fields:
    """A record, read field by field; what nobody has read is told by `leave_the_rest`."""

    def __init__(self, body: Any, notes: Notes, *, name: str) -> None:
        self._body: dict[str, Any] = body if isinstance(body, dict) else {}
        self._read: set[str] = set()
        self._name, self.notes = name, notes

    def __contains__(self, name: str) -> bool:
        return self._body.get(name) not in (None, "", [], {})

    def text(self, name: str) -> str:
        """Words, without markup. What is no text is left, and told."""
        value = self._value(name)
        if isinstance(value, str):
            return plain(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._odd(name, value)
            return ""
        return str(value)

    def number(self, name: str) -> int | None:
        """A whole number, also one that is written as text or with .0."""
        value = self._value(name)
        try:
            return None if value in (None, "") or isinstance(value, bool) else int(float(value))
        except (TypeError, ValueError, OverflowError):
            self._odd(name, value)
            return None

    def flag(self, name: str) -> bool:
        """Whether it is said to be so."""
        return self._value(name) is True

    def day(self, name: str) -> dt.date | None:
        """The day of a date or a moment."""
        value = self._value(name)
        try:
            return dt.date.fromisoformat(str(value)[:10]) if value else None
        except ValueError:
            self._odd(name, value)
            return None

    def address(self, name: str) -> str:
        """A web address that a reader may be led to; others are left, and told."""
        value = self.text(name)
        if not value:
            return ""
        if "://" not in value and "." in value and " " not in value and ":" not in value:
            value = f"https://{value}"
            self.notes.guessed.append(f"{self._name}.{name}: https:// put before it")
        try:
            parts = urlsplit(value)
            is_good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        except ValueError:
            is_good = False
        if not is_good or len(value) > URL_LENGTH or len(value.split()) > 1:
            self.notes.left.append(f"{self._name}.{name}: no web address that can be linked")
            return ""
        scheme, rest = value.split(":", 1)
        return f"{scheme.lower()}:{rest}"

    def texts(self, name: str) -> list[str]:
        """A list of words."""
        value = self._value(name)
        rows = value if isinstance(value, list) else []
        return [plain(row) for row in rows if isinstance(row, str) and row.strip()]

    def inner(self, name: str) -> Fields:
        """A record within this one."""
        return Fields(self._value(name), self.notes, name=f"{self._name}.{name}")

    def rows(self, name: str) -> Iterator[Fields]:
        """A list of records within this one."""
        value = self._value(name)
        if value not in (None, "") and not isinstance(value, list):
            self._odd(name, value)
        rows = value if isinstance(value, list) else []
        for row in rows:
            if isinstance(row, dict):
                yield Fields(row, self.notes, name=f"{self._name}.{name}")

    def raw(self, name: str) -> Any:
        """Whatever stands there."""
        return self._value(name)

    def pass_over(self, *names: str) -> None:
        """Fields that are known, and not needed."""
        self._read.update(names)

    def leave_the_rest(self) -> None:
        """Tell which fields say something that nobody has read."""
        for name in self._body:
            if name in self and name not in self._read and name not in OF_RECORDS:
                self.notes.left.append(f"{self._name}.{name}")

    def _value(self, name: str) -> Any:
        self._read.add(name)
        return self._body.get(name, "")

    def _odd(self, name: str, value: Any) -> None:
        if value not in (None, "", [], {}):
            self.notes.left.append(f"{self._name}.{name}: not of the kind that belongs there")
