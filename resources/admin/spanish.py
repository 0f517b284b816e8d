"""The Spanish of an entry, text by text beside its English.

A row belongs to the English that it was written for. Spanish that a curator writes or confirms now
belongs to the English as saved now; Spanish that is left alone stays with its old English, and is
outdated when that changed. Changed Spanish counts as unread until somebody who speaks it says that
they have read it, whoever had read the earlier text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources import translations, trust
from resources.admin.difference import translated_label
from resources.admin.parts import FormSet, ModelForm, PartInline, TabularInline
from resources.models import (
    Curator,
    Entry,
    OrganisationTranslation,
    ResourceTranslation,
    Translation,
    digest_of,
)
from resources.pages.sheet.hours import is_read
from resources.translations import LISTED_FIELDS, TRANSLATED_FIELDS

LANGUAGE = "es"


class TranslationForm(ModelForm):
    """One English text and its Spanish."""

    curator: ClassVar[Curator | None] = None

    field = forms.CharField(widget=forms.HiddenInput, max_length=40)
    # The English that stood beside the Spanish; tells the texts of one list apart.
    english = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    text = forms.CharField(
        label=gettext_lazy("Spanish"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 3, "lang": "es"}),
    )
    read = forms.BooleanField(
        label=gettext_lazy("I speak Spanish and have read this."), required=False
    )

    instance: Any
    # The entry with its English as typed, which is saved before its Spanish is.
    entry: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As it is kept: validating writes what was typed into the instance.
        self.kept = str(self.instance.text or "").replace("\r\n", "\n").strip()
        self.shown_english: str = self.initial.get("english") or ""
        self.fields["text"].widget.attrs["aria-label"] = _("Spanish: %s") % self.label

    @property
    def label(self) -> str:
        """What the text is for, as the form above calls it."""
        owner = self.instance._meta.get_field(owner_of(type(self.instance))).related_model
        return translated_label(owner, str(self["field"].value() or ""))

    @property
    def is_outdated(self) -> bool:
        """Kept for an English text that has changed since."""
        return self.instance.pk is not None and not self.shown_english

    @property
    def present_english(self) -> str:
        """The English as saved, for outdated Spanish; empty where nobody can tell which it is."""
        field = str(self["field"].value() or "")
        return getattr(self.entry, field) if field in TRANSLATED_FIELDS[self.entry.KIND] else ""

    @property
    def said(self) -> str:
        """The Spanish as typed, with the line ends that are kept."""
        return str(self.cleaned_data.get("text") or "").replace("\r\n", "\n")

    def has_changed(self) -> bool:
        """A row for a missing translation counts once something is written in it."""
        typed = self.data.get(self.add_prefix("text"), "").replace("\r\n", "\n").strip()
        ticked = bool(self.data.get(self.add_prefix("read")))
        return ticked or typed != self.kept

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.has_changed():
            return cleaned
        if cleaned.get("read") and not self.said:
            raise ValidationError(_("There is no Spanish here to have read."))
        kind = owner_of(type(self.instance))
        fields = (*TRANSLATED_FIELDS[kind], *LISTED_FIELDS[kind])
        if cleaned.get("field") not in fields:
            raise ValidationError(_("This entry has no such text to translate."))
        cleaned["text"] = self.said
        self._belong_to(self._english_now(str(cleaned["field"]), str(cleaned.get("english") or "")))
        return cleaned

    def _english_now(self, field: str, beside: str) -> str:
        """The English as it is about to be saved; of a text in a list, the one it stood beside."""
        entry = self.entry
        english = getattr(entry, field) if field in TRANSLATED_FIELDS[entry.KIND] else beside
        english = english.replace("\r\n", "\n")
        if not english:
            raise ValidationError(_("There is no English text for this Spanish. Write that first."))
        return english

    def _belong_to(self, english: str) -> None:
        self.instance.language = LANGUAGE
        self.instance.english_digest = digest_of(english)
        self.instance.confirmed_by = self.instance.confirmed_at = None
        if self.cleaned_data.get("read") and self.curator is not None:
            trust.confirm(self.instance, by=self.curator)


def owner_of(model: type[Translation]) -> str:
    """The name of the key to the entry that such a row belongs to."""
    return "resource" if model is ResourceTranslation else "organisation"


class TranslationFormSet(FormSet):
    """The rows that are there, each beside its English, and an empty one for each missing text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        entry: Entry = kwargs["instance"]
        self.english = english_by_digest(entry) if entry.pk else {}
        kwargs["initial"] = list(missing(entry, self.english)) if entry.pk else []
        self.extra = len(kwargs["initial"])
        super().__init__(*args, **kwargs)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.entry = self.instance
        if form.instance.pk is not None:
            key = (form.instance.field, form.instance.english_digest)
            form.shown_english = self.english.get(key, "")
            form.initial["english"] = form.shown_english
        return form

    def _should_delete_form(self, form: Any) -> bool:
        """A row whose Spanish was emptied goes."""
        emptied = bool(form.instance.pk) and not form.cleaned_data.get("text")
        return bool(super()._should_delete_form(form)) or emptied

    @property
    def deleted_forms(self) -> list[Any]:
        if not self.is_valid():
            return []
        return [form for form in self.initial_forms if self._should_delete_form(form)]

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[str, str]] = set()
        for form in self.forms:
            if self._should_delete_form(form) or not (form.instance.pk or form.has_changed()):
                continue
            key = (form.cleaned_data.get("field", ""), form.instance.english_digest)
            if key in seen:
                form.add_error(
                    "text", _("There is Spanish for this text already. Keep one of the two.")
                )
            seen.add(key)


def english_by_digest(entry: Entry) -> dict[tuple[str, str], str]:
    """Every English text of the entry, by field and digest, in the order of its fields."""
    return {
        (field, digest_of(text)): text
        for field, texts in translations.english_texts(entry).items()
        for text in texts
    }


def missing(entry: Entry, english: dict[tuple[str, str], str]) -> Iterator[dict[str, str]]:
    """What to begin an empty row with, for each English text that has no Spanish row of its own.

    A field of one text that has an outdated row gets none: its Spanish is there to be mended.
    Nor do hours that every page says in its own language.
    """
    rows = entry.translations.filter(language=LANGUAGE)  # type: ignore[attr-defined]
    have = {(row.field, row.english_digest) for row in rows}
    mended = {field for field, _digest in have}.intersection(TRANSLATED_FIELDS[entry.KIND])
    for (field, digest), text in english.items():
        is_said = field == "phone_hours" and is_read(text)
        if (field, digest) not in have and field not in mended and not is_said:
            yield {"field": field, "english": text}


class TranslationInline(PartInline, TabularInline):
    form = TranslationForm
    formset = TranslationFormSet
    fields = ("field", "english", "text", "read")
    row_key = ("field", "text")
    template = "admin/recorded/spanish.html"
    verbose_name_plural = gettext_lazy("Spanish")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With whoever has read each."""
        return super().get_queryset(request).select_related("confirmed_by")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("TranslationForm", (formset.form,), {"curator": request.user})
        return formset


class OrganisationTranslationInline(TranslationInline):
    model = OrganisationTranslation


class ResourceTranslationInline(TranslationInline):
    model = ResourceTranslation
