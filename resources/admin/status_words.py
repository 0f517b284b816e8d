"""The words that mean open or closed on one fund's page, where the usual ones do not do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.admin.parts import ModelAdmin, ModelForm
from resources.admin.site import desk
from resources.models import StatusWords
from resources.trust.looking import words_of

STATUSES = ("open", "closed", "waitlist")


class StatusWordsForm(ModelForm):
    """One phrase a line; no phrase may mean two things."""

    class Meta:
        model = StatusWords
        fields = ("url", *STATUSES)
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in STATUSES}

    def clean(self) -> dict[str, Any]:
        """Refuse a page without words, and words that would say two things."""
        cleaned = super().clean() or self.cleaned_data
        words = words_of(StatusWords(**{name: cleaned.get(name, "") for name in STATUSES}))
        phrases = [phrase.casefold() for phrase in (*words.open, *words.closed, *words.waitlist)]
        if not phrases:
            raise ValidationError(_("Write at least one phrase that the page has."))
        twice = next((phrase for phrase in phrases if phrases.count(phrase) > 1), None)
        if twice:
            raise ValidationError(_("“%s” stands twice. It can mean one thing only.") % twice)
        return cleaned


@admin.register(StatusWords, site=desk)
class StatusWordsAdmin(ModelAdmin):
    """For pages that say it in words of their own. Others are read with the usual words."""

    form = StatusWordsForm
    list_display = ("url", *STATUSES)
    search_fields = ("url",)
    fieldsets = (
        (
            None,
            {
                "fields": ("url", *STATUSES),
                "description": gettext_lazy(
                    "One phrase a line, as the page has it. Only these are looked for on that"
                    " page, from the next visit on. “Not” before a phrase that means open makes"
                    " it mean closed."
                ),
            },
        ),
    )
