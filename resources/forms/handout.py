"""What somebody writes and chooses on the page of their list. It is read, used and forgotten."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resources.handouts.wishes import LONGEST_NOTE, Layout, Notes, Size, Wishes

# Fifty-one notes of the longest, each letter of four bytes and sent as twelve, and what is around.
MOST_BYTES = 400_000

_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


class NoteField(forms.CharField):
    """Plain text of a few lines. Line ends count once; what cannot be printed is left out."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST_NOTE,
            widget=forms.Textarea,
            error_messages={"max_length": _("A note has 500 characters at most. Make it shorter.")},
        )

    def to_python(self, value: Any) -> str:
        """The text as it is printed."""
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return str(super().to_python(_UNPRINTABLE.sub("", text)) or "")


class HandOutForm(forms.Form):
    """Notes and wishes. What cannot be meant of the wishes is the usual, never a mistake."""

    note = NoteField()

    def __init__(
        self,
        data: QueryDict | None,
        numbers: Sequence[int],
        language: str = "en",
        illnesses: Collection[str] = (),
    ) -> None:
        """`numbers`: the resources that may have a note; `illnesses`: slugs that may be named."""
        super().__init__(data)
        self.numbers, self.language, self.illnesses = numbers, language, illnesses
        for number in numbers:
            self.fields[f"note-{number}"] = NoteField()

    @property
    def notes(self) -> Notes:
        """The notes that were read. Call `is_valid` first."""
        cleaned = self.cleaned_data
        of = {number: cleaned.get(f"note-{number}", "") for number in self.numbers}
        return Notes(cleaned.get("note", ""), {n: text for n, text in of.items() if text})

    @property
    def typed(self) -> Notes:
        """The notes as they were typed, right or wrong: they are shown again."""
        of = {number: self.data.get(f"note-{number}", "") for number in self.numbers}
        return Notes(self.data.get("note", ""), {n: text for n, text in of.items() if text})

    @property
    def day(self) -> dt.date | None:
        """The day to be reminded on, as a browser or a person writes it; None for no such day."""
        for form in ("%Y-%m-%d", "%m/%d/%Y"):
            with suppress(ValueError):
                return dt.datetime.strptime(self.data.get("day", "").strip(), form).date()
        return None

    @property
    def reminds_of(self) -> int | None:
        """The resource that the reminder is about; None for the whole list."""
        about = self.data.get("about", "")
        return next((number for number in self.numbers if str(number) == about), None)

    @property
    def wishes(self) -> Wishes:
        """What was chosen; the language of the page where none was."""
        chosen, illness = self.data.get("reading", ""), self.data.get("illness", "")
        return Wishes(
            language=chosen if chosen in dict(settings.LANGUAGES) else self.language,
            layout=Layout.FULL if self.data.get("layout") == Layout.FULL else Layout.SHORT,
            size=Size.A4 if self.data.get("size") == Size.A4 else Size.LETTER,
            is_large=bool(self.data.get("large")),
            illness=illness if illness in self.illnesses else "",
        )
