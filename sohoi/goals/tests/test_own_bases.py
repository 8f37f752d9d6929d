"""Base units of the Union that are no unit of the State's map: loaded by file, counted like every other."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.figures.read import figure
from sohoi.goals.read import review
from sohoi.goals.tests.test_attainment import load
from sohoi.ledger.totals import prove
from sohoi.ledger.write import accept
from sohoi.periods import parse
from sohoi.rights.may import scope
from sohoi.units.models import Unit, View
from tests.people import deed, measure

HEAD = "code,parent,name,first,last,level\n"
FILE = f"""{HEAD}cong-an.1,cong-an,Chi hội Phòng Hậu cần,2015-01-01,2025-06-30,branch
cong-an,94@2015-01-01,Hội Phụ nữ Công an tỉnh mẫu,2015-01-01,2025-06-30,base
cong-an,92,Hội Phụ nữ Công an tỉnh mẫu,2025-07-01,,base
xa-cu,947@2015-01-01,Xã Mẫu Cũ,2015-01-01,2023-12-31,base
cong-an.1,cong-an,Chi hội Phòng Hậu cần,2025-07-01,,
"""
SHARE = """
code = "moi-co-so"
title = "Nghị quyết thử"
unit = "94@2015-01-01"
term = { first = 2021-07-01, last = 2024-12-31 }
[[criterion]]
code = "x"
label = "Cơ sở có tổ"
measure = "house-groups"
shape = "each"
level = "base"
threshold = 1
"""


def load_units(tmp_path, text=FILE):
    path, out = tmp_path / "co-so.csv", StringIO()
    path.write_text(text, "utf-8")
    call_command("loadunits", str(path), stdout=out)
    return out.getvalue()


def test_a_base_unit_of_the_unions_own_counts_like_every_other(place, hoa, tmp_path):
    before = review(load(tmp_path, SHARE), date(2023, 6, 1)).criteria()["x"].result
    assert "3 đơn vị mới, 5 vị trí mới" in load_units(tmp_path)
    assert "0 đơn vị mới, 0 vị trí mới" in load_units(tmp_path)
    police, branch, old = (Unit.objects.get(code=code) for code in ("cong-an", "cong-an.1", "xa-cu"))
    assert police.full_name == "Hội Phụ nữ Công an tỉnh mẫu"
    assert set(scope(hoa, "record").filter(pk__in=[police.pk, branch.pk, old.pk])) == {police, branch, old}
    for unit, count in ((police, 1), (branch, 2), (old, 4)):
        accept(deed(unit, date(2023, 5, 5), values={"count": count}), by=hoa)
    groups, may = measure("groups"), parse("2023-05")
    asked = ((police, View.WAS, 3), (place.province, View.WAS, 7), (place.district, View.WAS, 4))
    assert [figure(groups, unit, may, view).value for unit, view, _ in asked] == [count for *_, count in asked]
    assert figure(groups, place.today, may, View.TODAY).value == 7
    after = review(load(tmp_path, SHARE), date(2023, 6, 1)).criteria()["x"].result
    assert (after.asked, after.reached) == (before.asked + 2, 2)
    assert not prove()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("truong,94@2015-01-01,Trường mẫu,2015-01-01,2025-06-30,province", "cột level ghi base"),
        ("truong,31684@2015-01-01,Trường mẫu,2015-01-01,2025-06-30,base", "cơ sở đứng dưới cấp tỉnh hoặc cấp huyện"),
        ("lan-1,94@2015-01-01,Chi hội Ấp Một,2015-01-01,2025-06-30,base", "là chi hội, không đổi sang cấp khác"),
        ("truong,94@2015-01-01,Trường mẫu,2015-01-01,,base", "chỉ có đến hết ngày 30/6/2025"),
    ],
)
def test_what_is_no_base_unit_is_refused(place, tmp_path, row, why):
    with pytest.raises(CommandError, match=why):
        load_units(tmp_path, HEAD + row + "\n")
    assert not Unit.objects.filter(code="truong").exists()
