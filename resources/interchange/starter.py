"""The starter data: organisations, their resources, and the Spanish of both.

`resources/data/starter/README.md` words the files. Every entry begins as "not yet checked by a
person": loading checks nothing against the world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from resources.cycles import cycles
from resources.models import (
    Condition,
    Insurance,
    Medicine,
    Need,
    Organisation,
    PublicationState,
    Resource,
    State,
)
from resources.search.clashes import unlisted

from . import loading, organisation_records, resource_records
from .loading import Report, Wanted
from .records import Reading, Record
from .refusal import Refused
from .vocabulary import FOLDER as VOCABULARY_FOLDER
from .vocabulary import Vocabulary, save_guidelines

BY = "starter data"
FOLDER = VOCABULARY_FOLDER.parent / "starter"

ORGANISATIONS, RESOURCES, SPANISH = ("organisations.json", "resources.json", "spanish.json")


@transaction.atomic
def load(folder: Path = FOLDER, vocabulary: Path = VOCABULARY_FOLDER) -> Report:
    """Load the vocabularies and the entries of a folder, in one edition, all or nothing.

    What the directory already says costs nothing; what a curator has touched since is left alone.
    Raises `Refused` with every problem of every file, before anything is saved.
    """
    terms = Vocabulary(vocabulary)
    starter = Starter(folder, terms)
    problems = terms.reading.problems + starter.reading.problems
    if problems:
        raise Refused(problems)
    notes = save_guidelines(terms.guidelines)
    report = loading.load([*terms.wanted(), *starter.wanted()], by=BY)
    report.notes += notes + starter.left_out()
    if report.wrote:
        report.notes += _unlisted_words()
    return report


@transaction.atomic
def load_vocabulary(vocabulary: Path = VOCABULARY_FOLDER) -> Report:
    """Load the vocabularies alone, for a directory whose entries come from elsewhere."""
    terms = Vocabulary(vocabulary)
    if terms.reading.problems:
        raise Refused(terms.reading.problems)
    notes = save_guidelines(terms.guidelines)
    report = loading.load(terms.wanted(), by=BY)
    report.notes += notes
    return report


def _unlisted_words() -> list[str]:
    """Notes on what has become ambiguous, which nobody has looked at yet."""
    return [
        f"“{word}” means {', '.join(meant)}; not listed in ambiguous_terms.json"
        for word, meant in unlisted()
    ]


class Starter:
    """The three files of a folder, read and checked against each other and the vocabularies."""

    def __init__(self, folder: Path, terms: Vocabulary) -> None:
        self.reading = reading = Reading(folder)
        self.organisations = reading.records(
            ORGANISATIONS,
            organisation_records.FIELDS,
            key="slug",
            needed=organisation_records.NEEDED,
        )
        self.resources = reading.records(
            RESOURCES, resource_records.FIELDS, key="slug", needed=resource_records.NEEDED
        )
        self.spanish = reading.mapping(SPANISH)
        # Where a record or a vocabulary is broken, what refers to it would be told twice.
        if not reading.problems and not terms.reading.problems:
            self._check_references(terms)
            self._check_circles()
            self._check_spanish()

    def _check_references(self, terms: Vocabulary) -> None:
        organisations = {row["slug"] for row in self.organisations}
        resources = {row["slug"] for row in self.resources}
        states = terms.slugs[State]
        for row in self.organisations:
            self._expect(ORGANISATIONS, row, "successor", organisations, ORGANISATIONS)
            self._expect(ORGANISATIONS, row, "state", states, "states.json")
        for row in self.resources:
            self._expect(RESOURCES, row, "organisation", organisations, ORGANISATIONS)
            self._expect(RESOURCES, row, "part_of", resources, RESOURCES)
            self._expect(RESOURCES, row, "needs", terms.slugs[Need], "needs.json")
            self._expect(RESOURCES, row, "conditions", terms.slugs[Condition], "conditions.json")
            self._expect(RESOURCES, row, "medicines", terms.slugs[Medicine], "medicines.json")
            self._expect(RESOURCES, row, "insurance", terms.slugs[Insurance], "insurance.json")
            self._expect(RESOURCES, row, "counties", states, "states.json")
            if row["area"] != resource_records.NATIONAL:
                self._expect(RESOURCES, row, "area", states, "states.json")

    def _expect(self, file: str, row: Record, field: str, known: set[str], where: str) -> None:
        """Note each thing that a field refers to and that is not there."""
        value = row[field] or []
        named = [value] if isinstance(value, str) else list(value)
        for slug in named:
            if slug not in known:
                cure = f"There is no “{slug}” in {where}. Correct it, or add it there."
                self.reading.problem(file, row["slug"], field, cure)
        if len(named) != len(set(named)):
            self.reading.problem(
                file, row["slug"], field, "One of these stands here twice. Keep one."
            )

    def _check_circles(self) -> None:
        for file, field, rows in (
            (ORGANISATIONS, "successor", self.organisations),
            (RESOURCES, "part_of", self.resources),
        ):
            for loop in cycles({row["slug"]: [row[field]] for row in rows if row[field]}):
                way = " → ".join(loop)
                cure = f"This goes round in a circle: {way}. Empty the field in one of them."
                self.reading.problem(file, loop[0], field, cure)

    def _check_spanish(self) -> None:
        self._check_spanish_of("organisations", self.organisations, organisation_records.TRANSLATED)
        self._check_spanish_of("resources", self.resources, resource_records.TRANSLATED)

    def _check_spanish_of(self, kind: str, rows: list[Record], translated: tuple[str, ...]) -> None:
        english = {row["slug"]: row for row in rows}
        for slug, texts in (self.spanish.get(kind) or {}).items():
            if slug not in english:
                self.reading.problem(
                    SPANISH, slug, "", f"There is no such record in {kind}.json. Take it out."
                )
                continue
            for field, words in texts.items():
                if cure := _spanish_cure(english[slug], field, words, translated):
                    self.reading.problem(SPANISH, slug, field, cure)

    def wanted(self) -> list[Wanted]:
        """Every entry as a document: organisations, then resources."""
        spanish = (self.spanish.get("organisations") or {}, self.spanish.get("resources") or {})
        former, reachable = self._former_names(), self._reachable()
        return [
            *(
                Wanted(
                    Organisation,
                    organisation_records.document(
                        row, spanish[0].get(row["slug"], {}), former[row["slug"]]
                    ),
                    ORGANISATIONS,
                    called=organisation_records.CALLED,
                )
                for row in self.organisations
            ),
            *(
                Wanted(
                    Resource,
                    resource_records.document(row, spanish[1].get(row["slug"], {})),
                    RESOURCES,
                    state=_state(row, reachable),
                    called=resource_records.CALLED,
                )
                for row in self.resources
            ),
        ]

    def left_out(self) -> list[str]:
        """What the files say and the directory has no place for."""
        return [
            f"organisation/{row['slug']}: “{row['phone_note']}” belongs to no phone; left out"
            for row in self.organisations
            if row["phone_note"] and not row["phone"]
        ]

    def _former_names(self) -> Mapping[str, set[str]]:
        """For an organisation that others go on as: their names, folded."""
        former: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.organisations:
            if row["successor"]:
                former[row["successor"]] |= {
                    name.casefold() for name in [row["name"], *(row["also_known_as"] or [])]
                }
        return former

    def _reachable(self) -> set[str]:
        """The organisations that somebody can get in touch with."""
        ways = ("phone", "website", "email")
        return {row["slug"] for row in self.organisations if any(row[way] for way in ways)}


def _state(row: Record, reachable: set[str]) -> PublicationState:
    """A resource that nobody can get in touch with begins as a draft."""
    ways = ("phones", "url", "apply_url")
    can_be_reached = row["organisation"] in reachable or any(row[way] for way in ways)
    return PublicationState.PUBLISHED if can_be_reached else PublicationState.DRAFT


def _spanish_cure(row: Record, field: str, words: Any, translated: tuple[str, ...]) -> str | None:
    """What is wrong with the Spanish of a field; None where nothing is."""
    if field in translated:
        if not row[field]:
            return "There is no English text that this translates. Take it out."
        return None if isinstance(words, str) and words.strip() else "Write words in quotes."
    if field not in resource_records.TRANSLATED_LISTS or field not in row:
        return f"This field has no words to translate. Known are: {', '.join(translated)}."
    english = resource_records.english_list(row, field)
    if not isinstance(words, list) or len(words) != len(english):
        return f"Write a list of {len(english)}, one for each English text, in the same order."
    return None
