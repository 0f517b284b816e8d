"""The words that entries are tagged with: needs, conditions, medicines, insurance, states."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .recorded import Recorded


class Term(Recorded):
    """One word of a vocabulary, with everything that people call it in English and Spanish."""

    name = models.CharField(_("name"), max_length=120)
    spanish_name = models.CharField(_("Spanish name"), max_length=120, blank=True)
    synonyms = models.JSONField(_("other words for it"), default=list, blank=True)
    spanish_synonyms = models.JSONField(_("Spanish words for it"), default=list, blank=True)

    class Meta(Recorded.Meta):
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name in the language of the page, English where Spanish is not known."""
        return (self.spanish_name if get_language() == "es" else "") or self.name

    @property
    def english_words(self) -> list[str]:
        """Its English name and the other words for it."""
        return [self.name, *self.synonyms]

    @property
    def spanish_words(self) -> list[str]:
        """Its Spanish name, where it is known, and the other words for it."""
        return [word for word in [self.spanish_name, *self.spanish_synonyms] if word]


class Need(Term):
    """What a resource helps with; two levels. `other` is for what no word fits."""

    KIND: ClassVar[str] = "need"

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    question = models.CharField(_("as a person would say it"), max_length=200, blank=True)
    spanish_question = models.CharField(_("the same in Spanish"), max_length=200, blank=True)
    open_eligibility = models.CharField(_("Open Eligibility term"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Term.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["position", "name"]

    @property
    def display_question(self) -> str:
        """The question in the language of the page, English where Spanish is not known."""
        return (self.spanish_question if get_language() == "es" else "") or self.question


class Condition(Term):
    """An illness. A tree in which one may stand under several others.

    A resource for an ancestor ("any cancer") is for somebody with this one as well.
    """

    KIND: ClassVar[str] = "condition"

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("kind of"),
    )
    also_under = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="also_above",
        verbose_name=_("also a kind of"),
    )
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="+",
        verbose_name=_("nearly the same as"),
    )
    icd10 = models.JSONField(_("ICD-10 prefixes"), default=list, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")


class Medicine(Term):
    """A medicine by its generic name, with its brands. `conditions` help to search, no more."""

    KIND: ClassVar[str] = "medicine"

    class GenericKind(models.TextChoices):
        GENERIC = "generic", _("generic")
        BIOSIMILAR = "biosimilar", _("biosimilar")

    brands = models.JSONField(_("brand names"), default=list, blank=True)
    maker = models.CharField(_("maker"), max_length=120, blank=True)
    conditions = models.ManyToManyField(
        Condition, blank=True, related_name="medicines", verbose_name=_("conditions")
    )
    # NULL: not known whether a generic is sold (as of late 2025).
    generic_available = models.BooleanField(_("a generic is sold"), null=True, blank=True)
    generic_kind = models.CharField(
        _("kind of generic"), max_length=20, blank=True, choices=GenericKind.choices
    )

    class Meta(Term.Meta):
        verbose_name = _("medicine")
        verbose_name_plural = _("medicines")

    @property
    def name_with_brands(self) -> str:
        """ "imatinib (Gleevec, Imkeldi)"."""
        brands = ", ".join(self.brands[:3])
        return f"{self.display_name} ({brands})" if brands else self.display_name


class Insurance(Term):
    """A kind of health cover, a tree: Part D is Medicare, Medicare is government insurance."""

    KIND: ClassVar[str] = "insurance"

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("kind of"),
    )
    also_under = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="also_above",
        verbose_name=_("also a kind of"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Term.Meta):
        verbose_name = _("kind of insurance")
        verbose_name_plural = _("kinds of insurance")
        ordering = ["position", "name"]


class State(Term):
    """A state, the district or a territory. The slug is for its page, the code for all else."""

    KIND: ClassVar[str] = "state"

    class Sort(models.TextChoices):
        STATE = "state", _("state")
        DISTRICT = "district", _("district")
        TERRITORY = "territory", _("territory")

    code = models.CharField(_("code"), max_length=2, unique=True)
    sort = models.CharField(_("what it is"), max_length=10, choices=Sort.choices)
    # Blank: the federal government gives territories no poverty guideline of their own.
    guideline_table = models.CharField(_("guideline table"), max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Term.Meta):
        verbose_name = _("state")
        verbose_name_plural = _("states")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z][A-Z]$"), name="state_code_is_two_capitals"
            ),
        ]


class PovertyGuideline(models.Model):
    """The federal poverty guideline of one year for one table of states, in dollars a year.

    Source: the yearly notice of the Department of Health and Human Services, named in `source`.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    table = models.CharField(_("table"), max_length=10)
    first_person = models.PositiveIntegerField(_("dollars for one person"))
    each_additional = models.PositiveIntegerField(_("dollars for each further person"))
    effective = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=500)
    verified = models.BooleanField(_("seen in its source"), default=False)

    class Meta:
        verbose_name = _("poverty guideline")
        verbose_name_plural = _("poverty guidelines")
        ordering = ["-year", "table"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "table"], name="one_guideline_a_year_and_table"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.table}"
