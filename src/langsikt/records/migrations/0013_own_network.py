"""The person's own network covers in her own words."""

from django.db import migrations

import langsikt.records.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_erasure"),
    ]

    operations = [
        migrations.AddField(
            model_name="intervention",
            name="own_words",
            field=langsikt.records.sealed.SealedField(null=True),
        ),
    ]
