"""A report opens with as many statements however many rows it has and however many reports it is made from; so does the
page of reports, and the list of who is how far."""

from datetime import date
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sohoi.ledger.models import Measure
from sohoi.periods import parse
from sohoi.reports import regular
from sohoi.reports.models import Passage, Report, State, Step, Version
from sohoi.reports.read.filling import filled
from sohoi.reports.read.owed import owed_by, round_of
from sohoi.reports.read.told import told_of
from sohoi.reports.regular import COLUMNS, form_in_force
from sohoi.reports.telling import Head, Teller
from sohoi.reports.writers import html
from sohoi.units.models import FOREVER, Closure, Placement, Unit, View
from sohoi.units.write import REFORM
from tests.people import measure
from tests.reporting import FORMS, MONTH

pytestmark = pytest.mark.django_db

FORM = """
code = "{code}"
label = "Báo cáo thử {code}"
since = 2016-01-01
levels = ["base"]
period = "month"
title = ["BÁO CÁO"]
subject = "Kết quả {{period}}"
merges = "house-branch"
section = [
    {{ code = "opinion", heading = "I. TÌNH HÌNH", content = "text", from = ["opinion"] }},
    {{ code = "wishes", heading = "II. KIẾN NGHỊ", content = "text", from = ["wishes"], optional = true }},
    {{ code = "figures", heading = "III. SỐ LIỆU" }},
    {{ code = "tasks", heading = "IV. NHIỆM VỤ", content = "tasks" }},
    {{ code = "late", heading = "V. PHÁT SINH", content = "late" }},
    {{ code = "units", heading = "VI. GỬI BÁO CÁO", content = "units" }},
]
[[table]]
section = "figures"
title = "Số liệu"
columns = {columns}
row = [{rows}]
"""
MIXED = ["house-gifts", "house-members", "house-households-visited", "house-women", "house-rate"]
NUMBERS = count(1)


@pytest.fixture
def report(tmp_path, settings, place, mai):
    """Open the commune's October on a form of so many rows."""
    base = measure("gifts")
    Measure.objects.bulk_create(
        Measure(code=f"row-{at}", room="house", label=f"Dòng {at}", count="phần", take="sum", base=base)
        for at in range(45)
    )
    for code, rows in (("five", MIXED), ("fifty", [*MIXED, *(f"row-{at}" for at in range(45))])):
        (tmp_path / code).mkdir()
        said = ", ".join(f'{{ measure = "{row}" }}' for row in rows)
        columns = str(list(COLUMNS)).replace("'", '"')
        (tmp_path / code / "form.toml").write_text(FORM.format(code=code, columns=columns, rows=said), "utf-8")
    settings.FORM_FOLDERS = [str(FORMS), str(tmp_path)]
    regular.versions.cache_clear()
    yield lambda code: Report.objects.create(
        unit=place.heir, form=code, first=MONTH.first, last=MONTH.last, opened_by=mai
    )
    regular.versions.cache_clear()


def more_branches(parent, many) -> None:
    """Branches that count under a commune since the reform: the map alone is told."""
    for _ in range(many):
        code = f"more-{next(NUMBERS)}"
        unit = Unit.objects.create(code=code, level="branch", name=f"Chi hội {code}", plain=f"chi hoi {code}")
        Placement.objects.create(unit=unit, parent=parent, during=(REFORM, None), name=unit.name)
        for above in (parent, unit):
            for view, since in ((View.WAS, REFORM), (View.TODAY, date(1, 1, 1))):
                Closure.objects.create(view=view, ancestor=above, descendant=unit, since=since, until=FOREVER)


def all_signed(parent, by) -> None:
    """A signed report of each branch below."""
    said = '{"texts": {"opinion": [{"text": "Phấn khởi, câu %d.", "sources": [], "kept": true, "edited": false}]}}'
    branches = Closure.objects.filter(view=View.WAS, ancestor=parent, descendant__level="branch", since__lte=MONTH.last)
    for unit in set(branches.values_list("descendant_id", flat=True)):
        one = Report.objects.filter(unit=unit, form="house-branch").first()
        if one is None:
            one = Report.objects.create(
                unit_id=unit, form="house-branch", first=MONTH.first, last=MONTH.last, opened_by=by
            )
            at = next(NUMBERS)
            version = Version.objects.create(
                report=one, number=1, body=said % at, hash=b"x", position=1, code=f"C{at}", by=by, at=timezone.now()
            )
            Step.objects.create(report=one, state=State.SIGNED, by=by, version=version)


def statements(ask) -> int:
    """How many it takes, once whatever is read once a process has been read."""
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def opened(report) -> str:
    """As its page draws it."""
    filling = filled(report)
    return html.write(Teller(filling, Head(MONTH.last), told_of(filling)).paper())


def test_fifty_rows_open_with_as_many_statements_as_five(report):
    five, fifty = report("five"), report("fifty")
    assert statements(lambda: opened(fifty)) == statements(lambda: opened(five))


def test_twelve_reports_below_cost_as_many_statements_as_two(report, place, mai):
    one = report("five")
    all_signed(place.heir, mai)
    few = statements(lambda: opened(one))
    more_branches(place.heir, 10)
    all_signed(place.heir, mai)
    assert len(filled(one).children) == 12
    assert sum(child.sent for child in filled(one).children) == 12
    assert len(filled(one).texts["opinion"]) == 12
    assert statements(lambda: opened(one)) == few
    Passage.objects.create(report=one, section="opinion", lines=[], by=mai)
    assert statements(lambda: opened(one)) <= few


def test_a_round_of_thirty_units_and_of_two_cost_the_same(report, place, mai):
    form = form_in_force("house-branch", MONTH.last)
    all_signed(place.heir, mai)
    few = statements(lambda: round_of(place.heir, form, MONTH, date(2026, 11, 10)))
    more_branches(place.heir, 28)
    all_signed(place.heir, mai)
    assert len(round_of(place.heir, form, MONTH, date(2026, 11, 10)).rows) == 30
    assert statements(lambda: round_of(place.heir, form, MONTH, date(2026, 11, 10))) == few


def test_what_a_unit_owes_costs_the_same_for_one_month_and_for_a_year(report, place, mai):
    early, late = parse("2025-07").last, date(2026, 11, 10)
    assert statements(lambda: owed_by(place.heir, late)) <= statements(lambda: owed_by(place.heir, early))


def test_the_page_of_reports_costs_the_same_for_two_units_and_thirty(report, place, mai, client):
    client.force_login(mai)
    address = f"/bao-cao/dinh-ky/?unit={place.heir.code}&f=house-branch&ky=2026-10"

    def page():
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    all_signed(place.heir, mai)
    few = statements(page)
    more_branches(place.heir, 28)
    all_signed(place.heir, mai)
    assert "Chi hội more-" in page()
    assert statements(page) == few
