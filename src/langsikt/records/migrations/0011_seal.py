"""The journal's seals and their signed heads, and where staff want to be told that there is something."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import langsikt.records.journal
import langsikt.records.sealed

# Rows from before are as this migration wrote them: they are sealed first.
OLD_ROWS = """
alter table records_journalentry add column xid xid8 not null default pg_current_xact_id(),
  add column written_at timestamptz not null default clock_timestamp();
alter table records_journalentry alter column xid drop default, alter column written_at drop default
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_network"),
    ]

    operations = [
        migrations.RunSQL(
            OLD_ROWS,
            state_operations=[
                migrations.AddField(
                    model_name="journalentry",
                    name="xid",
                    field=langsikt.records.journal.TransactionField(editable=False),
                ),
                migrations.AddField(
                    model_name="journalentry",
                    name="written_at",
                    field=models.DateTimeField(editable=False),
                ),
            ],
        ),
        migrations.AddField(
            model_name="journalentry",
            name="seal_no",
            field=models.BigIntegerField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="journalentry",
            name="seal",
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(condition=models.Q(("seal_no", None)), fields=["written_at"], name="unsealed_rows"),
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("line", models.BigIntegerField(primary_key=True, serialize=False)),
                ("seal_no", models.BigIntegerField()),
                ("said", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("shipped_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryAddress",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("address", langsikt.records.sealed.SealedField()),
                ("set_at", models.DateTimeField()),
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
