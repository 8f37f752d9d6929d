"""Numbers of papers: from 1 each year, each once, none left out, however many ask at once; given, they stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.crypto import get_random_string

from sohoi.refusal import Refusal
from sohoi.reports.models import DocumentNumber
from sohoi.reports.models.numbers import symbol
from sohoi.reports.read.numbers import numbers, registers, years
from sohoi.reports.write.numbers import take_number
from sohoi.units.models import Unit
from tests.people import account

DAY = date(2026, 3, 5)


def taken(unit, on=DAY, type="BC", *, by, about="Báo cáo tháng"):
    return take_number(unit, type, on, by=by, for_=about, body="BTV")


def test_numbers_follow_each_other_in_each_unit_year_and_type(place, mai, hoa):
    assert [taken(place.heir, by=mai), taken(place.heir, by=mai)] == [1, 2]
    assert taken(place.heir, type="TB", by=mai) == 1
    assert taken(place.today, by=hoa) == 1
    assert taken(place.heir, date(2027, 1, 1), by=mai) == 1
    assert taken(place.heir, date(2026, 12, 31), by=mai) == 3
    assert [str(row) for row in numbers(place.heir, 2026)] == ["03/BC-BTV", "01/TB-BTV", "02/BC-BTV", "01/BC-BTV"]
    assert years(place.heir) == [2027, 2026]


def test_a_number_is_written_as_the_decree_has_it():
    assert [symbol(5, "BC", "BTV"), symbol(115, "ĐA"), symbol(None, "BC", "BCH")] == ["05/BC-BTV", "115/ĐA", "…/BC-BCH"]


def test_no_number_for_a_day_before_the_last_and_none_for_an_unknown_type(place, mai):
    taken(place.heir, by=mai)
    said = "Báo cáo số 1 của Phường Mỹ Xuyên đã lấy cho ngày 05/3/2026, nên không lấy số cho ngày 04/3/2026 được nữa"
    with pytest.raises(Refusal, match=said):
        taken(place.heir, date(2026, 3, 4), by=mai)
    with pytest.raises(Refusal, match="Không có loại văn bản “XX”"):
        taken(place.heir, type="XX", by=mai)
    assert taken(place.heir, by=mai) == 2


def test_a_number_goes_back_with_what_failed(place, mai):
    with transaction.atomic():
        assert taken(place.heir, by=mai) == 1
        transaction.set_rollback(True)
    assert taken(place.heir, by=mai) == 1


def empty():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; truncate reports_documentnumber")


@pytest.mark.parametrize(
    "spoil",
    [lambda: DocumentNumber.objects.update(number=9), lambda: DocumentNumber.objects.all().delete(), empty],
    ids=["change", "take", "empty"],
)
def test_what_was_given_stays_even_from_a_script_at_midnight(place, mai, spoil):
    taken(place.heir, by=mai)
    with pytest.raises(DatabaseError, match="Số văn bản đã cấp thì không sửa, không xóa"), transaction.atomic():
        spoil()
    assert DocumentNumber.objects.get().number == 1


def test_registers_are_those_of_the_scope_with_how_many(place, mai, hoa):
    taken(place.heir, by=mai), taken(place.heir, by=mai), taken(place.today, by=hoa)
    found = registers(Unit.objects.filter(pk__in=[place.heir.pk, place.branch.pk]), 2026)
    assert list(found) == [{"unit__code": place.heir.code, "unit__name": "Phường Mỹ Xuyên", "many": 2}]


def test_eight_who_ask_at_once_get_every_number_once_and_failures_leave_no_gap(live):
    unit = Unit.objects.get(code="26737@2025-07-01")
    clerk = account(f"thu-ky-{get_random_string(8).lower()}", "Chị Thư", (unit, "base-chair"))
    before = DocumentNumber.objects.filter(unit=unit, year=2031, type="BC").count()

    def ask(at):
        try:
            with transaction.atomic():
                number = taken(unit, date(2031, 5, 6), by=clerk)
                return number if at % 5 else _fail()
        except Refusal:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(ask, range(100)))
    assert given.count(None) == 20
    assert sorted(number for number in given if number) == list(range(before + 1, before + 81))
    kept = DocumentNumber.objects.filter(unit=unit, year=2031, type="BC").order_by("number")
    assert list(kept.values_list("number", flat=True)) == list(range(1, before + 81))


def _fail():
    raise Refusal("Không ký được.")
