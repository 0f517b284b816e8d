"""All that the sets in memory say, as plain values: two directories are alike where these are."""

from __future__ import annotations

from typing import Any

from resources.search import sets


def content(directory: sets.Directory) -> dict[str, Any]:
    """All that a directory says, to be compared."""
    everything = directory.everything
    return {
        "day": (directory.edition, directory.today),
        "families": {
            name: {value: set(held) for value, held in family.items()}
            for name, family in directory.tagged.items()
            if family
        },
        "by name": directory.places.first(everything, 0, len(everything)),
        "organisation": {pk: directory.organisation_of(pk) for pk in everything},
        "terms": directory.terms,
        "organisations": (directory.organisations, dict(directory.successors)),
    }
