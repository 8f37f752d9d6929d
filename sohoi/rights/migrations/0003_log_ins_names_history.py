"""A log-in is one in any case, names are found by the database, the history is not changed, and it says which accounts
were made with their first office."""

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import django.db.models.functions.text
from django.db import migrations, models

from sohoi.refusal import Refusal
from sohoi.vietnamese import name_key, plain

HISTORY = (Path(__file__).parent / "history.sql").read_text("utf-8")
BACK = """drop trigger never_emptied on rights_officechange; drop trigger told_once on rights_officechange;
drop function rights_told_once();"""
SAME = (
    "Những tên đăng nhập này chỉ khác nhau chữ hoa, chữ thường, nên không ai trong họ đăng nhập được: {names}. Đổi tên "
    "trong manage.py dbshell (update rights_account set username = 'tên-mới' where username = 'tên-cũ';), rồi chạy lại "
    "manage.py migrate."
)
AT_ONCE = timedelta(minutes=1)  # an account and its first office were made in one act


def refuse_same(apps: Any, editor: Any) -> None:
    """Say which log-ins collide before the database refuses them."""
    found = defaultdict(list)
    for name in apps.get_model("rights", "Account").objects.order_by("pk").values_list("username", flat=True):
        found[name.upper()].append(name)
    names = "; ".join(" và ".join(same) for same in found.values() if len(same) > 1)
    if names:
        raise Refusal(SAME.format(names=names))


def fill_names(apps: Any, editor: Any) -> None:
    """What is derived from the names that are there."""
    accounts = list(apps.get_model("rights", "Account").objects.exclude(full_name="").only("pk", "full_name"))
    for one in accounts:
        one.plain, one.sort = plain(one.full_name), name_key(one.full_name)
    apps.get_model("rights", "Account").objects.bulk_update(accounts, ["plain", "sort"], batch_size=2000)


def fill_made(apps: Any, editor: Any) -> None:
    """The first line of an account that was made in the same act."""
    seen, first = set(), []
    for line in apps.get_model("rights", "OfficeChange").objects.select_related("account").order_by("pk"):
        together = abs(line.at - line.account.date_joined) < AT_ONCE
        if line.account_id not in seen and line.what == "given" and together:
            first.append(line.pk)
        seen.add(line.account_id)
    apps.get_model("rights", "OfficeChange").objects.filter(pk__in=first).update(made=True)


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_offices_in_the_browser")]

    operations = [
        migrations.RunPython(refuse_same, migrations.RunPython.noop),
        migrations.AddField(
            model_name="account",
            name="plain",
            field=models.TextField(blank=True, db_default="", help_text="plain(full_name), for search"),
        ),
        migrations.AddField(
            model_name="account",
            name="sort",
            field=models.TextField(blank=True, db_default="", help_text="name_key(full_name): given name first"),
        ),
        migrations.AddField(
            model_name="officechange",
            name="made",
            field=models.BooleanField(default=False, help_text="the account was made with this office"),
        ),
        migrations.RunPython(fill_names, migrations.RunPython.noop),
        migrations.RunPython(fill_made, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Upper("username"), name="a_log_in_is_one_in_any_case"
            ),
        ),
        migrations.RunSQL(HISTORY, BACK),
    ]
