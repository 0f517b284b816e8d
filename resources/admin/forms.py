"""The forms of the curators' desk: what is asked, and what is refused with which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.admin.clashing import LONGEST_WORD
from resources.admin.fields import LinesField, RoughDay, RoughDayField, TickedField
from resources.coherence import LIST_AND_RULE
from resources.cycles import UPWARDS, loop_through, way_around
from resources.languages import LANGUAGE_NAMES
from resources.models import FormerSlug, Organisation, Recorded, Resource, public_id_for
from resources.models.recorded import SLUG_LENGTH

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


class RecordedForm(ModelForm):
    """A form of something recorded: knows the version it was opened at, says why it was refused.

    `obstacles` are sentences of an earlier try at saving that was taken back; with any, the form
    does not validate, so that it is shown again with everything that was typed.
    """

    obstacles: ClassVar[Sequence[str]] = ()
    today: ClassVar[dt.date | None] = None

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    history_note = forms.CharField(
        label=gettext_lazy("A word for the history"),
        help_text=gettext_lazy("Optional: why you changed this."),
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name, field in self.fields.items():
            if isinstance(field, TickedField):
                field.allow(getattr(self.instance, name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            cleaned[name] = self._as_kept(name, value)
        if "slug" in self.fields and not self.errors.get("slug"):
            self._settle_slug()
        self._refuse_circles()
        for obstacle in self.obstacles:
            self.add_error(None, obstacle)
        return cleaned

    def _refuse_circles(self) -> None:
        """Refuse what would stand below itself, or go on as itself, and name the way around."""
        for field in UPWARDS.get(type(self.instance), ()):
            chosen = self.cleaned_data.get(field) or []
            loop = loop_through(self.instance, [chosen] if isinstance(chosen, Recorded) else chosen)
            if loop:
                told = _("It would be a circle: %s. Choose another.")
                self.add_error(field, told % way_around(loop))

    def _as_kept(self, name: str, value: Any) -> Any:
        """The value without the traces of being sent through a browser.

        A text area sends other line ends, tick boxes another order: neither is a change, and a
        text that seems changed would lose its translation.
        """
        if isinstance(value, str):
            return value.replace("\r\n", "\n")
        if isinstance(self.fields.get(name), TickedField) and value:
            kept = getattr(self.instance, name)
            return kept if kept and sorted(kept) == sorted(value) else value
        return value

    def slug_base(self) -> str:
        """The words that a slug is made of where none is given."""
        return str(self.cleaned_data.get("name") or "")

    def _settle_slug(self) -> None:
        slug = self.cleaned_data.get("slug") or self.instance.slug or self._free_slug()
        self.cleaned_data["slug"] = slug
        if not slug:
            if not self.errors:
                self.add_error(
                    "slug", _("Write a name for its address: small letters, digits, hyphens.")
                )
        elif slug != self.instance.slug and is_taken(self.instance, slug):
            self.add_error(
                "slug", _("“%s” is, or was, the address of another one. Choose another.") % slug
            )

    def _free_slug(self) -> str:
        """A slug from the name that nothing has or had; "" where the name has no usable letter."""
        base = slugify(self.slug_base())[: SLUG_LENGTH - 4].strip("-_")
        numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, 100))
        return (
            next((slug for slug in numbered if not is_taken(self.instance, slug)), "")
            if base
            else ""
        )


def is_taken(thing: Recorded, slug: str) -> bool:
    """Whether another thing of its kind has this slug, had it, or was born under it."""
    model, born = type(thing), public_id_for(thing.KIND, slug)
    others = model._default_manager.exclude(pk=thing.pk)
    former = FormerSlug.objects.filter(kind=thing.KIND, slug=slug).exclude(
        public_id=thing.public_id
    )
    return others.filter(models.Q(slug=slug) | models.Q(public_id=born)).exists() or former.exists()


class OrganisationForm(RecordedForm):
    """Who runs the help."""

    makers = LinesField(
        label=gettext_lazy("Drug makers' names"),
        help_text=gettext_lazy(
            "For a drug maker: its names as the list of medicines has them, one a line."
        ),
        item_length=120,
        rows=2,
    )

    class Meta:
        model = Organisation
        fields = "__all__"


class ResourceForm(RecordedForm):
    """One thing that an organisation offers."""

    how_to_apply = TickedField(
        label=gettext_lazy("Ways to apply"),
        choices=Resource.HowToApply.choices,
        help_text=gettext_lazy("Nothing ticked: not stated."),
    )
    who_may_apply = TickedField(
        label=gettext_lazy("Who may apply"),
        choices=Resource.Applicant.choices,
        nothing_is_null=True,
        help_text=gettext_lazy("Nothing ticked: not stated. That is not the same as “nobody”."),
    )
    languages = TickedField(
        label=gettext_lazy("Languages"),
        choices=list(LANGUAGE_NAMES.items()),
        help_text=gettext_lazy("Nothing ticked: not stated."),
    )
    documents = LinesField(
        label=gettext_lazy("Documents to have ready"), help_text=gettext_lazy("One a line.")
    )
    fund_status_seen_on = RoughDayField(
        label=gettext_lazy("Status seen on"),
        widget=forms.TextInput(attrs={"class": "vDateField", "size": 11}),
    )

    class Meta:
        model = Resource
        exclude = ("fund_status_precision",)
        help_texts: ClassVar[dict[str, Any]] = {
            "year_of_facts": gettext_lazy("Left empty: the year of the newest dated source.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen_on = self.instance.fund_status_seen_on
        if seen_on is not None:
            precision = self.instance.fund_status_precision or "day"
            self.initial["fund_status_seen_on"] = str(RoughDay(seen_on, precision))

    def slug_base(self) -> str:
        organisation = self.cleaned_data.get("organisation")
        return " ".join(
            filter(None, [organisation and organisation.slug, self.cleaned_data.get("name")])
        )

    def clean_fund_status_seen_on(self) -> dt.date | None:
        rough: RoughDay | None = self.cleaned_data["fund_status_seen_on"]
        self.instance.fund_status_precision = rough.precision if rough else ""
        if rough and rough.day > (self.today or timezone.localdate()):
            raise ValidationError(_("That day has not come yet."))
        return rough.day if rough else None

    def clean_who_may_apply(self) -> list[str] | None:
        who: list[str] | None = self.cleaned_data["who_may_apply"]
        if who and Resource.Applicant.NOBODY in who and len(who) > 1:
            raise ValidationError(_("“Nobody” stands alone: untick the others, or untick it."))
        return who

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._goes_with("insurance", "insurance_rule", Resource.InsuranceRule.LISTED)
        self._goes_with("states", "area_kind", Resource.AreaKind.STATES)
        return cleaned

    def _goes_with(self, listed: str, rule: str, value: str) -> None:
        """Refuse a list without the rule that it belongs to, and the rule without its list."""
        if {listed, rule} & set(self.errors) or not {listed, rule} <= set(self.cleaned_data):
            return
        chosen, has_rows = self.cleaned_data[rule] == value, bool(self.cleaned_data[listed])
        if chosen != has_rows:
            self.add_error(listed, str(LIST_AND_RULE[listed, chosen]))


class TermForm(RecordedForm):
    """A word of a vocabulary, with everything that people call it."""

    synonyms = LinesField(label=gettext_lazy("Other words for it"), item_length=120)
    spanish_synonyms = LinesField(label=gettext_lazy("Spanish words for it"), item_length=120)


class NeedForm(TermForm):
    """Needs have two levels."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = cleaned.get("parent")
        if parent and not self.errors.get("parent"):
            if parent.parent_id:
                self.add_error("parent", _("Needs have two levels: choose one of the first level."))
            elif self.instance.pk and self.instance.children.exists():
                self.add_error(
                    "parent", _("Others are part of this one, so it cannot be part of another.")
                )
        return cleaned


class ConditionForm(TermForm):
    icd10 = LinesField(label=gettext_lazy("ICD-10 prefixes"), item_length=8)

    def clean_related(self) -> Any:
        related = self.cleaned_data["related"]
        if self.instance in related:
            raise ValidationError(_("This is the one itself. Choose others."))
        return related


class MedicineForm(TermForm):
    brands = LinesField(label=gettext_lazy("Brand names"), item_length=120)
