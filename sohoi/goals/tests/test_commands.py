"""Resolutions on the command line: load, ask for attainment in words and as JSON."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.goals.tests.test_attainment import BODY, ON
from sohoi.ledger.write import accept
from tests.people import deed


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_resolution_is_loaded_and_asked(place, lan, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY, "utf-8")
    assert "thu: Nghị quyết dùng để thử (12 mục)" in run("loadresolution", str(path))
    accept(deed(place.branch, ON, values={"count": 23}), by=lan)
    assert "Tổ thành lập: 23/55, đạt 41,82% [Chưa đạt]" in run("attainment", "thu")
    body = json.loads(run("attainment", "thu", "--on", "2024-05-11", "--json"))
    group = next(c for c in body["clauses"] if c["rank"] == "group")
    criterion = group["children"][0]["children"][0]
    assert (criterion["result"], criterion["goal"], criterion["words"]) == ("23", "55", "đạt 41,82%")
    assert (body["met"], body["count"]) == (0, 3)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("attainment", "la"), "Không có nghị quyết"),
        (("loadresolution", "khong-co.toml"), "không đọc được tệp này .không có tệp hay thư mục ấy."),
    ],
)
def test_what_is_not_there_is_said(db, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_a_day_that_is_none_is_said(place, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY, "utf-8")
    run("loadresolution", str(path))
    with pytest.raises(CommandError, match="Không đọc được ngày"):
        run("attainment", "thu", "--on", "2024-02-31")


def test_a_term_that_has_ended_is_asked_on_its_last_day_and_never_before_it_began(place, lan, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY.replace("cut_off = 2024-05-11\n", "").replace("2026-06-30", "2024-06-30"), "utf-8")
    run("loadresolution", str(path))
    accept(deed(place.branch, ON, values={"count": 23}), by=lan)
    assert json.loads(run("attainment", "thu", "--json"))["on"] == "2024-06-30"
    assert " - Huyện Mỹ Xuyên - " in run("attainment", "thu", "--unit", "947")  # the code of a unit that has ended
    with pytest.raises(CommandError, match="ở trước nhiệm kỳ, bắt đầu từ ngày 01/7/2021"):
        run("attainment", "thu", "--on", "2020-01-01")


def test_who_ended_before_the_term_is_given_no_goal(place, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY.replace("2021-07-01", "2025-08-01").replace("cut_off = 2024-05-11\n", ""), "utf-8")
    with pytest.raises(CommandError, match="Huyện Mỹ Xuyên .947@2015-01-01. đã kết thúc trước ngày đầu nhiệm kỳ"):
        run("loadresolution", str(path))


def test_a_file_with_a_mark_at_its_head_is_read_and_one_in_another_alphabet_named(place, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY.replace("\n", "\r\n"), "utf-8-sig")
    assert "(12 mục)" in run("loadresolution", str(path))
    path.write_text(BODY, "utf-16")
    with pytest.raises(CommandError, match="không viết bằng bảng mã UTF-8"):
        run("loadresolution", str(path))
