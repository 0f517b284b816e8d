"""The questions of /find-help/: any may be left open; what cannot be read is said beside its field.

Illness and medicine are read as the search reads them, so that any word for them will do.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resources.eligibility import Answers, BadAnswer
from resources.eligibility.amounts import read_dollars, yearly
from resources.eligibility.answers import BOUNDS
from resources.pages.insurance import KINDS
from resources.pages.landing import OTHER
from resources.search.areas import read_area
from resources.search.by_words import read_words
from resources.search.facets import UNINSURED
from resources.search.query import SearchQuery
from resources.search.sets import Directory
from resources.search.suggesting import suggest_of, term_named

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The kinds of insurance that are asked for, not the whole vocabulary; none chosen is "not sure".
ASKED = (*KINDS, UNINSURED)

LONGEST_WORDS = 200

# So many names are offered where words are not understood.
MOST_OFFERED = 5

# The fields of `Answers`, and the questions that they are asked with.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "conditions": ("illness",),
    "medicines": ("medicine",),
    "state": ("place",),
    "age": ("age",),
    "insurance": ("insurance",),
    "household_size": ("people",),
    "yearly_income": ("income", "period"),
}


def _number(field: str, unread: StrOrPromise) -> forms.IntegerField:
    """A whole number within the bounds of this field of `Answers`."""
    least, most, message = BOUNDS[field]
    messages = {"invalid": unread, "min_value": message, "max_value": message}
    return forms.IntegerField(
        required=False, min_value=least, max_value=most, error_messages=messages
    )


class Words(forms.CharField):
    """Words for terms of one facet: a name as it stands, or read as the search reads a question."""

    def __init__(self, facet: str, unread: StrOrPromise, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_WORDS, **options)
        self.facet, self.unread = facet, unread
        self.directory: Directory | None = None
        self.language = "en"
        self.offers: list[str] = []

    def clean(self, value: Any) -> tuple[str, ...]:
        """The values that the words mean, in the order typed.

        Raises where they mean none; `offers` then has the names of what they may begin.
        """
        text = super().clean(value)
        if not text or self.directory is None:
            return ()
        named = term_named(self.directory, self.facet, text)
        if named is not None:
            return (named,)
        read = read_words(self.directory, SearchQuery(text=text))
        found = dict.fromkeys(value for facet, value in read.terms if facet == self.facet)
        if not found:
            near = suggest_of(self.directory, text, self.language, self.facet)
            self.offers = [suggestion.term for suggestion in near[:MOST_OFFERED]]
            raise forms.ValidationError(str(self.unread))
        return tuple(found)


class FindHelp(forms.Form):
    """What somebody needs and says of themselves. `answers` has it once the form is valid."""

    need = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    illness = Words(
        "condition",
        _("We do not know this illness by that word. Try another word, or leave it empty."),
    )
    medicine = Words(
        "medicine",
        _("We do not know this medicine by that word. Try another name, or leave it empty."),
    )
    place = forms.CharField(required=False, max_length=60)
    insurance = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    people = _number("household_size", _("Write a number, for example 2."))
    income = forms.CharField(required=False, max_length=60)
    period = forms.ChoiceField(
        required=False,
        choices=[("year", _("a year")), ("month", _("a month"))],
        widget=forms.RadioSelect,
        initial="year",
    )
    age = _number("age", _("Write an age in years, for example 45."))

    def __init__(
        self,
        data: QueryDict | None,
        directory: Directory,
        language: str,
        *,
        asks: Collection[str] | None = None,
    ) -> None:
        """`asks`: the fields of `Answers` to ask for, where not all are to be asked."""
        super().__init__(data)
        self.directory = directory
        terms = directory.terms
        fields: dict[str, Any] = self.fields
        for name in ("illness", "medicine"):
            fields[name].directory, fields[name].language = directory, language
        fields["need"].choices = [
            (slug, term.in_language(language))
            for slug, term in terms["need"].items()
            if not term.parents and slug != OTHER
        ]
        fields["insurance"].choices = [
            (kind, terms["insurance"][kind].in_language(language))
            for kind in ASKED
            if kind in terms["insurance"]
        ]
        self.answers = Answers()
        if asks is not None:
            wanted = {name for field in asks for name in QUESTIONS[field]}
            self.fields = {name: field for name, field in fields.items() if name in wanted}

    def clean_place(self) -> str:
        """The code of a state that was named, or in which a ZIP code lies."""
        text = self.cleaned_data["place"]
        area = read_area(text)
        if area is None or area.code:
            return area.code if area else ""
        read = read_words(self.directory, SearchQuery(text=text))
        places = [value for facet, value in read.terms if facet == "area"]
        if places:
            named = read_area(places[0])
            return named.code if named else ""
        raise forms.ValidationError(str(area.note))

    def clean_income(self) -> int | None:
        """Whole dollars a year."""
        text = self.cleaned_data["income"].strip()
        if not text:
            return None
        _least, most, message = BOUNDS["yearly_income"]
        amount = read_dollars(text)
        income = yearly(amount, is_monthly=self.is_monthly) if amount is not None else None
        if income is None or income > most:
            raise forms.ValidationError(str(message))
        return income

    @property
    def is_monthly(self) -> bool:
        """The income was given by the month."""
        return self.data.get("period") == "month"

    def clean(self) -> dict[str, Any]:
        """Let the answers that can be read together become `answers`."""
        cleaned = self.cleaned_data
        try:
            self.answers = Answers(
                conditions=cleaned.get("illness", ()),
                medicines=cleaned.get("medicine", ()),
                insurance=tuple(cleaned.get("insurance", ())),
                state=cleaned.get("place", ""),
                household_size=cleaned.get("people"),
                yearly_income=cleaned.get("income"),
                age=cleaned.get("age"),
            )
        except BadAnswer as bad:
            self.add_error(bad.field, str(bad))
        return cleaned

    @property
    def needs(self) -> list[str]:
        """The needs that were chosen, in the order of the vocabulary."""
        chosen = set(self.cleaned_data.get("need", ()))
        return [slug for slug, _label in self.fields["need"].choices if slug in chosen]  # type: ignore[attr-defined]
