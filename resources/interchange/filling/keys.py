"""The primary keys behind what documents call things by, as `rows` needs them."""

from __future__ import annotations

from typing import Any

from resources.interchange.bulk import reference_field
from resources.interchange.filling.rows import label
from resources.models import Batch, Condition, Curator, Insurance, Medicine, Need, State

TERMS: tuple[Any, ...] = (Condition, Insurance, Medicine, Need, State)
# Nobody has checked or confirmed such an entry, nor changed it with others as one.
NOBODYS: tuple[Any, ...] = (Curator, Batch)


def keys_of_terms() -> dict[str, dict[str, int]]:
    """By model: the key of each term, by its slug or code. Those of entries are the caller's."""
    return {
        **{label(model): {} for model in NOBODYS},
        **{label(model): _keys(model) for model in TERMS},
    }


def _keys(model: Any) -> dict[str, int]:
    return dict(model.objects.values_list(reference_field(model), "pk"))
