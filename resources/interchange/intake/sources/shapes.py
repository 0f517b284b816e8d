"""Whether a record of HSDS has lists where lists belong, and objects where objects belong."""

from __future__ import annotations

from typing import Any

from resources.interchange.intake.sources.entities import INSIDE
from resources.interchange.intake.sources.values import Unfit
from resources.models import Origin

TEXTS = frozenset(
    {"name", "alternate_name", "description", "status", "email", "url", "website", "number"}
)
GROUPS = (dict, list)
LONGEST_ID = Origin.LONGEST_IDENTIFIER


def identifier_of(record: Any) -> str:
    """The id of a record. Raises `Unfit` where it has none."""
    if not isinstance(record, dict):
        raise Unfit("", f"Here should be an object, not {_kind(record)}. Write the record anew.")
    own = record.get("id")
    if isinstance(own, int) and not isinstance(own, bool):
        own = str(own)
    if own is None or (isinstance(own, str) and not own.strip()):
        raise Unfit("id", "It has no id. Give it one that stays the same, best a UUID.")
    if not isinstance(own, str) or len(own) > LONGEST_ID:
        raise Unfit("id", f"The id should be a text of at most {LONGEST_ID} characters.")
    return own.strip()


def hold_shape(record: dict[str, Any], entity: str, field: str = "") -> None:
    """Raise `Unfit` where a part has another shape; fields with null are taken out."""
    for name, value in record.items():
        if isinstance(value, GROUPS) and name in TEXTS:
            raise Unfit(f"{field}{name}", f"Here should be a text, not {_kind(value)}.")
    for name, (part, is_list) in INSIDE.get(entity, {}).items():
        value = record.get(name)
        if value is None:
            record.pop(name, None)
            continue
        if is_list and not isinstance(value, list):
            raise Unfit(f"{field}{name}", f"Here should be a list, not {_kind(value)}.")
        for number, each in enumerate(value if is_list else [value]):
            place = f"{field}{name}[{number}]" if is_list else f"{field}{name}"
            if not isinstance(each, dict):
                raise Unfit(place, f"Here should be an object, not {_kind(each)}.")
            hold_shape(each, part, f"{place}.")


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return kinds.get(type(value), "a number")
