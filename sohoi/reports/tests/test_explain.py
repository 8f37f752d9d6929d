"""The sentence about a figure: whatever its numbers, those that are printed can be read back and recomputed."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sohoi.figures.causes import Cause, Causes, Move
from sohoi.figures.read import NOT_ASKED, NUMBER, UNREPORTED, ZERO, Figure
from sohoi.figures.rollup import Raw
from sohoi.ledger.models import Measure, Take
from sohoi.periods import parse
from sohoi.reports.earlier import PREVIOUS, look
from sohoi.reports.explain import Before, Goal, explain, spoken
from sohoi.units.models import Unit, View

PERIOD, TERM = parse("2024-Q2"), date(2021, 7, 1)
UNIT = Unit(code="u", name="Xã Đại Tâm", level="base")
GROUPS = Measure(pk=1, code="groups", label="Tổ", count="tổ", take=Take.SUM)
MEMBERS = Measure(pk=2, code="members", label="Hội viên", count="người", take=Take.BALANCE)
WOMEN = Measure(pk=3, code="women", label="Phụ nữ", count="người", take=Take.LAST)
RATE = Measure(pk=4, code="rate", label="Tỷ lệ", count="%", take=Take.RATIO, over=MEMBERS, under=WOMEN)
MONEY = Measure(pk=5, code="money", label="Tiền quà", count="đồng", take=Take.SUM)

AMOUNTS = st.integers(0, 10**12)
FLOW, LEVEL = look(PERIOD, TERM, standing=False), look(PERIOD, TERM, standing=True)


def told(value, measure=GROUPS, period=PERIOD, under=None):
    """A figure that says this value; None for one that was not reported."""
    if value is None:
        return Figure(measure, UNIT, period, View.WAS, Raw(), UNREPORTED)
    return Figure(measure, UNIT, period, View.WAS, Raw(1, value, under), NUMBER if value else ZERO)


def beside(values, measure=GROUPS, lens=FLOW):
    return [Before(w, told(value, measure, w.days)) for w, value in zip(lens.windows, values, strict=False)]


def said(figure, **more):
    return spoken(explain(figure, **more))


def whole(text):
    """ "1.298" -> 1298"""
    assert re.fullmatch(r"-?\d{1,3}(\.\d{3})*", text), text
    return int(text.replace(".", ""))


def exact(text):
    """ "1.041,82" -> Fraction"""
    before, _, after = text.partition(",")
    return whole(before) + Fraction(int(after or 0), 10 ** len(after))


@given(AMOUNTS, st.one_of(st.none(), AMOUNTS), st.one_of(st.none(), AMOUNTS))
def test_every_number_of_a_comparison_can_be_recomputed(now, before, year):
    parts = said(told(now), before=beside([before, year])).removesuffix(".").split("; ")
    assert whole(parts[0].removesuffix(" tổ")) == now
    for part, value, words in zip(parts[1:], (before, year), ("quý trước", "cùng kỳ năm trước"), strict=True):
        if value is None:
            assert part == f"{words} chưa báo cáo"
        elif value == now:
            assert part == f"không tăng, không giảm so với {words}"
        elif value == 0:
            assert whole(re.fullmatch(f"từ 0 lên (.+) tổ so với {words}", part)[1]) == now
        else:
            found = re.fullmatch(rf"(tăng|giảm) (\S+) tổ(?: \((\S+)%\))? so với (\S+) tổ của {words}", part)
            sign = 1 if found[1] == "tăng" else -1
            assert (whole(found[4]), value + sign * whole(found[2])) == (value, now)
            share = Fraction(abs(now - value), value) * 100
            if found[3]:
                assert abs(exact(found[3]) - share) <= Fraction(1, 100)
            else:
                assert share < Fraction(1, 200)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_attainment_is_the_result_over_its_goal_and_never_a_whole_before_its_time(result, promised):
    goal = Goal(Fraction(promised), "Nghị quyết X, chỉ tiêu 1", told(result))
    found = re.fullmatch(
        r"Đạt (\S+)% = (\S+) tổ / (\S+) tổ \(Nghị quyết X, chỉ tiêu 1\)(?:, vượt (\S+)%)?\.",
        said(told(result), goal=goal),
    )
    assert (whole(found[2]), whole(found[3])) == (result, promised)
    share = Fraction(result, promised) * 100
    assert abs(exact(found[1]) - share) <= Fraction(1, 100)
    assert (exact(found[1]) >= 100) == (share >= 100)
    assert bool(found[4]) == (share > 100)
    assert not found[4] or 0 < exact(found[4]) <= max(share - 100, Fraction(1, 100))


CAUSE = st.builds(Cause, st.sampled_from(["Thành lập tổ", "Nhận tổ về", "Gộp tổ", "A", "B", "C", "D"]),
                  st.integers(1, 9), st.integers(-500, 500).filter(bool), st.just(0))  # fmt: skip


@given(
    AMOUNTS, st.lists(CAUSE, max_size=7, unique_by=lambda c: c.label), st.lists(CAUSE, max_size=2), st.integers(-99, 99)
)
def test_deeds_that_explain_a_change_add_up_to_it(before, some, undone, moved):
    causes = Causes(tuple(some), tuple(undone))
    now = before + causes.total + moved
    assume(causes.total + moved != 0)
    text = said(told(now, MEMBERS), before=beside([before], MEMBERS, LEVEL), causes=causes, moved=moved)
    because = text.split(", do ", 1)[1]
    added = [(word, whole(amount)) for word, amount in re.findall(r"\((thêm|bớt) (\S+) người", because)]
    assert sum(amount if word == "thêm" else -amount for word, amount in added) == now - before
    other = told(before + causes.total + 1, MEMBERS)  # one more than the deeds come to
    assert "do" not in said(other, before=beside([before], MEMBERS, LEVEL), causes=causes).split()


@given(st.integers(0, 10**5), st.integers(1, 10**5), st.integers(0, 10**5), st.integers(1, 10**5))
def test_a_rate_changes_by_percentage_points_that_its_parts_give(over, under, was, was_under):
    before = [Before(LEVEL.windows[0], told(was, RATE, LEVEL.windows[0].days, was_under)._replace(state=NUMBER))]
    text = said(told(over, RATE, under=under)._replace(state=NUMBER), before=before)
    opening, _, rest = text.removesuffix(".").partition("; ")
    found = re.fullmatch(r"(\S+)% = (\S+) người / (\S+) người", opening)
    assert (whole(found[2]), whole(found[3])) == (over, under)
    gap = (Fraction(over, under) - Fraction(was, was_under)) * 100
    if not gap:
        assert rest == "không tăng, không giảm so với cuối quý trước"
        return
    points = re.match(r"(tăng|giảm) (?:chưa đến )?(\S+) điểm phần trăm so với \S+% cuối quý trước, do ", rest)
    assert (points[1] == "tăng") == (gap > 0)
    assert abs(exact(points[2]) - abs(gap)) <= Fraction(1, 100)
    for label, old, new in (("Hội viên", was, over), ("Phụ nữ", was_under, under)):
        way = "lên" if new > old else "xuống"
        named = rf"“{label}” từ (\S+) người {way} (\S+) người" if old != new else rf"“{label}” giữ nguyên (\S+) người"
        assert {whole(one) for one in re.search(named, rest).groups()} == {old, new}


def test_what_was_not_reported_stays_so_and_is_no_zero():
    assert said(told(None), before=beside([3, None])) == (
        "Chưa báo cáo; quý trước 3 tổ; cùng kỳ năm trước chưa báo cáo."
    )
    goal = Goal(Fraction(55), "Nghị quyết X, chỉ tiêu 1", told(None))
    assert said(told(None), goal=goal) == "Chưa báo cáo (chỉ tiêu 55 tổ: Nghị quyết X, chỉ tiêu 1)."
    assert said(told(None)._replace(state=NOT_ASKED)) == "Không áp dụng."


def test_a_goal_of_nothing_gives_no_percentage():
    goal = Goal(Fraction(0), "Nghị quyết X, chỉ tiêu 1", told(3))
    assert said(told(3), goal=goal) == "3 tổ / 0 tổ (Nghị quyết X, chỉ tiêu 1)."


def test_a_ceiling_is_no_goal_to_reach_and_a_rate_lies_above_its_goal_in_points():
    ceiling = Goal(Fraction(5), "Nghị quyết X, chỉ tiêu 1", told(7), at_most=True)
    assert said(told(7), goal=ceiling) == "7 tổ, cao hơn 2 tổ so với mức trần 5 tổ (Nghị quyết X, chỉ tiêu 1)."
    assert "4 tổ, chưa quá mức trần 5 tổ" in said(told(4), goal=ceiling._replace(figure=told(4)))
    rate = told(94, RATE, under=100)
    goal = Goal(Fraction(9, 10), "Nghị quyết X, chỉ tiêu 1", rate)
    assert "vượt 4 điểm phần trăm so với chỉ tiêu 90% (" in said(rate, goal=goal)
    assert "vượt 4% so với chỉ tiêu 90% (" in said(rate, goal=goal._replace(per_cent=True))
    goal = goal._replace(amount=Fraction(92, 100), at_most=True)
    assert "cao hơn 2 điểm phần trăm so với mức trần 92% (" in said(rate, goal=goal)


def test_money_is_said_in_dong():
    goal = Goal(Fraction(500_000_000), "Nghị quyết X, chỉ tiêu 1", told(478_250_000, MONEY))
    assert said(told(478_250_000, MONEY), goal=goal) == (
        "Đạt 95,65% = 478.250.000 đồng / 500.000.000 đồng (Nghị quyết X, chỉ tiêu 1)."
    )


def test_beyond_a_few_kinds_and_units_the_rest_is_counted():
    causes = Causes(tuple(Cause(f"Việc {n}", 1, 10 - n, 0) for n in range(6)))
    moves = [Move(f"Chi hội {n}", date(2024, 4, 2), True) for n in range(6)]
    assert said(told(45), before=beside([0]), causes=causes, moves=moves) == (
        "45 tổ; từ 0 lên 45 tổ so với quý trước, do việc 0 (thêm 10 tổ), việc 1 (thêm 9 tổ), việc 2 (thêm 8 tổ), "
        "việc 3 (thêm 7 tổ) và 2 loại việc khác (thêm 11 tổ); có thêm Chi hội 0 (từ 02/4/2024), Chi hội 1 (từ "
        "02/4/2024), Chi hội 2 (từ 02/4/2024), Chi hội 3 (từ 02/4/2024) và 2 đơn vị khác."
    )


@pytest.mark.parametrize(
    ("period", "standing", "days"),
    [
        ("2024-03", False, ["Tháng 2 năm 2024", "Tháng 3 năm 2023", "Từ 01/7/2021 đến 31/3/2024"]),
        ("2024-9M", False, ["9 tháng năm 2023", "Từ 01/7/2021 đến 30/9/2024"]),
        ("2024", False, ["Năm 2023", "Từ 01/7/2021 đến 31/12/2024"]),
        ("2024", True, ["Ngày 31/12/2023", "Ngày 30/6/2021"]),
        ("2024-05", True, ["Ngày 30/4/2024", "Ngày 31/5/2023", "Ngày 30/6/2021"]),
        ("2024-05-11", True, ["Ngày 30/4/2024", "Ngày 11/5/2023", "Ngày 30/6/2021"]),
        ("2024-01-01..2024-05-31", False, ["Từ 01/01/2024 đến 30/4/2024", "Từ 01/01/2023 đến 31/5/2023",
                                           "Từ 01/7/2021 đến 31/5/2024"]),
        ("2021-07-01..2024-05-11", False, ["Từ 01/7/2021 đến 31/3/2024", "Từ 01/7/2021 đến 11/5/2023"]),
        ("2021-07-01..2024-05-11", True, ["Ngày 31/3/2024", "Ngày 11/5/2023", "Ngày 30/6/2021"]),
        ("2021-07-01..2021-08-11", False, []),
    ],
)  # fmt: skip
def test_a_figure_is_held_against_the_days_that_people_compare(period, standing, days):
    assert [w.days.name for w in look(parse(period), TERM, standing=standing).windows] == days


DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(st.tuples(DAYS, DAYS).map(sorted), st.one_of(st.none(), DAYS), st.booleans())
def test_the_days_of_a_change_follow_those_it_is_measured_from(ends, term, standing):
    period = parse(f"{ends[0]}..{ends[1]}")
    seen = look(period, term if term and term <= period.last else None, standing=standing)
    spans = [(w.days.first, w.days.last) for w in seen.windows]
    assert len(set(spans)) == len(spans)
    assert (period.first, period.last) not in spans
    assert seen.step.last == period.last
    first = next((w for w in seen.windows if w.key == PREVIOUS), None)
    if standing or first and first.days.first == period.first:
        assert (seen.step.first - first.days.last).days == 1
    else:
        assert seen.step == period
