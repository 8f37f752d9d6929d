"""What the ledger lets a sentence say: earlier figures, goals, deeds taken back, late deeds, units that came."""

import re
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sohoi.figures.read import figure
from sohoi.goals.write import load_resolution
from sohoi.ledger.models import Entry, Measure, Record
from sohoi.ledger.totals import fold, rebuild
from sohoi.ledger.write import accept, accept_many, close_month, confirm_month, void
from sohoi.periods import parse
from sohoi.reports.earlier import look
from sohoi.reports.explain import explain, spoken, tell
from sohoi.reports.read.comparisons import comparisons
from sohoi.reports.sentences import Pen
from sohoi.units.models import Placement, View
from sohoi.units.write import rebuild_closure
from tests.people import deed, measure

TODAY = date(2026, 11, 22)
FEBRUARY, APRIL = date(2024, 2, 5), date(2024, 4, 15)
BODY = """
code = "nq"
title = "Nghị quyết thử"
unit = "947@2015-01-01"
term = { first = 2021-07-01, last = 2026-06-30 }

[[target]]
code = "1"
number = "1"
label = "Tổ"
[[target.criterion]]
code = "1.1"
label = "Tổ thành lập"
measure = "house-groups"
goal = 55
[[target]]
code = "2"
number = "2"
label = "Quà"
[[target.criterion]]
code = "2.1"
label = "Phần quà"
measure = "house-gifts"
goal = 100
yearly = true
[[target]]
code = "3"
number = "3"
label = "Tập hợp"
[[target.criterion]]
code = "3.1"
label = "Tỷ lệ tập hợp"
measure = "house-rate"
goal = "65%"
"""


@pytest.fixture
def resolution(db, tmp_path):
    path = tmp_path / "nq.toml"
    path.write_text(BODY, "utf-8")
    return load_resolution(path)


def sentence(code, unit, period, view=View.WAS, **more):
    m = measure(code)
    return spoken(tell(comparisons(unit, [m], parse(period), view, TODAY, **more)[m.pk]))


def give(unit, day, count, by, kind="house-group-founded", **more):
    return accept(deed(unit, day, kind, values={"count": count}, **more), by=by).draft


def test_the_sentence_of_the_issue(place, resolution, hoa):
    give(place.branch, date(2023, 5, 5), 12, hoa)
    give(place.other, FEBRUARY, 7, hoa)
    give(place.branch, APRIL, 4, hoa)
    assert sentence("groups", place.district, "2021-07-01..2024-06-30") == (
        "Đạt 41,82% = 23 tổ / 55 tổ (Nghị quyết thử, chỉ tiêu 1); tăng 4 tổ (21,05%) so với 19 tổ tính đến cuối quý "
        "trước, do thành lập tổ (thêm 4 tổ); tăng 11 tổ (91,67%) so với 12 tổ tính đến cùng kỳ năm trước."
    )


def test_a_quarter_beside_the_one_before_and_a_year_ago(place, resolution, hoa):
    give(place.other, FEBRUARY, 3, hoa)
    give(place.branch, APRIL, 5, hoa)
    wrong = give(place.branch, APRIL, 1, hoa)
    void(Record.objects.get(pk=wrong.id), "Ghi trùng", by=hoa)
    assert sentence("groups", place.district, "2024-Q2") == (
        "5 tổ, gồm thành lập tổ (thêm 6 tổ) và hủy 1 việc đã ghi (bớt 1 tổ); tăng 2 tổ (66,67%) so với 3 tổ của quý "
        "trước; cùng kỳ năm trước chưa báo cáo; từ đầu nhiệm kỳ đạt 14,55% = 8 tổ / 55 tổ (Nghị quyết thử, chỉ tiêu 1)."
    )


def test_nothing_told_is_no_zero_and_a_true_zero_has_no_percentage(place, hoa):
    give(place.branch, APRIL, 4, hoa)
    unknown = "4 tổ; tháng trước chưa báo cáo; cùng kỳ năm trước chưa báo cáo."
    assert sentence("groups", place.branch, "2024-04") == unknown
    confirm_month(place.branch, date(2024, 3, 1), by=hoa)
    assert sentence("groups", place.branch, "2024-04") == (
        "4 tổ; từ 0 lên 4 tổ so với tháng trước, do thành lập tổ (thêm 4 tổ); cùng kỳ năm trước chưa báo cáo."
    )
    assert sentence("groups", place.branch, "2024-05").startswith("Chưa báo cáo; tháng trước 4 tổ;")
    confirm_month(place.branch, date(2024, 2, 1), by=hoa)
    assert sentence("groups", place.branch, "2024-03").startswith("0 tổ; không tăng, không giảm so với tháng trước;")


def test_a_late_deed_is_said_with_those_it_is_counted_with(place, hoa):
    close_month(place.today, date(2026, 1, 1), by=hoa)
    give(place.branch, date(2026, 1, 15), 2, hoa)
    give(place.branch, date(2026, 2, 3), 3, hoa)
    assert sentence("groups", place.heir, "2026-02").startswith(
        "5 tổ, gồm thành lập tổ (thêm 5 tổ, trong đó 2 tổ phát sinh sau kỳ chốt); tháng trước chưa báo cáo;"
    )


def test_a_deed_of_a_closed_month_taken_back_later_is_named(place, hoa):
    wrong = give(place.branch, date(2026, 1, 15), 2, hoa)
    close_month(place.today, date(2026, 1, 1), by=hoa)
    give(place.branch, date(2026, 11, 3), 3, hoa)
    void(Record.objects.get(pk=wrong.id), "Ghi nhầm", by=hoa)
    booked = Record.objects.get(pk=wrong.id).entries.get(n=-1).booked
    assert booked.month == 2
    assert sentence("groups", place.branch, "2026-02").startswith(
        "-2 tổ, gồm hủy 1 việc đã ghi (bớt 2 tổ); giảm 4 tổ so với 2 tổ của tháng trước;"
    )


def test_persons_and_times_stand_together(place, hoa):
    for head in ("Bà A", "Bà A", "Bà B"):
        accept(deed(place.branch, APRIL, "house-visit", household=head), by=hoa)
    accept(deed(place.branch, FEBRUARY, "house-visit", household="Bà A"), by=hoa)
    assert sentence("households-visited", place.district, "2024-Q2").startswith(
        "2 hộ trong 3 lượt; tăng 1 hộ (100%) so với 1 hộ của quý trước;"
    )


def test_a_balance_says_what_came_and_what_left(place, hoa):
    give(place.branch, date(2023, 5, 5), 30, hoa, "house-admission")
    give(place.branch, APRIL, 5, hoa, "house-admission")
    give(place.branch, APRIL, 2, hoa, "house-leaving")
    assert sentence("members", place.district, "2024-Q2") == (
        "33 người; tăng 3 người (10%) so với 30 người cuối quý trước, do kết nạp hội viên (thêm 5 người) và hội viên "
        "thôi sinh hoạt (bớt 2 người); tăng 3 người (10%) so với 30 người cùng kỳ năm trước."
    )


@pytest.mark.parametrize("folded", [False, True])
def test_a_balance_tells_deeds_from_units_that_came(place, hoa, folded):
    give(place.branch, date(2020, 5, 5), 30, hoa, "house-admission")
    give(place.branch, date(2024, 5, 5), 4, hoa, "house-admission")
    move = date(2024, 4, 16)
    Placement.objects.filter(unit=place.branch, parent=place.town).update(during=(date(2015, 1, 1), move))
    Placement.objects.create(unit=place.branch, parent=place.commune, name="X", during=(move, date(2025, 7, 1)))
    give(place.other, date(2020, 5, 5), 7, hoa, "house-admission")
    rebuild_closure()
    rebuild()
    if folded:
        fold()
    assert sentence("members", place.commune, "2024-Q2").startswith(
        "41 người; tăng 34 người (485,71%) so với 7 người cuối quý trước, do kết nạp hội viên (thêm 4 người) và đơn vị "
        "chuyển đến, chuyển đi (thêm 30 người);"
    )
    assert sentence("members", place.commune, "2024-Q2").endswith("; có thêm X (từ 16/4/2024).")
    assert sentence("members", place.town, "2024-Q2").endswith("; không còn Chi hội Ấp Một (từ 16/4/2024).")
    assert "Chi hội" not in sentence("members", place.heir, "2025-Q3"), "what came with the unit itself is no move"


def test_a_unit_that_did_not_stand_then_is_not_compared(place, hoa):
    confirm_month(place.district, date(2024, 8, 1), by=hoa)
    give(place.heir, date(2025, 8, 8), 4, hoa)
    assert sentence("groups", place.heir, "2025-08").endswith(
        "; tháng trước chưa báo cáo; cùng kỳ năm trước chưa có đơn vị này."
    )
    assert "chưa có đơn vị" not in sentence("groups", place.heir, "2025-08", View.TODAY)
    assert "(đơn vị có từ 01/7/2025)" in sentence("groups", place.heir, "2026")


def test_a_rate_changes_by_points_and_its_parts_say_why(place, resolution, hoa):
    give(place.branch, date(2023, 5, 5), 30, hoa, "house-admission")
    give(place.town, date(2023, 5, 5), 100, hoa, "house-women-declared")
    give(place.branch, APRIL, 3, hoa, "house-admission")
    assert sentence("rate", place.district, "2024-Q2") == (
        "33% = 33 người / 100 người, đạt 50,77% chỉ tiêu 65% (Nghị quyết thử, chỉ tiêu 3); tăng 3 điểm phần trăm so "
        "với 30% cuối quý trước, do “Hội viên” từ 30 người lên 33 người và “Phụ nữ từ 18 tuổi” giữ nguyên 100 người; "
        "tăng 3 điểm phần trăm so với 30% cùng kỳ năm trước; đầu nhiệm kỳ chưa có số liệu."
    )


def test_a_declared_level_says_how_often_it_was_declared(place, hoa):
    give(place.commune, date(2023, 1, 1), 500, hoa, "house-women-declared")
    give(place.commune, APRIL, 600, hoa, "house-women-declared")
    assert sentence("women", place.district, "2024-Q2").startswith(
        "600 người; tăng 100 người (20%) so với 500 người cuối quý trước, do 1 lần khai mới;"
    )


def test_a_yearly_goal_is_held_against_the_year(place, resolution, hoa):
    give(place.branch, APRIL, 120, hoa, "house-gift")
    assert sentence("gifts", place.district, "2024").startswith(
        "Đạt 120% = 120 phần / 100 phần (Nghị quyết thử, chỉ tiêu 2 hằng năm), vượt 20%;"
    )
    assert "; từ đầu năm đạt 120% = 120 phần / 100 phần" in sentence("gifts", place.district, "2024-Q2")


def test_what_one_level_did_itself_is_told_alone(place, hoa):
    give(place.branch, APRIL, 4, hoa)
    give(place.town, APRIL, 1, hoa)
    give(place.town, FEBRUARY, 1, hoa)
    assert sentence("groups", place.district, "2024-Q2", level="base").startswith(
        "1 tổ; không tăng, không giảm so với quý trước;"
    )


def test_a_sensitive_figure_is_never_compared(place, hoa):
    m = measure("quiet")
    told = comparisons(place.today, [m], parse("2024"), View.TODAY, TODAY)[m.pk]
    assert (told.before, told.goal, spoken(tell(told))) == ((), None, "Chưa báo cáo.")


def test_a_period_that_has_not_ended_says_up_to_when(place, hoa):
    give(place.heir, date(2026, 11, 3), 4, hoa)
    assert sentence("groups", place.heir, "2026").startswith("Tính đến 22/11/2026: 4 tổ;")


def test_figures_in_the_sentence_carry_their_addresses(place, hoa):
    give(place.branch, FEBRUARY, 3, hoa)
    give(place.branch, APRIL, 4, hoa)
    m = measure("groups")
    told = comparisons(place.district, [m], parse("2024-Q2"), View.WAS, TODAY)[m.pk]
    cells = [piece for piece in tell(told, Pen(link=lambda a: f"{a.first}..{a.last}")) if not isinstance(piece, str)]
    assert [(cell.text, cell.value, cell.url) for cell in cells] == [
        ("4", 4, "2024-04-01..2024-06-30"),
        ("3", 3, "2024-01-01..2024-03-31"),
    ]
    assert spoken(explain(figure(m, place.district, parse("2024-Q2")))) == "4 tổ."


def test_statements_do_not_grow_with_measures(place, resolution, hoa):
    give(place.branch, APRIL, 4, hoa)
    house = list(Measure.objects.filter(code__startswith="house-").select_related("over", "under"))
    few = [next(m for m in house if m.take == take) for take in sorted({m.take for m in house})]
    few += [m for m in house if m.code in ("house-groups", "house-gifts")]

    def statements(measures):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            comparisons(place.district, measures, parse("2024-Q2"), View.WAS, TODAY)
        return len(asked)

    assert len(few) < len(house)
    assert statements(house * 20) == statements(few)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happened_the_numbers_of_a_sentence_are_those_of_the_lines(place, hoa, seed):
    """Random deeds, voids and closed months; each number that is printed is summed anew from the lines themselves."""
    chance = Random(seed)
    drafts = [
        deed(chance.choice((place.branch, place.other)), date(2026, chance.randint(1, 9), chance.randint(1, 28)),
             "house-group-founded", values={"count": chance.randint(1, 9)})
        for _ in range(40)
    ]  # fmt: skip
    accept_many(drafts[:25], by=hoa, door="file")
    close_month(place.today, date(2026, chance.randint(2, 6), 1), by=hoa)
    accept_many(drafts[25:], by=hoa, door="file")
    for draft in chance.sample(drafts, 8):
        void(Record.objects.get(pk=draft.id), "Ghi nhầm", by=hoa)
    lines = list(Entry.objects.values_list("booked", "n", "amount"))
    for name in ("2026-Q2", "2026-Q3", "2026-07", "2026-08", "2026-H1"):
        period = parse(name)
        now, before = (_sum(lines, days) for days in (period, look(period, None, standing=False).windows[0].days))
        if not now or not before:
            continue
        said = sentence("groups", place.heir, name)
        assert int(re.match(r"-?\d+", said)[0]) == now
        words = re.search(r"(không tăng, không giảm)|(tăng|giảm) (\d+) tổ(?: \([\d,]+%\))? so với (\d+) tổ", said)
        if words[1]:
            assert now == before
        else:
            assert (int(words[4]), int(words[3]) * (1 if words[2] == "tăng" else -1)) == (before, now - before)
        made = re.findall(r"\((thêm|bớt) (\d+) tổ", said)
        assert not made or sum(int(n) if word == "thêm" else -int(n) for word, n in made) == now
        undone = re.search(r"hủy (\d+) việc", said)
        assert int(undone[1] if undone else 0) == sum(
            n < 0 for day, n, _ in lines if period.first <= day <= period.last
        )


def _sum(lines, days):
    return sum(amount for booked, _, amount in lines if days.first <= booked <= days.last)
