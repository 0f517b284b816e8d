"""What each verb asks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.models import Entry, Organisation, dialable
from resources.models.entry import URL_LENGTH

NAME_LENGTH = 200


class NewsForm(forms.Form):
    """Since when, and where it says so: what every verb asks for."""

    since = forms.DateField(
        label=gettext_lazy("Since"),
        help_text=gettext_lazy("The day, such as 2026-11-27. Left empty: not known."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    source = forms.URLField(
        label=gettext_lazy("The page that says so"),
        assume_scheme="https",
        max_length=URL_LENGTH,
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What became of it, for readers (optional)"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, data: Any, entry: Entry) -> None:
        super().__init__(data)
        self.entry = entry

    def clean_since(self) -> dt.date | None:
        """No day to come."""
        since: dt.date | None = self.cleaned_data["since"]
        if since and since > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return since


class RenamedForm(NewsForm):
    """The new name. The old one stays among the others, and its address leads on."""

    name = forms.CharField(
        label=gettext_lazy("New name"),
        help_text=gettext_lazy(
            "The old name stays among its other names, and so do short names such as PAF. Look "
            "through them in its form afterwards."
        ),
        max_length=150,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    field_order = ("name", "since", "source", "note")

    def clean_name(self) -> str:
        """Another one than today's."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if name == str(self.entry):
            raise forms.ValidationError(_("That is its name today. Write the new one."))
        return name


class MergedForm(NewsForm):
    """As whom it goes on."""

    successor = forms.CharField(
        label=gettext_lazy("Goes on as"),
        help_text=gettext_lazy("Its name, or the last part of its page's address: cancercare."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField", "list": "organisations"}),
    )
    field_order = ("successor", "since", "source", "note")

    def clean_successor(self) -> Organisation:
        """A public organisation, and not this one."""
        said = str(self.cleaned_data["successor"]).strip()
        others = Organisation.objects.published().exclude(pk=self.entry.pk)
        slug = said.rstrip("/").rpartition("/")[2]
        found = others.filter(slug=slug).first()
        named = list(others.filter(name__iexact=said)[:2])
        if found is None and len(named) == 1:
            found = named[0]
        if found is None:
            raise forms.ValidationError(
                _("No other public organization has this name or address, or several have.")
            )
        return found


class NumberForm(NewsForm):
    """Which of its numbers changed, and the new one."""

    old = forms.ChoiceField(label=gettext_lazy("The number that changed"))
    new = forms.CharField(label=gettext_lazy("The new number"), max_length=40)
    field_order = ("old", "new", "since", "source")

    def __init__(self, data: Any, entry: Entry) -> None:
        super().__init__(data, entry)
        del self.fields["note"]
        numbers = [(phone.dial, phone.number) for phone in entry.phones.all()]  # type: ignore[attr-defined]
        self.fields["old"] = forms.ChoiceField(label=self.fields["old"].label, choices=numbers)

    def clean_new(self) -> str:
        """One that can be dialled."""
        number = str(self.cleaned_data["new"]).strip()
        try:
            dialable(number)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return number
