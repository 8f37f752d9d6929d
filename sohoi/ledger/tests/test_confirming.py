"""confirmmonth: who loads by command says that months are complete, and what was not entered is zero."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.figures.read import figure
from sohoi.ledger.models import Confirmation
from sohoi.periods import parse
from sohoi.units.models import View
from tests.people import measure


def confirm(*words):
    out = StringIO()
    call_command("confirmmonth", *words, stdout=out)
    return out.getvalue()


def test_a_year_is_confirmed_by_command_and_is_nought(place, hoa):
    year = ("--unit", "947", "--month", "2023-01", "--until", "2023-12", "--as", hoa.username)
    assert figure(measure("groups"), place.district, parse("2023"), View.WAS).value is None
    assert "Huyện Mỹ Xuyên: đã xác nhận đủ số liệu 12 tháng." in confirm(*year)
    confirm(*year)
    assert Confirmation.objects.filter(unit=place.district).count() == 12
    assert figure(measure("groups"), place.district, parse("2023"), View.WAS).value == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--month", "2023-05", "--until", "2087-01", "--as", "hoa"), "Tháng 1 năm 2087 chưa hết"),
        (("--month", "2023-05", "--until", "2023-01", "--as", "hoa"), "đứng trước tháng"),
        (("--month", "2023", "--as", "hoa"), "--month là một tháng"),
        (("--month", "2023-05", "--as", "ai"), "Không có tài khoản"),
        (("--month", "2023-05", "--as", "thu"), "không có quyền xác nhận"),
    ],
)
def test_what_cannot_be_confirmed_is_said_and_nothing_is_kept(place, hoa, thu, words, why):
    with pytest.raises(CommandError, match=why):
        confirm("--unit", place.district.code, *words)
    assert not Confirmation.objects.exists()
