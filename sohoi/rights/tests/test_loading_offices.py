"""A province switches on Monday: offices come from a CSV file, first passwords go into a file of their own."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sohoi.rights.may import may
from sohoi.rights.models import Account, Office

HEAD = "username,name,unit,role,first,last\n"


@pytest.fixture
def load(tmp_path, place):
    """Load these lines; what was printed."""

    def of(*lines, head=HEAD):
        path, out = tmp_path / "chi-hoi.csv", StringIO()
        path.write_text(head + "\n".join(lines), "utf-8")
        try:
            call_command("loadoffices", str(path), stdout=out)
        except CommandError as error:
            out.write(str(error))
        return out.getvalue()

    return of


LINES = (
    "mai.tran,Trần Thị Mai,31684@2025-07-01,base-chair,2025-07-01,",
    ",Lê Thị Ánh,lan-1,Chi hội trưởng,,",
    ",Lê Thị Ánh,lan-2,branch-head,,2030-12-31",
)


def test_good_lines_go_in_with_their_passwords_in_a_private_file(load, tmp_path, place):
    said = load(*LINES)
    assert "chi-hoi.csv: đã giao 3, đã có 0, từ chối 0." in said
    slips = tmp_path / "chi-hoi.mat-khau.csv"
    assert slips.stat().st_mode & 0o777 == 0o600
    heading, *rows = csv.reader(slips.open(encoding="utf-8"))
    assert heading[-1] == "Mật khẩu lần đầu"
    assert [row[3] for row in rows] == ["mai.tran", "anh.le", "anh.le2"]  # two women of one name, for all we know
    for row in rows:
        assert Account.objects.get(username=row[3]).check_password(row[4])
        assert row[4] not in said
    assert may(Account.objects.get(username="mai.tran"), "approve", place.heir)


def test_the_same_file_again_changes_nothing(load, tmp_path):
    load(*LINES)
    before = (tmp_path / "chi-hoi.mat-khau.csv").read_bytes()
    assert "đã giao 0, đã có 3, từ chối 0." in load(*LINES)
    assert (tmp_path / "chi-hoi.mat-khau.csv").read_bytes() == before
    assert (Account.objects.count(), Office.objects.count()) == (3, 3)


def test_who_ended_is_given_again_and_who_is_closed_holds_nothing(load):
    load(LINES[0], ",Lê Thị Ánh,lan-1,branch-head,,", ",Đỗ Thị Bình,lan-2,branch-head,,")
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = Office.objects.get(account__username="anh.le")
    Office.objects.filter(pk=ended.pk).update(during=(yesterday - timedelta(days=9), yesterday))
    Account.objects.filter(username="binh.do").update(is_active=False)
    said = load("anh.le,,lan-1,branch-head,,", ",Đỗ Thị Bình,lan-2,branch-head,,", "BINH.DO,,lan-2,branch-head,,")
    assert "đã giao 2, đã có 0, từ chối 1." in said
    assert "“binh.do” đang đóng" in said
    assert Office.objects.filter(account__username="anh.le").count() == 2


def test_two_women_of_one_name_in_one_branch_are_told_apart_by_their_log_ins(load):
    same = ",Lê Thị Ánh,lan-1,branch-head,,"
    for times in ("đã giao 1, đã có 0, từ chối 1.", "đã giao 0, đã có 1, từ chối 1."):
        said = load(same, same)
        assert times in said
        assert "điền tên đăng nhập" in said
    assert "đã giao 1, đã có 1, từ chối 0." in load(same, "anh.le.2,Lê Thị Ánh,lan-1,branch-head,,")
    assert "đã giao 0, đã có 2, từ chối 0." in load(same, same)


def test_bad_lines_come_back_with_the_reason_and_the_good_ones_stay(load, tmp_path):
    said = load(
        LINES[0],
        "mai.tran,Nguyễn Thị Khác,lan-1,branch-head,,",
        "x,Chị X,khong-co,branch-head,,",
        "x,Chị X,lan-1,base-chair,,",
        "x,Chị X,lan-1,truong-thon,,",
        "x,Chị X,lan-1,branch-head,01/07/2025,",
        "x,,lan-1,branch-head,,",
        "x,Chị X,947@2015-01-01,district-officer,,",
    )
    assert "đã giao 1, đã có 0, từ chối 7." in said
    rows = list(csv.DictReader((tmp_path / "chi-hoi.loi.csv").open(encoding="utf-8")))
    wanted = ["là của Trần Thị Mai", "Không có đơn vị nào", "không có vai trò Chủ tịch", "Không có vai trò",
              "2024-04-15", "Điền họ và tên.", "đã hết. Việc của đơn vị ấy nay thuộc Thành phố Cần Thơ"]  # fmt: skip
    assert all(words in row["_ly_do"] for words, row in zip(wanted, rows, strict=True))
    assert [account.username for account in Account.objects.all()] == ["mai.tran"]
    assert "cần các cột" in load("a,b", head="x,y\n")
