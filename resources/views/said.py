"""What somebody answered, to be sent again with the next button of the same page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

# The questions that take several answers.
SEVERAL = frozenset({"need", "insurance"})


def said_again(data: QueryDict, names: Iterable[str]) -> list[tuple[str, str]]:
    """The answers to these questions; of what is asked for once, the last."""
    answered = {name: data.getlist(name) for name in names}
    return [
        (name, value)
        for name, values in answered.items()
        for value in (values if name in SEVERAL else values[-1:])
        if value
    ]
