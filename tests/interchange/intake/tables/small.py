"""A small source in a folder: a mapping, its files, and what is taken from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from resources.interchange.intake.stage import Stage
from resources.interchange.intake.tables.constants import hold_constants
from resources.interchange.intake.tables.mapping import read_mapping
from resources.interchange.intake.tables.rows import fetch
from resources.interchange.intake.tables.taking import Taking
from resources.interchange.intake.tables.values import Terms
from resources.interchange.intake.taken import Taken
from resources.interchange.refusal import Refused

TERMS: Terms = {
    "needs": {"legal": "legal", "food": "food", "rent": "rent", "veterans": "veterans"},
    "conditions": {"hiv-aids": "hiv-aids"},
    "states": {"illinois": "IL"},
}
HEAD = """
[source]
name = "small"
url = "https://example.org/list"
date = "2024-05"
state = "IL"
"""
# Organizations and what they offer, in one file.
ONE_FILE = (
    HEAD
    + """
[tables.helps]
id = "Id"
makes = "resource"
[tables.helps.fields]
name = "Name"
organisation = "By"
"""
)


@dataclass
class Source:
    """A folder that a test fills."""

    folder: Path

    def mapping(self, text: str) -> None:
        """Write the mapping."""
        (self.folder / "mapping.toml").write_text(text, encoding="utf-8")

    def file(self, name: str, content: str | bytes) -> Path:
        """Write a file; its path."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(self, at: Path | None = None) -> tuple[list[Taken], Taking]:
        """What the file, or the whole folder, gives."""
        mapping = read_mapping(self.folder / "mapping.toml")
        hold_constants(mapping, TERMS)
        with Stage() as stage:
            taking = Taking(mapping, stage, fetch(at or self.folder, mapping, stage), TERMS)
            return list(taking.records()), taking

    def one(self, rules: str, heading: str, *row: str) -> tuple[Taken, Taking]:
        """The resource that one row gives by these rules, besides its id, name and organisation."""
        self.mapping(ONE_FILE + rules)
        quoted = ",".join('"{}"'.format(cell.replace('"', '""')) for cell in row)
        path = self.file("helps.csv", f"Id,Name,By,{heading}\n1,Rides,Acme,{quoted}\n")
        taken, taking = self.take(path)
        return taken[-1], taking

    def refusals(self, at: Path | None = None) -> list[str]:
        """Why nothing of it is taken."""
        try:
            self.take(at)
        except Refused as refused:
            return [str(problem) for problem in refused.problems]
        return []
