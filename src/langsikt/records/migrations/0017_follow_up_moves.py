"""A follow-up may move along what is planned after a support."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0016_case_link"),
    ]

    operations = [
        migrations.AddField(
            model_name="followup",
            name="move_after",
            field=models.BooleanField(null=True),
        ),
    ]
