"""One table of a TOML file, whose keys are asked for one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from resources.interchange.intake.tables.language import Texts
from resources.interchange.refusal import Problem


class Section:
    """One table of the TOML file, whose keys are asked for one by one.

    A key that nobody has asked for by the end is a mistake; those asked for are the known ones.
    """

    def __init__(
        self, file: str, where: str, body: dict[str, Any], problems: list[Problem]
    ) -> None:
        self.where = where
        self.problems = problems
        self._file = file
        self._body = body
        self._asked: dict[str, None] = {}

    def wrong(self, key: str, cure: str) -> None:
        """Note a mistake in this key."""
        self.problems.append(Problem(self._file, self.where, key, cure))

    def take(self, key: str) -> Any:
        """Whatever stands there, None where nothing does."""
        self._asked[key] = None
        return self._body.get(key)

    def text(self, key: str, *, needed: bool = False) -> str:
        """A text; blank where there is none."""
        found = self.take(key)
        if found is None and not needed:
            return ""
        if not isinstance(found, str) or not found.strip():
            self.wrong(key, 'Write a text in quotes: "…".')
            return ""
        return found

    def yes(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        found = self.take(key)
        if not isinstance(found, bool | None):
            self.wrong(key, "Write true or false, without quotes.")
        return found is True

    def texts(self, key: str, *, needed: bool = False) -> Texts:
        """A text, or a list of them."""
        found = self.take(key)
        if found is None and not needed:
            return ()
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not listed or not all(_is_text(each) for each in listed):
            self.wrong(key, 'Write a text in quotes, or a list of them: ["…", "…"].')
            return ()
        return tuple(listed)

    def values(self, key: str) -> Texts | None:
        """What a rule gives: a text, a number, true or false, or a list of these."""
        found = self.take(key)
        return None if found is None else self.as_texts(key, found)

    def as_texts(self, key: str, found: Any) -> Texts:
        """A value of the mapping as texts, as if it had stood in a cell; "" is none."""
        listed = found if isinstance(found, list) else [found]
        if not all(isinstance(each, str | bool | int) for each in listed):
            self.wrong(key, "Write a text, a number, true or false, or a list of these.")
            return ()
        said = [
            ("yes" if each else "no") if isinstance(each, bool) else str(each) for each in listed
        ]
        return tuple(each for each in said if each)

    def sections(self, key: str, *, needed: bool = False) -> Iterator[tuple[str, Section]]:
        """The tables inside this one, by name."""
        found = self.take(key)
        if found is None and not needed:
            return
        if not isinstance(found, dict) or (needed and not found):
            self.wrong(key, f"Write a table: [{self._inside(key)}].")
            return
        for name, body in found.items():
            if isinstance(body, dict):
                yield name, self.section(f"{key}.{name}", body)
            else:
                self.wrong(f"{key}.{name}", f"Write a table: [{self._inside(key)}.{name}].")

    def section(self, name: str, body: dict[str, Any]) -> Section:
        """A table inside this one."""
        return Section(self._file, self._inside(name), body, self.problems)

    def _inside(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def refuse_the_rest(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._body:
            if key not in self._asked:
                self.wrong(key, f"There is no such key. Known are: {', '.join(self._asked)}.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
