"""Reports on their way: steps, remarks, passages, what was signed (signed.sql keeps it), and regimes."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SIGNED = (Path(__file__).parent / "signed.sql").read_text("utf-8")
BACK = """
drop trigger signed_in_ink on reports_step;
drop trigger never_emptied on reports_version;
drop trigger signed_in_ink on reports_version;
drop function reports_signed_in_ink;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_cards"),
        ("units", "0002_reach"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.TextField(help_text="the form's code")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.TextField()),
                ("lines", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="reports.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("draft", "đang soạn"),
                            ("submitted", "đã gửi, chờ duyệt"),
                            ("returned", "bị trả lại"),
                            ("approved", "đã duyệt, chờ ký"),
                            ("signed", "đã ký"),
                            ("reopened", "được mở lại"),
                            ("amended", "đang bổ sung"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("why", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="reports.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.TextField(blank=True)),
                ("text", models.TextField()),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="reports.step"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("body", models.TextField(help_text="canonical JSON")),
                ("hash", models.BinaryField(max_length=32)),
                ("position", models.BigIntegerField(help_text="the ledger's last entry when it was signed")),
                ("code", models.TextField(help_text="opens it, from paper", unique=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="reports.report"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="step",
            name="version",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="step", to="reports.version"
            ),
        ),
        migrations.CreateModel(
            name="Regime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("body", models.JSONField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="asked of the units at or under it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code", "unit", "since"), name="a_regime_once_a_day")],
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["form", "first", "last"], name="report_of_a_period"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("unit", "form", "first", "last"), name="one_report_a_period"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lte", models.F("last"))), name="report_days_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(fields=["report", "section", "-id"], name="newest_passage"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="versions_in_order"),
        ),
        migrations.RunSQL(SIGNED, BACK),
    ]
