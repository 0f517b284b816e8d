"""What an organisation answers of its entries: all is right, or what is to be changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.forms.reports import Words
from resources.models import LetterAnswer
from resources.models.letter import LONGEST_ANSWER


class AnswerForm(forms.Form):
    """`words` go with a change alone, which says nothing without them."""

    says = forms.ChoiceField(choices=LetterAnswer.Says.choices)
    words = Words(LONGEST_ANSWER, lines=True)

    def clean(self) -> dict[str, Any]:
        """Ask for words where something is to be changed."""
        cleaned = self.cleaned_data
        if cleaned.get("says") == LetterAnswer.Says.RIGHT:
            cleaned["words"] = ""
        elif not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", str(_("Write what is to be changed.")))
        return cleaned
