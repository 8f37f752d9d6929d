"""May she? One unit and many give the same answer; offices are dated; archives go where the commune went."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from sohoi.rights import may as may_module
from sohoi.rights.marks import right
from sohoi.rights.may import holds, may, offices, roles, scope
from sohoi.rights.models import Account, Office
from sohoi.units.models import Level, Lineage, Unit
from tests.people import account


def test_a_branch_head_reaches_her_branch_and_nothing_else(place, lan):
    assert list(scope(lan, "record")) == [place.branch]
    assert may(lan, "record", place.branch)
    assert not may(lan, "record", place.other)
    assert not may(lan, "close", place.branch)


def test_a_chair_reaches_her_branches_and_the_archives_of_what_became_her_commune(place, mai):
    reached = set(scope(mai, "read"))
    assert {place.heir, place.town, place.commune, place.branch, place.other} <= reached
    assert place.district not in reached
    assert place.today not in reached


def test_a_commune_that_was_split_is_reached_from_the_province_and_not_from_one_of_its_heirs(place, hoa):
    split = Lineage.objects.filter(whole=False, old__level="base", new__placements__parent=place.today).first()
    chair = account("mot-nua", "Chị Nửa", (split.new, "base-chair"))
    assert may(hoa, "read", split.old)
    assert not may(chair, "read", split.old)


def test_in_the_name_of_a_unit_writes_who_holds_its_own_office_or_keeps_its_archive(place, lan, mai, hoa):
    split = Lineage.objects.filter(whole=False, old__level="base", new__placements__parent=place.today).first()
    chair = account("mot-nua", "Chị Nửa", (split.new, "base-chair"))
    assert holds(mai, "sign", place.heir)
    assert holds(mai, "sign", place.town)
    assert holds(hoa, "sign", split.old)
    assert holds(hoa, "sign", place.district)
    assert not holds(chair, "sign", split.old)
    for unit in (place.heir, place.town, place.branch):
        assert not holds(hoa, "sign", unit)
    assert not holds(lan, "sign", place.heir)


def test_a_province_officer_reaches_ended_districts_and_provinces_that_went_into_hers(place, hoa):
    assert may(hoa, "see", place.district)
    assert may(hoa, "see", place.province)
    assert not may(hoa, "see", place.centre)


def test_the_set_and_the_single_question_agree_on_every_unit(place, lan, mai, hoa, thu):
    sample = list(Unit.objects.filter(level__in=[Level.PROVINCE, Level.DISTRICT])[:30])
    sample += [place.branch, place.other, place.town, place.heir]
    for person in (lan, mai, hoa, thu):
        for word in ("see", "record", "close"):
            reached = set(scope(person, word))
            assert [unit in reached for unit in sample] == [may(person, word, unit) for unit in sample]


def test_an_office_that_has_ended_gives_nothing(place):
    former = Account.objects.create_user("cu", full_name="Chị Cũ")
    Office.objects.create(account=former, unit=place.branch, role="branch-head", during=(None, date(2025, 1, 1)))
    assert not may(former, "see", place.branch)
    assert offices(former, on=date(2024, 12, 31)).exists()


def test_every_right_of_every_role_is_one_of_the_words_told_in_the_file():
    text = (Path(may_module.__file__).parent / "roles.toml").read_text("utf-8")
    words = {line.split()[1] for line in text.splitlines() if line.startswith("#   ")}
    assert set().union(*(role.rights for role in roles().values())) == words
    assert len(words) <= 16


def test_a_mark_sends_the_unknown_to_log_in_and_a_stranger_to_nothing(place, lan, thu, rf: RequestFactory):
    @right("record")
    def page(request):
        return HttpResponse(str(request.scope.count()))

    request = rf.get("/")
    request.user = lan
    assert page(request).content == b"1"
    request.user = thu
    with pytest.raises(Http404):
        page(request)
    request.user = AnonymousUser()
    assert page(request).status_code == 302


def test_an_administrator_gives_offices_on_the_command_line(place):
    out = StringIO()
    give = ["giveoffice", "chi-moi", "--unit", "31684@2025-07-01", "--role", "base-chair", "--first", "2025-07-01"]
    call_command(*give, "--name", "Chị Mới", stdout=out)
    made = Account.objects.get(username="chi-moi")
    assert may(made, "record", place.heir)
    assert made.check_password(out.getvalue().split("chỉ in một lần: ")[1].strip())
    with pytest.raises(CommandError, match="đã giữ vai trò này"):
        call_command(*give)
    with pytest.raises(CommandError, match="Điền họ và tên. Lập tài khoản mới thì thêm --name"):
        call_command("giveoffice", "chi-khac", *give[2:])
    with pytest.raises(CommandError, match="Không có vai trò"):
        call_command("giveoffice", "chi-moi", "--unit", "31684@2025-07-01", "--role", "la")


def test_an_office_at_a_unit_that_ended_says_that_it_reaches_nothing_and_where_one_would(place):
    out = StringIO()
    give = ["--name", "Chị Cũ", "--role", "district-officer", "--first", "2024-01-01"]
    call_command("giveoffice", "chi-cu", "--unit", place.district.code, *give, stdout=out)
    assert "không với tới đơn vị nào, vì Huyện Mỹ Xuyên đã hết" in out.getvalue()
    assert f"nay thuộc Thành phố Cần Thơ: giao vai trò với --unit {place.today.code}." in out.getvalue()
    out = StringIO()
    call_command("giveoffice", "chi-cu", "--unit", place.today.code, *give, stdout=out)
    assert "không với tới" not in out.getvalue()
