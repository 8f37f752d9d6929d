"""The languages of regular reports and regimes: what they refuse, each time naming the file and the key."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sohoi.refusal import Refusal
from sohoi.reports import regular
from sohoi.reports.read.burden import burden
from sohoi.reports.regimes import load
from sohoi.reports.regular import (
    KEYS,
    NEEDED,
    PERIODS,
    form_in_force,
    key_of,
    period_named,
    periods_between,
    read_file,
    versions,
)  # fmt: skip

FORM = """
code = "thu"
label = "Báo cáo thử"
since = 2020-01-01
levels = ["base"]
period = "month"
title = ["BÁO CÁO"]
subject = "Kết quả {period}"

[[section]]
code = "mot"
heading = "I. MỘT"
content = "text"

[[table]]
section = "mot"
title = "Số liệu"
columns = ["period"]
row = [{ measure = "house-gifts" }]
"""
REGIME = """
code = "che-do"
label = "Chế độ"
since = 2020-01-01

[[owed]]
form = "thu"
due = 3
"""


def refused(tmp_path, body, name="thu"):
    """What a form file says when it is refused."""
    path = tmp_path / name / "form.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(body, "utf-8")
    with pytest.raises(Refusal) as caught:
        read_file(path)
    assert str(caught.value).startswith("thu/form.toml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "thu"', 'code = "Thử"', "“code”"),
        ('label = "Báo cáo thử"', 'label = " "', "“label”"),
        ("since = 2020-01-01", 'since = "hôm qua"', "“since”"),
        ("since = 2020-01-01", "since = 2020-01-01T08:00:00", "“since”"),
        ('levels = ["base"]', 'levels = "base"', "“levels”"),
        ('levels = ["base"]', "levels = []", "“levels”"),
        ('levels = ["base"]', 'levels = ["xa"]', "“xa”"),
        ('period = "month"', 'period = "week"', "period phải là một trong: month, quarter"),
        ('period = "month"', 'period = ["month"]', "period phải là một trong"),
        ('title = ["BÁO CÁO"]', 'title = "BÁO CÁO"', "“title”"),
        ('title = ["BÁO CÁO"]', 'title = ["BÁO\\nCÁO"]', "“title”"),
        ('subject = "Kết quả {period}"', "subject = 3", "“subject”"),
        ('period = "month"', 'period = "month"\nversion = "hai"', "“version”"),
        ('period = "month"', 'period = "month"\nstyle = "poster"', "style phải là một trong: state, party, plain"),
        ('period = "month"', 'period = "month"\ntype = "XX"', "type phải là một trong: NQ"),
        ('period = "month"', 'period = "month"\nsigner = 3', "“signer”"),
        ('period = "month"', 'period = "month"\nwide = "có"', "“wide”"),
        ('period = "month"', 'period = "month"\nrecipients = "Lưu: VT"', "“recipients”"),
        ('period = "month"', 'period = "month"\nmerges = "chi hội"', "“merges”"),
        ('period = "month"', 'period = "month"\nformula = "a+b"', "“formula”"),
        ('period = "month"', 'period = "month"\ncheck = "over"', "“check”"),
        ('content = "text"', 'content = "bài thơ"', "mục “mot”: content phải là một trong: text, tasks"),
        ('content = "text"', 'content = "text"\nlevel = 3', "mục “mot”: “level”"),
        ('content = "text"', 'content = "text"\nfrom = "mot"', "mục “mot”: “from”"),
        ('content = "text"', 'content = "text"\noptional = 1', "mục “mot”: “optional”"),
        ('content = "text"', 'content = "text"\nfont = "to"', "mục “mot”: không hiểu khóa “font”"),
        ('heading = "I. MỘT"', "", "mục “mot”: thiếu khóa “heading”"),
        ('section = "mot"', 'section = "hai"', "[[table]]: section phải là một trong: mot"),
        ('columns = ["period"]', "columns = []", "[[table]]: “columns”"),
        ('columns = ["period"]', 'columns = ["tuần"]', "“tuần”"),
        ('row = [{ measure = "house-gifts" }]', 'row = ["house-gifts"]', "[[table]]: “row”"),
        ('{ measure = "house-gifts" }', "{}", "[[table]], row: “row”"),
        ('{ measure = "house-gifts" }', '{ measure = "a", group = "b" }', "[[table]], row: “row”"),
        ('{ measure = "house-gifts" }', '{ measure = "a", sum = "b" }', "row: không hiểu khóa “sum”"),
    ],
)
def test_whatever_is_not_in_the_language_is_refused_with_file_and_key(tmp_path, old, new, says):
    assert FORM.count(old) >= 1
    assert says in refused(tmp_path, FORM.replace(old, new, 1))


@pytest.mark.parametrize("key", NEEDED)
def test_each_needed_key_is_asked_for_by_name(tmp_path, key):
    body = {k: v for k, v in tomllib.loads(FORM).items() if k not in (key, "table")}
    with pytest.raises(Refusal, match=f"thu/form.toml: thiếu khóa “{key}”"):
        regular.read_regular(body, tmp_path / "thu" / "form.toml")


def test_two_sections_of_one_code_and_a_file_that_is_no_toml_are_refused(tmp_path):
    twice = FORM + '[[section]]\ncode = "mot"\nheading = "II. HAI"\n'
    assert "hai mục cùng mang mã “mot”" in refused(tmp_path, twice)
    assert "không đọc được tệp này" in refused(tmp_path, "code = ")


def test_what_is_left_out_has_its_meaning(tmp_path):
    path = tmp_path / "thu" / "form.toml"
    path.parent.mkdir()
    path.write_text(FORM, "utf-8")
    form = read_file(path)
    assert (form.version, form.style, form.type, form.wide, form.merges) == (1, "state", "BC", False, "")
    assert (form.parts[0].level, form.parts[0].optional, form.measures) == (1, False, ["house-gifts"])
    assert set(form.source) <= KEYS


def test_every_shipped_form_is_read_and_merges_one_that_is_there():
    for forms in versions().values():
        for form in forms:
            assert not form.merges or form.merges in versions()
            below = {part.code for part in versions()[form.merges][-1].written} if form.merges else set()
            assert {code for part in form.parts for code in part.merged} <= below | {p.code for p in form.parts}


def test_the_newest_version_whose_day_has_come_is_in_force(settings, tmp_path):
    for folder, since, label in (("thu", "2020-01-01", "Bản một"), ("thu@2", "2026-07-01", "Bản hai")):
        path = tmp_path / folder / "form.toml"
        path.parent.mkdir()
        path.write_text(FORM.replace("2020-01-01", since).replace("Báo cáo thử", label), "utf-8")
    settings.FORM_FOLDERS = [str(tmp_path)]
    versions.cache_clear()
    try:
        assert form_in_force("thu", date(2026, 6, 30)).label == "Bản một"
        assert form_in_force("thu", date(2026, 7, 1)).label == "Bản hai"
        with pytest.raises(Refusal, match="“Bản một” chỉ dùng từ ngày 01/01/2020"):
            form_in_force("thu", date(2019, 1, 1))
        with pytest.raises(Refusal, match="Không có biểu mẫu “khac”"):
            form_in_force("khac", date(2026, 1, 1))
    finally:
        versions.cache_clear()


def test_periods_have_the_length_of_the_form_and_one_way_to_be_written():
    counts = {"month": 12, "quarter": 4, "half": 2, "nine-months": 1, "year": 1, "days": 0}
    assert set(counts) == set(PERIODS)
    for code in versions():
        form = versions()[code][-1]
        periods = periods_between(form, date(2025, 1, 1), date(2025, 12, 31))
        assert len(periods) == counts[form.period]
        assert [period_named(form, key_of(form, period)) for period in periods] == periods
    with pytest.raises(Refusal, match="không viết cho kỳ"):
        period_named(form_in_force("quy", date(2026, 1, 1)), "2026-01")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "che-do"', "", "thiếu khóa “code”"),
        ("since = 2020-01-01", 'since = "01/01/2020"', "“since”"),
        ("since = 2020-01-01", "since = 2020-01-01\nuntil = 2019-12-31", "“until”"),
        ("since = 2020-01-01", "since = 2020-01-01\nunit = 3", "không hiểu khóa “unit”"),
        ("due = 3", "", "[[owed]]: thiếu khóa “due”"),
        ("due = 3", "due = 3.5", "[[owed]]: “due”"),
        ("due = 3", "due = 367", "[[owed]]: “due” phải là số nguyên từ -366 đến 366"),
        ("due = 3", "due = true", "[[owed]]: “due”"),
        ('form = "thu"', 'form = ""', "[[owed]], “form”"),
        ("due = 3", 'due = 3\nremind = "hằng ngày"', "[[owed]]: không hiểu khóa “remind”"),
        ("due = 3", 'due = 3\n[[owed]]\nform = "thu"\ndue = 4', "“thu” đứng hai lần"),
        ('[[owed]]\nform = "thu"\ndue = 3', "owed = 3", "“owed”"),
        ("due = 3", "due = ", "không đọc được tệp này"),
    ],
)
def test_a_regime_refuses_by_file_and_key(tmp_path, old, new, says):
    path = tmp_path / "che-do.toml"
    path.write_text(REGIME.replace(old, new), "utf-8")
    with pytest.raises(Refusal) as caught:
        load(path)
    assert str(caught.value).startswith("che-do.toml")
    assert says in str(caught.value)


@pytest.mark.django_db
def test_a_form_says_what_it_would_ask_of_how_many_units(forms, place, capsys):
    branch, commune = (form_in_force(code, date(2026, 10, 31)) for code in ("house-branch", "house-commune"))
    on = date(2026, 10, 31)
    assert burden(branch, place.heir, on).sentence == (
        "Mỗi đơn vị viết 2 mục chữ, 10 ô số tự điền; 2 đơn vị, 12 lần mỗi năm. Cả năm: 48 mục phải viết."
    )
    assert burden(commune, place.heir, on).units == 1
    assert "mỗi lần được yêu cầu" in burden(form_in_force("chuyen-de", on), place.heir, on).sentence
    file = Path(regular.__file__).parents[2] / "tests" / "forms" / "house-branch" / "form.toml"
    call_command("formcost", file, unit=place.heir.code)
    assert "Báo cáo tháng của chi hội (thử): Mỗi đơn vị viết 2 mục chữ" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_form_that_asks_for_a_measure_that_is_gone_is_not_issued(place, tmp_path):
    path = tmp_path / "thu" / "form.toml"
    path.parent.mkdir()
    path.write_text(FORM.replace("house-gifts", "khong-con"), "utf-8")
    with pytest.raises(CommandError, match="“khong-con” không còn trong sổ"):
        call_command("formcost", path, unit=place.heir.code)
