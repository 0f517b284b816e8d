"""What every public thing has in common: a stable identity and a place in the record."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# Fixed for ever: a public id is the UUIDv5 of "kind:first slug" in this namespace, so that it is
# the same in every database and after every re-import.
PUBLIC_IDS = uuid.UUID("6f0f7f0e-5d3a-5c0b-9a52-2c1f6c9f4b11")

WRITTEN_BY_PUBLISHING = frozenset({"public_id", "version", "changed_at", "publication_state"})

SLUG_LENGTH = 90
slug_validator = RegexValidator(
    r"\A[a-z0-9]+(?:[-_][a-z0-9]+)*\Z",
    _("Use small letters, digits and hyphens, such as “road-to-recovery”."),
)

STILL_LEADS_ELSEWHERE = _("This address name still leads to another entry that had it before.")


def public_id_for(kind: str, first_slug: str) -> uuid.UUID:
    """The public id of the thing of this kind that was first known under this slug."""
    return uuid.uuid5(PUBLIC_IDS, f"{kind}:{first_slug}")


class Recorded(models.Model):
    """A thing whose changes are recorded one by one: an entry, or a term of a vocabulary.

    `version` counts the saved states of this one thing (drafts included) and guards against two
    people saving over each other; `changed_at` is when the newest was saved. Both are written by
    `resources.publishing` alone.
    """

    KIND: ClassVar[str]

    public_id = models.UUIDField(_("public id"), unique=True, editable=False)
    slug = models.CharField(
        _("web address name"),
        max_length=SLUG_LENGTH,
        unique=True,
        validators=[slug_validator],
        help_text=_("The last part of the page's address. An old one keeps leading here."),
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, giving a new thing its public id from its first slug.

        What publishing alone may write is left out, lest an instance that was read earlier puts
        an old version number or state back.
        """
        if self.public_id is None:
            self.public_id = public_id_for(self.KIND, self.slug)
        if not self._state.adding and kwargs.get("update_fields") is None:
            columns = (field.name for field in self._meta.concrete_fields if not field.primary_key)
            kwargs["update_fields"] = [
                name for name in columns if name not in WRITTEN_BY_PUBLISHING
            ]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse an address name that still leads to another thing, and what contradicts itself."""
        taken = FormerSlug.objects.filter(kind=self.KIND, slug=self.slug)
        if taken.exclude(public_id=self.public_id).exists():
            raise ValidationError({"slug": STILL_LEADS_ELSEWHERE})
        if errors := self.contradictions():
            raise ValidationError(errors)

    def contradictions(self) -> dict[str, Any]:
        """What its own fields say against each other, by the field that has to change.

        Asks no database, so that thousands can be judged at once.
        """
        return {}

    @classmethod
    def made(cls, **fields: Any) -> Self:
        """An unsaved one with its public id, for bulk creation, which does not call `save`."""
        return cls(public_id=public_id_for(cls.KIND, fields["slug"]), **fields)


class FormerSlug(models.Model):
    """A slug that an entry had before it was renamed: its pages keep redirecting."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=SLUG_LENGTH)
    public_id = models.UUIDField()

    class Meta:
        verbose_name = _("former web address name")
        verbose_name_plural = _("former web address names")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_leads_to_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
