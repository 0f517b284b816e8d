"""What readers write to the curators: what is wrong with a page, or which organisation is missing.

Whatever is refused is said beside its field, and nothing that was written is lost.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from resources.forms.tickets import Ticketed
from resources.models import Organisation, Report, Resource
from resources.models.entry import URL_LENGTH
from resources.models.report import LONGEST_EMAIL, LONGEST_NAME, LONGEST_TEXT
from resources.pages.reported import ReportedPage

# A whole form has fewer bytes, however it is encoded; of more, not a word is read.
MOST_BYTES = 100_000

# Of what is too long, so much is given back to be made shorter.
MOST_GIVEN_BACK = 5 * LONGEST_TEXT

TOO_LONG = ngettext_lazy(
    "That is too long: %(limit_value)d character fits. You wrote %(show_value)d.",
    "That is too long: %(limit_value)d characters fit. You wrote %(show_value)d.",
    "limit_value",
)


class Words(forms.CharField):
    """A few words or many, without what is no character to a reader."""

    def __init__(self, most: int, *, lines: bool = False, **options: Any) -> None:
        said = {"max_length": TOO_LONG, **options.pop("error_messages", {})}
        self.has_lines = lines
        super().__init__(max_length=most, error_messages=said, **{"required": False, **options})

    def to_python(self, value: Any) -> str:
        """Line breaks as they are counted in a browser; a field of one line has none."""
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
        return kept.strip() if self.has_lines else " ".join(kept.split())

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was written, to be shown again: as much as anybody would read."""
        return str(data or "")[:MOST_GIVEN_BACK]


class Letter(Ticketed):
    """What every message has: a way to answer, and a ticket."""

    email = forms.EmailField(
        required=False,
        max_length=LONGEST_EMAIL,
        error_messages={
            "invalid": _("This is no email address. Write one like jo@example.org, or leave it."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, data: QueryDict | None, page: ReportedPage) -> None:
        super().__init__(data)
        self.page = page

    def report(self) -> Report:
        """The message, not saved."""
        raise NotImplementedError


class Problem(Letter):
    """What is wrong with a page."""

    NAME = "report"

    wrong = forms.ChoiceField(
        required=False,
        choices=Report.Wrong.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose what is wrong.")},
    )
    text = Words(LONGEST_TEXT, lines=True)
    field_order = ("wrong", "text", "email")

    def clean(self) -> dict[str, Any]:
        """Something has to be said: a choice or, where none fits, a few words."""
        cleaned = super().clean()
        wrong, text = cleaned.get("wrong"), cleaned.get("text")
        if "wrong" in cleaned and "text" in cleaned and not text:
            if not wrong:
                self.add_error("wrong", str(_("Choose what is wrong.")))
            elif wrong == Report.Wrong.OTHER:
                self.add_error("text", str(_("Write in a few words what is wrong.")))
        return cleaned

    def report(self) -> Report:
        entry = self.page.entry
        return Report(
            kind=Report.Kind.PROBLEM,
            path=self.page.path,
            organisation=entry if isinstance(entry, Organisation) else None,
            resource=entry if isinstance(entry, Resource) else None,
            wrong=self.cleaned_data["wrong"] or Report.Wrong.OTHER,
            text=self.cleaned_data["text"],
            email=self.cleaned_data["email"],
        )


class Suggestion(Letter):
    """An organisation that is missing."""

    NAME = "suggest"

    name = Words(
        LONGEST_NAME, required=True, error_messages={"required": _("Write the name of it.")}
    )
    website = forms.URLField(
        required=False,
        max_length=URL_LENGTH,
        assume_scheme="https",
        error_messages={
            "invalid": _("This is no web address. Write one like www.example.org, or leave it."),
            "max_length": TOO_LONG,
        },
    )
    text = Words(LONGEST_TEXT, lines=True)
    why = Words(LONGEST_TEXT, lines=True)
    field_order = ("name", "website", "text", "why", "email")

    def clean_website(self) -> str:
        """Of the web alone."""
        website: str = self.cleaned_data["website"]
        if website:
            invalid = self.fields["website"].error_messages["invalid"]
            URLValidator(schemes=["http", "https"], message=str(invalid))(website)
        return website

    def report(self) -> Report:
        names = ("name", "website", "text", "why", "email")
        written = {name: self.cleaned_data[name] for name in names}
        return Report(kind=Report.Kind.SUGGESTION, **written)
