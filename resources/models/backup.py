"""What is known of the backups, for the desk: when one was made, and when one was restored."""

from __future__ import annotations

from django.db import models

from .trust import Added


class BackupNote(Added):
    """Something that was done with a backup. The files beside it say the same, and say it first.

    `at`: when it was done; `made_at`: when the backup was made. A row is noted once, whenever
    a command next looks into the folder of the backups.
    """

    class Deed(models.TextChoices):
        MADE = "made"
        # Opened with the private key, restored into an empty place, and every table compared.
        CHECKED = "checked"

    name = models.CharField(max_length=40, editable=False)
    deed = models.CharField(max_length=8, choices=Deed.choices, editable=False)
    made_at = models.DateTimeField(editable=False)

    class Meta(Added.Meta):
        constraints = [
            models.UniqueConstraint(fields=["name", "deed", "at"], name="backup_noted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.deed}"
