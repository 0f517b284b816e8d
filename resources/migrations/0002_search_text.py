"""Make the text index."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from resources.search import text


class Migration(migrations.Migration):
    """One FTS5 table on SQLite, one table of tsvectors on PostgreSQL."""

    dependencies: ClassVar = [("resources", "0001_initial")]

    operations: ClassVar = [migrations.RunPython(text.create, text.drop)]
