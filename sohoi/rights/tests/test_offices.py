"""Offices end by a day that the administrator sets, and she can ask who holds which."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sohoi.rights.may import may
from sohoi.rights.models import Office, OfficeChange
from tests.people import account


@pytest.fixture
def nhan(place):
    """Chị Nhàn, chair of the commune and reader of the province, both without a last day."""
    return account("nhan", "Chị Nhàn", (place.heir, "base-chair"), (place.today, "reader"))


def told(*words):
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_an_office_that_ends_today_holds_until_tonight_and_not_tomorrow(place, nhan):
    said = told("endoffice", "nhan", "--unit", place.heir.code)
    assert said.startswith("Chị Nhàn giữ vai trò Chủ tịch Hội cơ sở ở ")
    assert may(nhan, "record", place.heir)
    held = Office.objects.get(account=nhan, role="base-chair")
    assert held.last == timezone.localdate()
    assert not Office.objects.filter(pk=held.pk, during__contains=timezone.localdate() + timedelta(days=1)).exists()
    assert may(nhan, "see", place.today)  # another office stands


def test_an_office_that_ended_yesterday_reaches_nothing(place, nhan):
    yesterday = timezone.localdate() - timedelta(days=1)
    told("endoffice", "nhan", "--unit", place.heir.code, "--role", "base-chair", "--last", str(yesterday))
    assert not may(nhan, "record", place.heir)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["khong-co"], "Không có tài khoản “khong-co”"),
        (["nhan", "--role", "reader"], "Chị Nhàn không giữ vai trò nào như vậy"),
        (["nhan", "--last", "2000-01-01"], "sau ngày cuối. Xem lại --last"),
        (["nhan", "--last", "31/12/2026"], "Viết theo mẫu 2024-04-15"),
    ],
)
def test_what_cannot_end_is_said_and_nothing_changes(place, nhan, words, sentence):
    with pytest.raises(CommandError, match=sentence.replace("(", r"\(")):
        call_command("endoffice", *words, "--unit", place.heir.code)
    assert Office.objects.filter(account=nhan, during__endswith=None).count() == 2


def test_an_office_that_has_not_begun_is_listed_and_taken_away_and_the_running_one_ends(place, nhan):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Office.objects.create(account=nhan, unit=place.heir, role="base-deputy", during=(tomorrow, None))
    assert len(told("offices", "--unit", place.heir.code).splitlines()) == 2
    said = told("endoffice", "nhan", "--unit", place.heir.code).splitlines()
    assert sorted(line.endswith("chưa bắt đầu, đã bỏ.") for line in said) == [False, True]
    assert [one.role for one in Office.objects.filter(account=nhan, unit=place.heir)] == ["base-chair"]
    assert Office.objects.get(account=nhan, unit=place.heir).last == timezone.localdate()


def test_a_password_is_set_anew_on_the_server_and_the_history_says_so(place, nhan):
    said = told("resetpassword", "NHAN")
    nhan.refresh_from_db()
    assert nhan.check_password(said.split("chỉ in một lần: ")[1].strip())
    assert nhan.must_change
    [line] = OfficeChange.objects.filter(account=nhan)
    assert (line.by, line.what) == (None, "reset")
    with pytest.raises(CommandError, match="Không có tài khoản “la”"):
        told("resetpassword", "la")


def test_who_holds_what_is_listed_below_a_unit_and_everywhere(place, nhan):
    here = told("offices", "--unit", place.heir.code).splitlines()
    assert [line.split("\t")[:3] for line in here] == [["nhan", "Chị Nhàn", "Chủ tịch Hội cơ sở"]]
    assert here[0].split("\t")[3].endswith(f"({place.heir.code})")
    assert len(told("offices", "--unit", place.today.code).splitlines()) == 2
    call_command("endoffice", "nhan", "--unit", place.heir.code, "--last", str(date(2026, 1, 1)), stdout=StringIO())
    assert told("offices", "--unit", place.heir.code) == (
        "Chưa ai giữ vai trò nào ở đây. Giao vai trò: manage.py giveoffice.\n"
    )
