"""The fields of the public forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise


class KnownValues(forms.MultipleChoiceField):
    """Values of a vocabulary: those that are not known are left out, never an error."""

    def __init__(self, *, empty_label: str | Promise = "", **options: Any) -> None:
        super().__init__(required=False, **{k: v for k, v in options.items() if k != "required"})
        self.empty_label = empty_label
        self.known: frozenset[str] = frozenset()

    def to_python(self, value: Any) -> list[str]:
        """The known ones, each once, in the order in which they were given."""
        return [given for given in dict.fromkeys(super().to_python(value)) if given in self.known]

    def validate(self, value: list[str]) -> None:
        """Whatever is left is fine."""

    def offering(self, choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The list to choose one more from, after a first line that asks to."""
        return [("", str(self.empty_label)), *choices]
