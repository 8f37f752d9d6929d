"""Units in time: who stood where on a day, branches from a file, both closures."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from sohoi.units import read
from sohoi.units.models import Closure, Placement, Unit, View
from sohoi.units.read import children, find, forebears, heirs, path, successors
from sohoi.units.write import REFORM, load_country

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
FILE = """code,parent,name,first,last
moi-1,31684@2015-01-01,Chi hội Một,2021-01-01,2025-06-30
moi-1,31684@2025-07-01,Chi hội Một,2025-07-01,
moi-2,31690,Chi hội Hai,2022-03-01,2025-06-30
moi-2,31684@2025-07-01,Chi hội Hai,2025-07-01,
"""


def load(tmp_path, text=FILE):
    file = tmp_path / "chi-hoi.csv"
    file.write_text(text, "utf-8")
    out = StringIO()
    call_command("loadunits", str(file), stdout=out)
    return out.getvalue()


def test_what_excel_writes_is_read_and_another_alphabet_named(place, tmp_path):
    assert "1 vị trí mới" in load(tmp_path, "\ufeffcode;parent;name;first;last\r\nx-1;31684;Chi hội;2025-07-01;\r\n")
    (tmp_path / "cu.csv").write_text(FILE, "utf-16")
    with pytest.raises(CommandError, match="cu.csv: tệp không viết bằng bảng mã UTF-8"):
        call_command("loadunits", str(tmp_path / "cu.csv"), stdout=StringIO())


def test_a_unit_stands_in_one_place_at_a_time(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(unit=place.town, parent=place.province, name="X", during=(BEFORE, None))


def test_the_path_of_a_branch_before_and_after_the_reform(place):
    assert [u.name for u in path(place.branch, BEFORE)] == [
        "Trung ương", "Tỉnh Sóc Trăng", "Huyện Mỹ Xuyên", "Thị trấn Mỹ Xuyên", "Chi hội Ấp Một",
    ]  # fmt: skip
    assert [u.name for u in path(place.branch, AFTER)] == [
        "Trung ương", "Thành phố Cần Thơ", "Phường Mỹ Xuyên", "Chi hội Ấp Một",
    ]  # fmt: skip


def test_children_of_a_day(place):
    assert len(children(place.district, BEFORE, BEFORE)) == 11
    assert children(place.district, AFTER, AFTER) == []


def test_where_a_commune_came_from_and_went_to(place):
    assert {change.unit.name for change in forebears(place.heir)} == {"Thị trấn Mỹ Xuyên", "Xã Đại Tâm", "Phường 10"}
    assert [(c.unit, c.whole) for c in successors(place.town)] == [(place.heir, True)]
    assert heirs(place.town, AFTER) == [place.heir]
    assert heirs(place.town, BEFORE) == [place.town]


def test_quan_1s_ten_wards_and_their_heirs(place):
    district = find("760", BEFORE)
    wards = children(district, BEFORE, BEFORE)
    assert len(wards) == 10
    names = {row.name: {u.name for u in heirs(row.unit, AFTER)} for row in wards}
    assert names["Phường Đa Kao"] == {"Phường Tân Định", "Phường Sài Gòn"}
    assert names["Phường Bến Nghé"] == {"Phường Sài Gòn"}
    assert sum(len(found) == 1 for found in names.values()) == 7


def test_a_commune_that_was_split_counts_today_only_where_its_heirs_meet(place):
    da_kao = find("26737", BEFORE)
    reached = set(Closure.objects.filter(view=View.TODAY, descendant=da_kao).values_list("ancestor__name", flat=True))
    assert reached == {"Thành phố Hồ Chí Minh", "Trung ương"}


def test_loading_the_country_twice_changes_nothing(place):
    before = Closure.objects.count()
    load_country()
    assert Closure.objects.count() == before


def test_branches_come_from_a_file_and_a_second_time_change_nothing(place, tmp_path):
    assert "2 đơn vị mới, 4 vị trí mới" in load(tmp_path)
    assert "0 đơn vị mới, 0 vị trí mới" in load(tmp_path)
    branch = find("moi-1", AFTER)
    assert [row.parent.name for row in Placement.objects.filter(unit=branch).order_by("during")] == [
        "Thị trấn Mỹ Xuyên", "Phường Mỹ Xuyên",
    ]  # fmt: skip
    assert path(find("moi-2", BEFORE), BEFORE)[-2].name == "Xã Đại Tâm"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("31690,Chi", "99999,Chi", "dòng 4, cột parent: Không có đơn vị"),
        ("2022-03-01", "2022-02-31", "dòng 4: ngày viết theo mẫu"),
        ("Một,2025-07-01,", "Một,2025-06-30,", "dòng 3: Chi hội Một đã đứng ở đơn vị khác"),
        ("2021-01-01,2025-06-30", "2021-01-01,", "dòng 2: Thị trấn Mỹ Xuyên chỉ có đến hết ngày 30/6/2025"),
        ("2021-01-01,2025-06-30", "2021-01-01,2025-07-01", "first là 2025-07-01"),
        ("2021-01-01,2025-06-30", "2014-12-31,2025-06-30", "bắt đầu từ 2015-01-01. Ghi first là 2015-01-01"),
        ("2025-07-01,\nmoi-2,31690", "2025-07-01,9999-12-31\nmoi-2,31690", "dòng 3: năm sau 9000"),
        ("2025-07-01,\nmoi-2,31690", "9001-01-01,\nmoi-2,31690", "để trống cột last"),
        ("moi-1", "31690@2015-01-01", "là mã của Xã Đại Tâm, không phải chi hội"),
        ("moi-1", "TW", "là mã của Trung ương, không phải chi hội"),
        ("moi-1", "31690", "mã nhà nước của một đơn vị khác"),
        ("moi-2,31690", "moi-2,lan-1", "cột parent: Chi hội Ấp Một là chi hội"),
        ("moi-2,31690", "lan-1,lan-1", "cột parent: Chi hội Ấp Một là chi hội"),
        ("moi-2,31690", "moi-2,316\x0090", "dòng 4: Ký tự thứ 4"),
        ("Chi hội Một", "Chi hội\u202eMột", "dòng 2: Ký tự thứ 8"),
        ("Chi hội Một", "Chi hội " + "M" * 200, "tên dài quá 200 ký tự"),
        ("2021-01-01,2025-06-30", "2021-01-01,2020-06-30", "ngày cuối đứng trước ngày đầu"),
        ("moi-2", "mới 2/3", "chỉ gồm chữ, số"),
        ("Chi hội Hai", "", "thiếu tên đơn vị"),
        ("code,parent", "ma,parent", "cần các cột"),
    ],
)
def test_a_broken_file_is_refused_with_its_row_and_nothing_is_kept(place, tmp_path, old, new, sentence):
    count = Placement.objects.count()
    with pytest.raises(CommandError, match=sentence):
        load(tmp_path, FILE.replace(old, new, 1))
    assert Placement.objects.count() == count


def test_a_row_that_says_something_else_of_days_that_stand_is_refused_and_not_passed_over(place, tmp_path):
    load(tmp_path)
    for old, new in (("Chi hội Một", "Chi hội Ba"), ("31684@2025-07-01,Chi hội Hai", "31135@2025-07-01,Chi hội Hai")):
        with pytest.raises(CommandError, match="đã đứng ở đơn vị khác, hoặc với tên khác"):
            load(tmp_path, FILE.replace(old, new))
    assert set(Placement.objects.filter(unit__code__startswith="moi-").values_list("name", flat=True)) == {
        "Chi hội Một", "Chi hội Hai",
    }  # fmt: skip


def test_names_are_kept_composed_and_without_blanks_around(place, tmp_path):
    row = "moi-3, 31684@2025-07-01, Chi h\u00f4\u0323i \u0102\u0301p ,2025-07-01,"
    load(tmp_path, f"code,parent,name,first,last\n{row}\n")
    assert find("moi-3", AFTER).name == "Chi hội Ắp"


def test_a_branch_may_stand_in_a_kept_unit_through_the_reform(place, tmp_path):
    kept = next(u for u in Unit.objects.filter(level="base") if u.placements.count() == 2)
    rows = f"code,parent,name,first,last\nmoi-4,{kept.code},Chi hội Bốn,2020-01-01,\n"
    assert "1 đơn vị mới, 1 vị trí mới" in load(tmp_path, rows)
    above = {day: [u.level for u in path(find("moi-4", day), day)] for day in (BEFORE, AFTER)}
    assert above[BEFORE] == ["centre", "province", "district", "base", "branch"]
    assert above[AFTER] == ["centre", "province", "base", "branch"]


def test_a_branch_that_still_stands_is_moved_by_a_further_row(place, tmp_path):
    load(tmp_path, "code,parent,name,first,last\nmoi-3,31684,Chi hội Ba,2025-07-01,\n")
    move = "code,parent,name,first,last\nmoi-3,31708@2025-07-01,Chi hội Ba,2026-01-01,\n"
    assert "0 đơn vị mới, 1 vị trí mới" in load(tmp_path, move)
    branch = find("moi-3", AFTER)
    assert [path(branch, day)[-2].name for day in (date(2025, 12, 31), date(2026, 1, 1))] == [
        "Phường Mỹ Xuyên", "Xã Nhu Gia",
    ]  # fmt: skip
    assert "0 vị trí mới" in load(tmp_path, move)
    again = load(tmp_path, "code,parent,name,first,last\nmoi-3,31684,Chi hội Ba,2025-07-01,\n")
    assert "0 vị trí mới" in again


def test_a_kept_province_has_one_placement_and_a_new_one_begins_with_the_reform(place):
    assert place.today.code == f"92@{REFORM.isoformat()}"
    assert read.place(place.today, BEFORE) is None
    assert read.place(place.today, AFTER).parent == place.centre
