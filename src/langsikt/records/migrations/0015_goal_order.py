"""The person says which goal comes before which."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0014_whereabouts"),
    ]

    operations = [
        migrations.AddField(
            model_name="goalscore",
            name="goal_before",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.event"
            ),
        ),
    ]
