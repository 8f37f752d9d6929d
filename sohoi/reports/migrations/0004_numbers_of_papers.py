"""The register of numbers; numbered.sql keeps what was given."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NUMBERED = (Path(__file__).parent / "numbered.sql").read_text("utf-8")
BACK = """
drop trigger never_emptied on reports_documentnumber;
drop trigger number_given on reports_documentnumber;
drop function reports_number_given;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_reports_on_their_way"),
        ("units", "0002_reach"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "type",
                    models.TextField(
                        choices=[
                            ("NQ", "Nghị quyết"),
                            ("QĐ", "Quyết định"),
                            ("CT", "Chỉ thị"),
                            ("QCh", "Quy chế"),
                            ("TB", "Thông báo"),
                            ("HD", "Hướng dẫn"),
                            ("CTr", "Chương trình"),
                            ("KH", "Kế hoạch"),
                            ("PA", "Phương án"),
                            ("ĐA", "Đề án"),
                            ("BC", "Báo cáo"),
                            ("BB", "Biên bản"),
                            ("TTr", "Tờ trình"),
                            ("GM", "Giấy mời"),
                        ]
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("body", models.TextField(blank=True, help_text="the issuing body's letters: BTV, BCH")),
                ("day", models.DateField(help_text="the paper's own day")),
                ("subject", models.TextField(help_text="what the paper is about, as it says itself")),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="reports.report",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year", "type", "number"), name="a_number_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="numbers_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(("day__year", models.F("year"))), name="numbered_in_its_year"
                    ),
                ],
            },
        ),
        migrations.RunSQL(NUMBERED, BACK),
    ]
