"""Puts nested records into the stage: an organization, a service, a term each by itself.

A service names its organization by `organization_id` and no longer holds it; an organization no
longer holds its services. What was only told in brief gives way to what comes whole.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from resources.interchange.intake.sources.entities import PARENTS, WHOLE
from resources.interchange.intake.sources.shapes import hold_shape, identifier_of
from resources.interchange.intake.sources.tables import Row, Tables
from resources.interchange.intake.sources.values import Unfit
from resources.interchange.intake.stage import Raw, Stage
from resources.interchange.refusal import Problem

# A service with no more than this was named in brief: a list of what an organization runs.
BRIEF = frozenset(
    {"id", "name", "status", "last_modified", "modified_date", "organization_id", "program_id"}
)
# So many terms are remembered as put, which spares asking the stage for each that is named.
MOST_TERMS = 50_000


class Placing:
    """Puts the records of one source into a stage.

    With `waiting` a service may come before its organization, until `settle`; else it is refused
    at once. `has_services`: they come by themselves, and what organizations tell of them is less.
    `left` counts what was there and has no place in a stage, by its entity.
    """

    has_services = False

    def __init__(self, stage: Stage, waiting: Tables | None = None) -> None:
        self.left: Counter[str] = Counter()
        # By entity: what a record stands under, by its own id.
        self.parents: dict[str, dict[str, str]] = {entity: {} for entity in PARENTS}
        self._stage, self._waiting = stage, waiting
        self._terms: set[str] = set()
        self._told: dict[str, Any] = {}

    def put(self, row: Row, *, is_whole: bool = True) -> None:
        """Put a record and what it holds; what is wrong with it refuses it alone."""
        if row.entity not in WHOLE:
            self.left[row.entity] += 1
            return
        try:
            own = identifier_of(row.body)
            row.body["id"] = own
            hold_shape(row.body, row.entity)
            if row.entity == "service":
                self._put_service(own, row, is_whole)
            elif row.entity == "organization":
                self._put_organization(own, row, is_whole)
            elif row.entity == "taxonomy_term":
                self._put_term(own, row, is_whole)
            else:
                self._put(own, row, is_whole)
        except Unfit as unfit:
            self.refuse(row, unfit)

    def refuse(self, row: Row, unfit: Unfit) -> None:
        """Note why a record was not taken."""
        self._stage.refuse(Problem(row.file, label(row), unfit.field, unfit.cure))

    def settle(self) -> None:
        """Put the services whose organizations came after them; refuse those of none."""
        for row in self._waiting.rows("service") if self._waiting else ():
            own = str(row.body["id"])
            if self._stage.has("organization", row.body["organization_id"]):
                self._put_service(own, row, is_whole=True)
            else:
                self.refuse(row, _nowhere(row.body["organization_id"]))

    def _put(self, own: str, row: Row, is_whole: bool) -> None:
        if parent := row.body.get(PARENTS.get(row.entity, "")):
            self.parents[row.entity].setdefault(own, str(parent))
        self._stage.put(Raw(row.entity, own, row.body, row.file, row.place), is_whole=is_whole)

    def _put_service(self, own: str, row: Row, is_whole: bool) -> None:
        self._put_organization_of(row)
        owner = row.body["organization_id"]
        self._put_terms(row.body.get("attributes", ()), row)
        if self._stage.has("organization", owner):
            self._put(own, row, is_whole)
        elif self._waiting is not None:
            self._waiting.add(row)
        else:
            raise _nowhere(owner)

    def _put_organization_of(self, row: Row) -> None:
        """See that the service names its organization by id alone. Raises `Unfit`."""
        told, named = row.body.pop("organization", None), row.body.get("organization_id")
        if told is not None and not isinstance(told, dict):
            raise Unfit("organization", "Here should be an object.")
        if told and told.get("id"):
            owner = identifier_of(told)
            if named not in (None, "", owner, told["id"]):
                raise Unfit(
                    "organization_id",
                    f"It is of {named}, and tells of {owner} as its organization. Keep one.",
                )
            row.body["organization_id"] = owner
            # Each of an organization's services tells of it, and most often the same.
            if told != self._told:
                self._told = dict(told)
                self.put(Row("organization", told, row.file, row.place), is_whole=False)
        elif named in (None, ""):
            raise Unfit("organization_id", "It names no organization. Say whose service it is.")
        else:
            row.body["organization_id"] = identifier_of({"id": named})

    def _put_organization(self, own: str, row: Row, is_whole: bool) -> None:
        services = row.body.pop("services", None) or []
        if not isinstance(services, list):
            raise Unfit("services", "Here should be a list.")
        self._put_terms(row.body.get("attributes", ()), row)
        self._put(own, row, is_whole)
        for number, service in enumerate(services, start=1):
            self._put_service_of(own, service, Row("service", service, row.file, row.place), number)

    def _put_service_of(self, owner: str, service: Any, row: Row, number: int) -> None:
        row = Row(row.entity, row.body, row.file, f"{row.place}, service {number}")
        if isinstance(service, dict):
            if service.keys() <= {"id"}:
                return  # that there is one; it comes by itself
            if service.get("organization_id") in (None, ""):
                service["organization_id"] = owner
            if str(service["organization_id"]) != owner:
                told = f"It stands in organization {owner}, and names another. Keep one."
                self.refuse(row, Unfit("organization_id", told))
                return
            is_brief = self.has_services or service.keys() <= BRIEF
            self.put(row, is_whole=not is_brief)
        else:
            self.refuse(row, Unfit("", "Here should be an object. Write the service anew."))

    def _put_term(self, own: str, row: Row, is_whole: bool) -> None:
        told = row.body.get("taxonomy_detail")
        if isinstance(told, dict) and told.get("id"):
            self.put(Row("taxonomy", dict(told), row.file, row.place), is_whole=False)
        self._put(own, row, is_whole)

    def _put_terms(self, attributes: Any, row: Row) -> None:
        """Put the terms that a record is tagged with: there may be no list of them."""
        for attribute in attributes:
            term = attribute.get("taxonomy_term")
            own = str(term.get("id") or "") if term else ""
            if own and own not in self._terms and len(self._terms) < MOST_TERMS:
                self._terms.add(own)
                self.put(Row("taxonomy_term", dict(term), row.file, row.place), is_whole=False)


def label(row: Row) -> str:
    """How a problem names a record."""
    body = row.body if isinstance(row.body, dict) else {}
    own, name = body.get("id"), body.get("name")
    told = (
        f" {own}" if isinstance(own, str | int) else f" “{name}”" if isinstance(name, str) else ""
    )
    return f"{row.entity}{told[:100]} ({row.place})"


def _nowhere(owner: object) -> Unfit:
    return Unfit(
        "organization_id",
        f"Its organization {owner} is nowhere in what was given. Add it, or mend the id.",
    )
