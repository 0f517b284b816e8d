"""What organisations and resources share: publication, checks, and their parts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .recorded import Recorded

URL_LENGTH = 500

# Three-digit service numbers that are complete as they stand: 211 (help near you), 988 (crisis).
SHORT_NUMBERS = frozenset({"211", "311", "711", "911", "988"})


if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField  # takes its types only when they are checked


class WebAddressField(Text):
    """An http or https address of up to 500 characters."""

    default_validators = [
        URLValidator(
            schemes=["http", "https"],
            message=_("Write the whole address, beginning with https:// (or http://)."),
        )
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", URL_LENGTH)
        super().__init__(*args, **kwargs)


def is_http(field: str) -> Q:
    """A database condition: this address field is empty, http or https."""
    return (
        Q(**{field: ""})
        | Q(**{f"{field}__startswith": "https://"})
        | Q(**{f"{field}__startswith": "http://"})
    )


def is_of_one_entry(name: str) -> models.CheckConstraint:
    """A constraint of this name: a row is of an organisation or of a resource, never of both."""
    return models.CheckConstraint(
        condition=Q(organisation__isnull=True, resource__isnull=False)
        | Q(organisation__isnull=False, resource__isnull=True),
        name=name,
    )


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Entry(Recorded):
    """An organisation or a resource: one document, with its parts in rows of their own.

    The three dates never mix: `checked_on` is a person's, `links_checked_on` a machine's, and a
    fund's status has its own "seen". A save or an import refreshes none of them.
    """

    publication_state = models.CharField(
        _("publication"),
        max_length=10,
        choices=PublicationState.choices,
        default=PublicationState.DRAFT,
        editable=False,
        db_index=True,
    )
    # NULL in both: no person has checked this entry against its source yet.
    checked_on = models.DateField(_("checked by a person on"), null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    links_checked_on = models.DateField(_("links checked on"), null=True, editable=False)
    # Withdrawn as a second entry of the same: its address leads there, which reads on from its
    # checks and sightings. Never a chain.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="absorbed",
        verbose_name=_("merged into"),
    )

    class Meta(Recorded.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(publication_state__in=PublicationState.values),
                name="%(class)s_publication_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="%(class)s_check_has_day_and_person",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+([-_][a-z0-9]+)*$"),
                name="%(class)s_slug_is_readable",
            ),
        ]

    @property
    def is_published(self) -> bool:
        return self.publication_state == PublicationState.PUBLISHED


class Part(models.Model):
    """A row that belongs to one entry and stands at a place among its like."""

    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Source(Part):
    """A page that facts came from, and what it supports."""

    url = WebAddressField(_("address of the page"))
    # As precise as the page says: "2018", "2018-05", "2018-05-17"; blank: the page has no date.
    page_date = models.CharField(
        _("date of the page"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(
                r"\A\d{4}(-\d{2}(-\d{2})?)?\Z", _("A year, year-month or year-month-day.")
            )
        ],
    )
    says = models.CharField(_("what it says"), max_length=500, blank=True)

    class Meta(Part.Meta):
        abstract = True
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(condition=is_http("url") & ~Q(url=""), name="%(class)s_is_http")
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        """The site's name without "www.", for a reader."""
        return (
            self.url.split("/", 3)[2].removeprefix("www.").rstrip(".")
            if "//" in self.url
            else self.url
        )


class Phone(Part):
    """A telephone number, shown as it was typed and kept in a form that can be dialled."""

    class Zone(models.TextChoices):
        EASTERN = "America/New_York", _("Eastern")
        CENTRAL = "America/Chicago", _("Central")
        MOUNTAIN = "America/Denver", _("Mountain")
        PACIFIC = "America/Los_Angeles", _("Pacific")
        ALASKA = "America/Anchorage", _("Alaska")
        HAWAII = "Pacific/Honolulu", _("Hawaii")
        LOCAL = "local", _("local time")

    number = models.CharField(
        _("number"), max_length=40, help_text=_("As people should read it: 800-532-5274.")
    )
    dial = models.CharField(_("to dial"), max_length=20, blank=True, editable=False)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True, help_text=_("Mon-Fri 9am-5pm"))
    time_zone = models.CharField(
        _("time zone of the hours"), max_length=30, blank=True, choices=Zone.choices
    )
    # NULL: not known which languages are spoken. A list of codes otherwise.
    languages = models.JSONField(_("languages spoken"), null=True, blank=True)
    is_tty = models.BooleanField(_("a TTY number"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Part.Meta):
        abstract = True
        verbose_name = _("phone")
        verbose_name_plural = _("phones")

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.dial = dialable(self.number)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a number that nobody can dial."""
        try:
            self.dial = dialable(self.number)
        except ValueError as error:
            raise ValidationError({"number": str(error)}) from error

    @property
    def entry(self) -> Entry:
        """Whose phone it is: a part knows its entry."""
        owner = self.organisation if hasattr(self, "organisation") else self.resource  # type: ignore[attr-defined]
        return cast(Entry, owner)

    @property
    def speaks_spanish(self) -> bool | None:
        """Whether Spanish is spoken there; None where nobody knows."""
        return None if self.languages is None else "es" in self.languages

    @property
    def href(self) -> str:
        """The tel: link."""
        return f"tel:{self.dial}" + (f",{self.extension}" if self.extension else "")


def dialable(number: str) -> str:
    """The number as a telephone dials it: "+18005325274", or a short one such as "211".

    Raises ValueError, with a sentence that says what to do, where nobody could dial it.
    """
    digits = "".join(filter(str.isascii, filter(str.isdigit, number)))
    if digits in SHORT_NUMBERS and len(number.strip()) == len(digits):
        return digits
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        parsed = None
    reason = parsed and phonenumbers.is_possible_number_with_reason(parsed)
    if parsed is None or reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise ValueError(
            _("“%s” is not a phone number. Write all ten digits, such as 800-532-5274.") % number
        )
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def digest_of(text: str) -> str:
    """A short fingerprint of an English text, by which its translation knows what it translates."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Translation(models.Model):
    """One text of an entry in another language.

    It belongs to the English whose digest it keeps: when the English changes, it is outdated,
    waits for a curator, and is not shown. `field` is a field's name; for texts in lists and parts
    (`documents`, `phone_purpose`, `phone_note`) each text has its own row.
    """

    field = models.CharField(_("field"), max_length=40)
    language = models.CharField(
        _("language"), max_length=10, choices=[("es", _("Spanish"))], default="es"
    )
    text = models.TextField(_("text"))
    english_digest = models.CharField(max_length=32, editable=False)
    # NULL in both: no person who speaks the language has read it.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["field", "pk"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="%(class)s_confirmed_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"
