"""Resources: what an organisation offers, for whom, by which rules, and how to get it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .entry import (
    Entry,
    Part,
    Phone,
    PublicationState,
    Source,
    Translation,
    WebAddressField,
    is_http,
)
from .organisation import Organisation
from .vocabulary import Condition, Insurance, Medicine, Need, State

# A sighting of a fund's status counts for this many days unless an entry says otherwise: funds
# open and close within days (issue A; the field's evidence is in docs/decisions).
SIGHTING_DAYS = 30

# Needs that only make sense with insurance: a share of what the insurance pays, or its price.
NEEDS_WITH_INSURANCE_ONLY = frozenset({"copay", "premiums"})


class ResourceQuerySet(models.QuerySet["Resource"]):
    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(publication_state=PublicationState.PUBLISHED)

    def with_parts(self) -> Self:
        """With everything that a document, a card and a page show, in a fixed number of queries."""
        return self.select_related("organisation__state", "part_of").prefetch_related(
            "needs",
            "conditions",
            "medicines",
            "insurance",
            "states",
            "area_parts__state",
            "dollar_limits",
            "phones",
            "sources",
            "translations",
            "organisation__phones",
            "organisation__names",
        )


@dataclass(frozen=True, slots=True)
class FundStatusToday:
    """What may be said today about a fund: the status that counts, and what was last seen.

    `counts` is the status for filters, facets and order ("unknown" once a sighting has grown old);
    `seen` is the status that somebody saw, `seen_on` and `precision` when.
    """

    counts: str
    seen: str
    seen_on: dt.date | None
    precision: str

    @property
    def is_old(self) -> bool:
        """Seen once, but too long ago to count."""
        return self.seen_on is not None and self.counts != self.seen


def status_that_counts(status: str, seen_on: dt.date | None, days: int, today: dt.date) -> str:
    """The status for filters, facets and order: "unknown" once its sighting is `days` old.

    What is no fund stays none, however long ago somebody looked.
    """
    if status == Resource.FundStatus.NOT_APPLICABLE:
        return status
    is_old = seen_on is not None and today >= seen_on + dt.timedelta(days=days)
    return Resource.FundStatus.UNKNOWN.value if is_old else status


class Inheriting:
    """What a resource says for itself and what it takes from its programme.

    Of any object that has the columns asked for: a model, or a row that was read for a list.
    """

    if TYPE_CHECKING:
        pk: Any
        part_of: Any
        lifecycle: Any
        fund_status: Any
        fund_status_seen_on: Any
        fund_status_precision: Any
        fund_status_days: Any

    def inherited(self, field: str) -> Any:
        """The value of a field, taken from its programme where it is blank here.

        Many-valued fields and parts ("phones", "documents") are inherited whole. Not for status,
        lifecycle or yes/no fields, which a fund always states for itself.
        """
        value = getattr(self, field)
        rows = value.all() if hasattr(value, "all") else value
        blank = not list(rows) if hasattr(value, "all") else value in (None, "", [], "not_stated")
        return self.part_of.inherited(field) if blank and self.part_of is not None else rows

    def says(self, field: str) -> bool:
        """Whether it says anything itself in this field (a column, a list or its rows)."""
        value = getattr(self, field)
        if hasattr(value, "all"):
            return bool(value.all())
        return value not in (None, "", "not_stated") and value != []

    def who_states(self, *fields: str) -> Self:
        """Itself or, where it leaves all these fields blank, the programme that does not.

        Fields that belong together (a rule and its note) are asked for together, so that a fund's
        own rule is never explained by its programme's note.
        """
        found = (one for one in self.along_programmes() if any(map(one.says, fields)))
        return next(found, self)

    def along_programmes(self) -> Iterator[Self]:
        """Itself, then the programme that it is a fund of, then that one's, and so on."""
        seen: set[int] = set()
        current: Self | None = self
        while current is not None and current.pk not in seen:
            seen.add(current.pk)
            yield current
            current = current.part_of

    def fund_status_on(self, today: dt.date) -> FundStatusToday:
        """What may be said of the fund on this day. A sighting counts for `fund_status_days`."""
        return FundStatusToday(
            counts=status_that_counts(
                self.fund_status, self.fund_status_seen_on, self.fund_status_days, today
            ),
            seen=self.fund_status,
            seen_on=self.fund_status_seen_on,
            precision=self.fund_status_precision,
        )

    @property
    def is_ended(self) -> bool:
        """It is over: found by name, never offered."""
        return bool(self.lifecycle == Resource.Lifecycle.ENDED)


class Resource(Inheriting, Entry):
    """One thing that an organisation offers. HSDS calls it a service.

    Blank and NULL mean "not stated on the pages seen", never "there is no rule". A fund (`part_of`)
    takes from its programme what it leaves blank: read such fields through `inherited`.
    """

    KIND: ClassVar[str] = "resource"

    class Lifecycle(models.TextChoices):
        RUNNING = "running", _("running")
        UNCONFIRMED = "unconfirmed", _("may no longer exist in this form")
        ENDED = "ended", _("ended")

    class FundStatus(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        WAITLIST = "waitlist", _("waiting list")
        NOT_APPLICABLE = "not_applicable", _("not a fund")
        UNKNOWN = "unknown", _("not known")

    class Precision(models.TextChoices):
        DAY = "day", _("a day")
        MONTH = "month", _("a month")
        YEAR = "year", _("a year")

    class AreaKind(models.TextChoices):
        NATIONAL = "national", _("the whole United States")
        STATES = "states", _("some states")

    class InsuranceRule(models.TextChoices):
        NOT_STATED = "not_stated", _("not stated")
        ANY = "any", _("any or none")
        LISTED = "listed", _("only the kinds listed")

    class IncomeRule(models.TextChoices):
        NONE = "none", _("no income limit")
        FPL_PERCENT = "fpl_percent", _("a percentage of the federal guideline")
        DOLLAR_TABLE = "dollar_table", _("dollars by household size")
        DESCRIBED = "described", _("described in words")
        NOT_STATED = "not_stated", _("not stated")

    class ImmigrationRule(models.TextChoices):
        CITIZEN_OR_PERMANENT = "citizen_or_permanent", _("citizens and permanent residents")
        LAWFUL_PRESENCE = "lawful_presence", _("people who are in the country lawfully")
        SSN_NEEDED = "ssn_needed", _("a Social Security number is needed")
        NOT_ASKED = "not_asked", _("they do not ask")
        OPEN_TO_ALL = "open_to_all", _("open to all, whatever the papers")

    class PaidTo(models.TextChoices):
        PERSON = "person", _("the person")
        PROVIDER = "provider", _("the doctor, hospital or pharmacy")
        VENDOR = "vendor", _("whoever is owed, such as a landlord")

    class HowToApply(models.TextChoices):
        ONLINE = "online", _("online")
        PHONE = "phone", _("by phone")
        PROVIDER = "provider", _("through the clinic")
        MAIL = "mail", _("by mail")
        FAX = "fax", _("by fax")

    class Applicant(models.TextChoices):
        PATIENT = "patient", _("the patient")
        FAMILY = "family", _("the family")
        CLINIC = "clinic", _("the clinic")
        SOCIAL_WORKER = "social_worker", _("a social worker")
        NOBODY = "nobody", _("nobody: they choose people themselves")

    # Who and what
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="resources", verbose_name=_("organization")
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funds",
        verbose_name=_("fund of"),
    )
    name = models.CharField(_("name"), max_length=150)
    summary = models.TextField(_("what you get, in two or three sentences"))
    needs = models.ManyToManyField(Need, related_name="resources", verbose_name=_("helps with"))
    lifecycle = models.CharField(
        _("does it still exist?"),
        max_length=15,
        choices=Lifecycle.choices,
        default=Lifecycle.RUNNING,
    )
    lifecycle_since = models.DateField(_("since"), null=True, blank=True)
    urgent = models.BooleanField(_("meant for emergencies"), default=False)
    takes_anyone = models.BooleanField(
        _("a helpline for whoever does not know where to start"), default=False
    )

    # For whom
    conditions = models.ManyToManyField(
        Condition, blank=True, related_name="resources", verbose_name=_("illnesses")
    )
    conditions_note = models.CharField(_("about the illnesses"), max_length=300, blank=True)
    condition_partial = models.BooleanField(
        _("narrower than these illnesses"),
        default=False,
        help_text=_("Only some funds, a stage, a sub-group."),
    )
    medicines = models.ManyToManyField(
        Medicine, blank=True, related_name="resources", verbose_name=_("medicines")
    )
    medicines_note = models.CharField(_("about the medicines"), max_length=300, blank=True)
    area_kind = models.CharField(
        _("where"), max_length=10, choices=AreaKind.choices, default=AreaKind.NATIONAL
    )
    states = models.ManyToManyField(
        State, blank=True, related_name="resources", verbose_name=_("states")
    )
    area_partial = models.BooleanField(
        _("narrower than this area"),
        default=False,
        help_text=_("Counties, miles, one hospital, certain sites."),
    )
    area_note = models.CharField(_("about the area"), max_length=300, blank=True)

    # Rules
    insurance_rule = models.CharField(
        _("insurance rule"),
        max_length=12,
        choices=InsuranceRule.choices,
        default=InsuranceRule.NOT_STATED,
    )
    insurance = models.ManyToManyField(
        Insurance,
        blank=True,
        related_name="resources",
        verbose_name=_("kinds of insurance accepted"),
    )
    insurance_required = models.BooleanField(_("makes sense only with insurance"), default=False)
    income_rule = models.CharField(
        _("income rule"), max_length=12, choices=IncomeRule.choices, default=IncomeRule.NOT_STATED
    )
    income_limit_percent = models.PositiveSmallIntegerField(
        _("percent of the federal guideline"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
    )
    # The year whose guideline or dollar table a curator has confirmed; NULL: not stated.
    income_limit_year = models.PositiveSmallIntegerField(
        _("year of the limit"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    income_note = models.CharField(_("about the income"), max_length=500, blank=True)
    age_min = models.PositiveSmallIntegerField(
        _("youngest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_max = models.PositiveSmallIntegerField(
        _("oldest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    immigration_rule = models.CharField(
        _("immigration rule"), max_length=25, choices=ImmigrationRule.choices, blank=True
    )
    residency_note = models.CharField(_("where they must live"), max_length=300, blank=True)
    treatment_note = models.CharField(_("about the treatment"), max_length=300, blank=True)
    eligibility_notes = models.TextField(_("more about who may get it"), blank=True)

    # How
    award = models.CharField(_("what they give"), max_length=300, blank=True)
    paid_to = models.CharField(_("paid to"), max_length=10, choices=PaidTo.choices, blank=True)
    how_to_apply = models.JSONField(_("ways to apply"), default=list, blank=True)
    # NULL: not stated who may apply.
    who_may_apply = models.JSONField(_("who may apply"), null=True, blank=True)
    clinic_must_apply = models.BooleanField(_("the clinic must apply"), default=False)
    apply_url = WebAddressField(
        _("address to apply at"),
        blank=True,
        help_text=_(
            "Only the organization's or its partner's own page. Anything else is a source."
        ),
    )
    status_page_url = WebAddressField(_("its own status page"), blank=True)
    url = WebAddressField(_("page about it"), blank=True)
    documents = models.JSONField(_("documents to have ready"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    languages_note = models.CharField(_("about the languages"), max_length=300, blank=True)
    windows = models.CharField(_("when one can apply"), max_length=300, blank=True)
    renewal = models.CharField(_("renewal"), max_length=300, blank=True)
    use_by = models.CharField(_("use it by"), max_length=300, blank=True)
    decision_time = models.CharField(_("how long they take"), max_length=300, blank=True)
    costs = models.CharField(_("what it costs"), max_length=300, blank=True)

    # Trust
    fund_status = models.CharField(
        _("fund status"), max_length=15, choices=FundStatus.choices, default=FundStatus.UNKNOWN
    )
    # The first day of the month or year where only that is known; `fund_status_precision` says.
    fund_status_seen_on = models.DateField(_("status seen on"), null=True, blank=True)
    fund_status_precision = models.CharField(
        _("how exactly the day is known"), max_length=5, choices=Precision.choices, blank=True
    )
    fund_status_days = models.PositiveSmallIntegerField(
        _("days that a sighting counts"),
        default=SIGHTING_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
    )
    year_of_facts = models.PositiveSmallIntegerField(
        _("newest year of its facts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )

    objects = ResourceQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["name"]
        # What the desk's lists ask for, page by page.
        indexes = [
            models.Index(fields=["name", "-id"], name="resource_by_name"),
            models.Index(fields=["publication_state", "checked_on"], name="resource_by_check"),
            models.Index(fields=["fund_status", "id"], name="resource_by_status"),
            # What changed since, which whoever keeps a copy asks the API.
            models.Index(fields=["changed_at"], name="resource_by_change"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            *(
                models.CheckConstraint(condition=is_http(field), name=f"resource_{field}_is_http")
                for field in ("apply_url", "status_page_url", "url")
            ),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True)
                | Q(age_max__isnull=True)
                | Q(age_min__lte=F("age_max")),
                name="resource_ages_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(fund_status__in=["open", "closed", "waitlist"])
                | Q(
                    fund_status_seen_on__isnull=False,
                    fund_status_precision__in=["day", "month", "year"],
                ),
                name="resource_status_has_day_seen",
            ),
            models.CheckConstraint(
                condition=Q(income_rule="fpl_percent", income_limit_percent__isnull=False)
                | (~Q(income_rule="fpl_percent") & Q(income_limit_percent__isnull=True)),
                name="resource_percent_goes_with_its_rule",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="resource_is_not_part_of_itself",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__in": choices}), name=f"resource_{field}_is_known"
                )
                for field, choices in {
                    "lifecycle": ["running", "unconfirmed", "ended"],
                    "fund_status": ["open", "closed", "waitlist", "not_applicable", "unknown"],
                    "area_kind": ["national", "states"],
                    "insurance_rule": ["not_stated", "any", "listed"],
                    "income_rule": [
                        "none",
                        "fpl_percent",
                        "dollar_table",
                        "described",
                        "not_stated",
                    ],
                }.items()
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.slug])

    def contradictions(self) -> dict[str, Any]:
        """What its own fields say against each other, by the field that has to change."""
        errors: dict[str, Any] = {}
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            errors["age_max"] = _("The oldest age is below the youngest.")
        if self.fund_status in ("open", "closed", "waitlist") and self.fund_status_seen_on is None:
            errors["fund_status_seen_on"] = _("Say when this status was seen.")
        if (self.income_rule == "fpl_percent") != (self.income_limit_percent is not None):
            errors["income_limit_percent"] = (
                _("Say how many percent.")
                if self.income_limit_percent is None
                else _(
                    "A percentage goes with the rule “a percentage of the federal guideline” only."
                )
            )
        return errors

    def take_year_from_sources(self) -> None:
        """Save the year of the newest dated source as that of its facts, unless a curator said one.

        For a saved resource, once its sources are as they shall be.
        """
        dated = [row.page_date for row in self.sources.all() if row.page_date]
        if self.year_of_facts is None and dated:
            self.year_of_facts = int(max(dated)[:4])
            self.save(update_fields=["year_of_facts"])

    @property
    def only_with_insurance(self) -> bool:
        """Help that makes no sense without insurance: marked so, or only for copays or premiums.

        The mark goes with the insurance rule: a fund that states none has its programme's.
        """
        if self.insurance_required or self.who_states("insurance_rule").insurance_required:
            return True
        needs = {need.slug for need in self.inherited("needs")}
        return bool(needs) and needs <= NEEDS_WITH_INSURANCE_ONLY


class AreaPart(Part):
    """A county that a resource is limited to."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="area_parts")
    state = models.ForeignKey(State, models.PROTECT, related_name="+", verbose_name=_("state"))
    county = models.CharField(_("county"), max_length=100)

    class Meta(Part.Meta):
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        constraints = [
            models.UniqueConstraint(fields=["resource", "state", "county"], name="area_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.county}, {self.state.code}"


class DollarLimit(models.Model):
    """The most that a household of this size may earn, in whole dollars a year."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="dollar_limits")
    household_size = models.PositiveSmallIntegerField(
        _("people in the household"), validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    dollars = models.PositiveIntegerField(_("dollars a year"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["household_size"]
        verbose_name = _("dollar limit")
        verbose_name_plural = _("dollar limits")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "household_size"], name="dollar_limit_once"
            ),
            models.CheckConstraint(
                condition=Q(household_size__gte=1, dollars__gte=1), name="dollar_limit_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_size}: ${self.dollars:,}"


class ResourcePhone(Phone):
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="phones")


class ResourceSource(Source):
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="sources")


class ResourceTranslation(Translation):
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        constraints = [
            *Translation.Meta.constraints,
            models.UniqueConstraint(
                fields=["resource", "field", "language", "english_digest"],
                name="resource_translation_once",
            ),
        ]
