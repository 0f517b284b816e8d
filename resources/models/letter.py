"""The yearly question to an organisation whether what we show is still right, and its answers.

An answer is a proposal: a curator reads it, and it is never a check by a person.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fate import Fate
from .organisation import Organisation

# The question itself, and up to three reminders of it.
MOST_MAILS = 4
LONGEST_ANSWER = 2000


class Letter(models.Model):
    """One question to one organisation. `mails` went out, the newest on `last_mail_on`.

    `fate`: what is known of the newest mail. One that was handed over and never confirmed (a
    machine stopped half-way) stays `sending`: it may have arrived, and is not sent again by itself.
    """

    Fate = Fate

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, editable=False, related_name="letters"
    )
    email = models.EmailField(_("email"), editable=False)
    began_on = models.DateField(_("first asked on"), editable=False)
    mails = models.PositiveSmallIntegerField(_("mails"), default=0, editable=False)
    last_mail_on = models.DateField(_("last mail on"), null=True, editable=False)
    fate = models.CharField(
        _("fate"), max_length=8, choices=Fate.choices, default=Fate.WAITING, editable=False
    )
    # Who saw the newest mail before it went out.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), default=timezone.now, editable=False)
    # A curator said that this one is not to be asked again.
    is_stopped = models.BooleanField(_("stopped"), default=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-began_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mails__lte=MOST_MAILS), name="letter_has_few_mails"),
            models.UniqueConstraint(fields=["organisation", "began_on"], name="one_letter_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.began_on}"


class LetterAnswerQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that no curator has read yet, oldest first."""
        return self.filter(state=LetterAnswer.State.WAITING).order_by("at", "pk")

    def confirming(self, organisation: Organisation) -> Self:
        """Those with which an organisation confirmed what is shown, newest first."""
        return self.filter(
            letter__organisation=organisation,
            says=LetterAnswer.Says.RIGHT,
            state=LetterAnswer.State.ACCEPTED,
        ).order_by("-at", "-pk")


class LetterAnswer(models.Model):
    """What an organisation answered, and what a curator made of it."""

    class Says(models.TextChoices):
        RIGHT = "right", _("still right")
        CHANGE = "change", _("change something")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a curator")
        ACCEPTED = "accepted", _("accepted")
        SET_ASIDE = "set_aside", _("set aside")

    letter = models.ForeignKey(Letter, models.PROTECT, editable=False, related_name="answers")
    says = models.CharField(_("says"), max_length=6, choices=Says.choices, editable=False)
    words = models.CharField(_("in their words"), max_length=LONGEST_ANSWER, blank=True)
    # What they were shown: public id -> version.
    versions = models.JSONField(default=dict, editable=False)
    at = models.DateTimeField(_("answered"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.WAITING, editable=False
    )
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = LetterAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of an organization")
        verbose_name_plural = _("answers of organizations")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(state="waiting") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="letter_answer_is_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.get_says_display()}"

    @property
    def on(self) -> dt.date:
        """The day of the answer."""
        return timezone.localdate(self.at)
