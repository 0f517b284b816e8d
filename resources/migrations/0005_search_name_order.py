"""Keep organisations' names in the order of their bytes, to find what begins alike."""

from django.db import migrations, models

import resources.models.search_name


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0004_search_snapshot"),
    ]

    operations = [
        migrations.AlterField(
            model_name="searchname",
            name="key",
            field=resources.models.search_name.KeyField(max_length=255),
        ),
        migrations.AddIndex(
            model_name="searchname",
            index=models.Index(fields=["key"], name="search_name_key"),
        ),
    ]
