"""Opening a month's report of 300 rows against the bare SQL that it needs: of a commune with some 30 branches (target
20), of a province with some 100 communes (target 21).

A report is opened when it is filled in (`filled`), told as a paper and written as HTML, as its page does. Its table has
300 rows and two columns, the month and the year; its words were written once and saved; the reports below are signed.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from bench.asking import Asked
from bench.databases import Databases, read
from bench.sheet import AT_MOST, Sheet
from bench.timing import Differing, turns
from sohoi.desk.addresses import address_url
from sohoi.ledger.models import Measure
from sohoi.reports import regular
from sohoi.reports.models import Passage, Report
from sohoi.reports.read.filling import Filling, filled
from sohoi.reports.read.told import told_of
from sohoi.reports.telling import Head, Teller
from sohoi.reports.writers import html
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit
from sohoi.units.read import below

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
BRANCHES = 30
BRANCH, COMMUNE, PROVINCE = "bench-branch", "bench-commune", "bench-province"
LEVELS = {BRANCH: Level.BRANCH, COMMUNE: Level.BASE, PROVINCE: Level.PROVINCE}
MERGES = {BRANCH: "", COMMUNE: BRANCH, PROVINCE: COMMUNE}


def measure(sheet: Sheet, databases: Databases, name: str, whom: Asked, judged: bool) -> None:
    """Both reports, then what is only measured: words that are merged anew."""
    with databases.product_on(name), databases.connect(name) as link, _forms(whom.measures):
        commune = _with_branches(whom.province)
        for target, unit, form in ((20, commune, COMMUNE), (21, whom.province, PROVINCE)):
            many = _signed_below(unit, form, len(whom.measures))
            report = _begun(unit, form)
            hand = partial(_by_hand, psycopg.ClientCursor(link), report, whom)
            _same(filled(report), hand())
            took = turns({"sản phẩm": partial(opened, report), "SQL": hand, "chỉ điền số": partial(filled, report)})
            words = f"mở báo cáo tháng {len(whom.measures)} dòng của {unit.name}, {many} đơn vị bên dưới: so với SQL"
            sheet.judge(target, words, took["sản phẩm"] / took["SQL"], AT_MOST, 1.5, took, judged=judged)
            _noted(sheet, report, unit)


def opened(report: Report) -> str:
    """As its page draws it, every figure a link."""
    filling = filled(report)
    return html.write(Teller(filling, Head(LAST), told_of(filling), link=address_url).paper())


def _noted(sheet: Sheet, report: Report, unit: Unit) -> None:
    """Measured without a target: opening with all words merged anew. The reports below are rows of made-up words and no
    seals, so nothing can be signed over them here."""
    Passage.objects.filter(report=report).delete()
    took = turns({"mở và gộp lời văn": partial(opened, report)}, least=3, most=5)
    said = "; ".join(f"{what} {ms:.0f} ms" for what, ms in took.items())
    sheet.note(f"month_{unit.level}", f"{unit.name}: {said}", took)


def _with_branches(province: Unit) -> Unit:
    """The commune of the province whose number of branches is the nearest to thirty."""
    return min(below(province, LAST, Level.BASE), key=lambda u: abs(below(u, LAST, Level.BRANCH).count() - BRANCHES))


@contextmanager
def _forms(measures: list[Measure]) -> Iterator[None]:
    """Three forms beside the shipped ones: a branch's without figures, a commune's and a province's of all measures."""
    before = settings.FORM_FOLDERS
    with tempfile.TemporaryDirectory() as folder:
        for code in LEVELS:
            (Path(folder) / code).mkdir()
            (Path(folder) / code / "form.toml").write_text(_form(code, measures), "utf-8")
        settings.FORM_FOLDERS = [folder]
        regular.versions.cache_clear()
        try:
            yield
        finally:
            settings.FORM_FOLDERS = before
            regular.versions.cache_clear()


def _form(code: str, measures: list[Measure]) -> str:
    """One form as a file."""
    table = f"""
[[section]]
code = "late"
heading = "III. PHÁT SINH SAU KỲ CHỐT"
content = "late"

[[section]]
code = "units"
heading = "IV. TÌNH HÌNH GỬI BÁO CÁO"
content = "units"

[[table]]
section = "figures"
title = "Số liệu trong tháng"
columns = ["period", "year"]
row = [{", ".join(f'{{ measure = "{m.code}" }}' for m in measures)}]
"""
    return f"""
code = "{code}"
label = "Báo cáo tháng để đo ({code})"
since = 2016-01-01
levels = ["{LEVELS[code]}"]
period = "month"
title = ["BÁO CÁO"]
subject = "Kết quả công tác Hội {{period}}"
style = "plain"
{f'merges = "{MERGES[code]}"' if MERGES[code] else ""}

[[section]]
code = "opinion"
heading = "I. TÌNH HÌNH TƯ TƯỞNG"
content = "text"
from = ["opinion"]

[[section]]
code = "figures"
heading = "II. SỐ LIỆU"
{table if code != BRANCH else ""}"""


def _signed_below(unit: Unit, form: str, rows: int) -> int:
    """Put signed reports under it; how many."""
    lower = MERGES[form]
    given: dict[str, Any] = {
        "unit": unit.pk, "form": lower, "level": LEVELS[lower], "first": FIRST, "last": LAST,
        "by": Account.objects.get().pk, "rows": 0 if lower == BRANCH else rows,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(read("opening.sql"), given)
        cursor.execute("analyze reports_report, reports_step, reports_version")
    return Report.objects.filter(form=lower).count()


def _begun(unit: Unit, form: str) -> Report:
    """Its own report, the words saved as a person leaves them."""
    by = Account.objects.get()
    report = Report.objects.create(unit=unit, form=form, first=FIRST, last=LAST, opened_by=by)
    lines = [{"text": f"Câu thứ {at} của báo cáo.", "sources": [], "kept": True, "edited": True} for at in range(40)]
    Passage.objects.create(report=report, section="opinion", lines=lines, by=by)
    return report


def _by_hand(cursor: psycopg.Cursor[Any], report: Report, whom: Asked) -> dict[tuple[str, int], tuple[int, int]]:
    """The same by hand: figures, words, the reports below; (column, measure id) -> (n, amount)."""
    lower = MERGES[report.form]
    given = {
        "unit": report.unit_id, "report": report.pk, "form": lower, "level": LEVELS[lower],
        "flows": [m.pk for m in whom.flows], "balances": [m.pk for m in whom.balances],
        "distincts": [m.pk for m in whom.distincts],
    }  # fmt: skip
    for name in ("hand_rows.sql", "hand_words.sql", "hand_children.sql"):
        cursor.execute(read(name), given).fetchall()
    rows = cursor.execute(read("hand_month.sql"), given)
    return {(column, at): (int(n), int(amount)) for column, at, n, amount in rows if n or amount}


def _same(filling: Filling, hand: dict[tuple[str, int], tuple[int, int]]) -> None:
    """Raise Differing when the product's numbers are others."""
    said = {
        (column, f.measure.pk): (f.raw.n, f.raw.amount)
        for (_, column), f in filling.figures.items() if f.raw.n or f.raw.amount
    }  # fmt: skip
    late = {at: amount for (column, at), (_, amount) in hand.items() if column == "late" and amount}
    told = {key: value for key, value in hand.items() if key[0] != "late"}
    ours = {at: amount for at, amount in filling.late.items() if amount}
    if (said, ours) != (told, late):
        strange = [key for key in {*said, *told} if said.get(key) != told.get(key)]
        strange += [("late", at) for at in {*ours, *late} if ours.get(at) != late.get(at)]
        shown = "; ".join(f"{key}: {said.get(key)} khác {told.get(key)}" for key in strange[:3])
        raise Differing(f"Báo cáo của {filling.unit.name}: {len(strange)} ô khác SQL viết tay, như {shown}")
