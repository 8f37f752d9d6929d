"""Reviews as units word them: forms of own folders, a programme of one year, sentences with part and whole, the goals
that units above gave."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from docx import Document

from sohoi.goals.tests.test_counting import HEAD, loose, target
from sohoi.goals.write import give_target, load_resolution
from sohoi.ledger.write import accept
from sohoi.refusal import Refusal
from sohoi.reports import regular
from sohoi.reports.forms import FOLDER, forms, read_form
from sohoi.reports.models import Report
from sohoi.reports.own_forms import check_own_forms
from sohoi.reports.read.papers import offers, review_paper
from sohoi.reports.table import Table
from sohoi.reports.tests.test_review import ON, sentences
from sohoi.rights.may import scope
from tests.people import deed

OF_UNITS = """
[[sentence]]
section = "members"
measure = "house-rate"
level = "base"
threshold = "65%"
text = "{part}/{whole} cơ sở tập hợp từ 65%[, còn {below} cơ sở dưới 65%, chiếm {below:%,0}][, {untold} cơ sở chưa nói]"
"""


@pytest.fixture
def own(settings, tmp_path):
    """A review form of one's own, the shipped one with this text put otherwise."""

    def put(*changes: tuple[str, str]) -> str:
        shutil.copytree(FOLDER / "giua-nhiem-ky", tmp_path / "cua-tinh")
        path = tmp_path / "cua-tinh" / "form.toml"
        body = path.read_text("utf-8")
        for old, new in changes:
            body = body.replace(old, new, 1)
        path.write_text(body, "utf-8")
        (tmp_path / "cua-tinh" / "layout.docx").unlink()
        settings.FORM_FOLDERS = [str(tmp_path)]
        forms.cache_clear()
        regular.versions.cache_clear()
        return str(path)

    yield put
    forms.cache_clear()
    regular.versions.cache_clear()


def load(tmp_path, body):
    path = tmp_path / "dem.toml"
    path.write_text(body, "utf-8")
    return load_resolution(path)


def test_a_review_form_of_an_own_folder_is_written_and_stands_in_place_of_the_shipped_one(own, place, tmp_path):
    own(("I. ĐÁNH GIÁ CHUNG", "A. NHÌN CHUNG"))
    resolution = load(tmp_path, HEAD + target("a", ("house-groups", "goal = 10")))
    assert "A. NHÌN CHUNG" in sentences(review_paper(resolution, ON))
    out = tmp_path / "bao-cao.docx"
    call_command("report", "giua-nhiem-ky", "--unit", "947@2015-01-01", "--out", str(out), stdout=StringIO())
    assert out.stat().st_size > 5000
    assert check_own_forms() == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('title = ["BÁO CÁO"]', 'title = "BÁO CÁO"', "danh sách chữ"),
        ('content = "table"', 'content = "bang"', "content phải là"),
        ('label = "Báo cáo', 'nhan = "Báo cáo', "“nhan”"),
        ('section = "members"', 'section = "khac"', "nêu mục “khac” không có"),
    ],
)
def test_a_fault_in_an_own_review_form_is_told_and_the_others_go_on(own, old, new, why):
    path = own(('code = "giua-nhiem-ky"', 'code = "cua-tinh"'), (old, new))
    [told] = check_own_forms()
    assert told.msg.startswith(path)
    assert why in told.msg
    assert "cua-tinh" not in forms()
    assert "giua-nhiem-ky" in forms()


def test_a_review_form_is_read_before_it_is_issued(own, db):
    path, out = own(), StringIO()
    with pytest.raises(CommandError, match="không có trong sổ"):  # the kinds of the tests are not those of the form
        call_command("formcost", path, stdout=out)
    body = (FOLDER / "giua-nhiem-ky/form.toml").read_text("utf-8").split("[[sentence]]")[0]
    with open(path, "w", encoding="utf-8") as file:
        file.write(body)
    call_command("formcost", path, stdout=out)
    assert "12 đề mục, 0 câu; chương trình tự viết theo nghị quyết" in out.getvalue()


def test_a_programme_of_one_year_is_offered_as_such_and_not_as_a_term(place, hoa, tmp_path):
    body = HEAD.replace("2021-07-01", "2024-01-01").replace("2026-06-30", "2024-12-31")
    resolution = load(tmp_path, body + target("a", ("house-groups", "goal = 10")))
    assert [o.form.code for o in offers(scope(hoa, "see"), ON)] == ["chuong-trinh-nam"]
    said = sentences(review_paper(resolution, ON, form="chuong-trinh-nam"))
    assert not [sentence for sentence in said if "nhiệm kỳ" in sentence.lower()]


def test_a_sentence_of_a_section_that_the_form_has_not_is_not_lost(place, lan, tmp_path):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    keys = 'say = "thành lập {result} tổ"\nsection = "kinh-te"'
    said = sentences(review_paper(load(tmp_path, HEAD + loose("house-groups", keys)), ON))
    assert said.index("Thành lập 23 tổ.") > said.index("IV. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ TRỌNG TÂM")


def test_a_part_in_brackets_is_left_out_when_nothing_was_told_of_it(place, lan, tmp_path):
    keys = 'section = "family"\nsay = "lập {result} tổ[, trao {house-gifts} phần quà][ trị giá {house-gift-money}]"'
    resolution = load(tmp_path, HEAD + loose("house-groups", keys))
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    assert "Lập 23 tổ." in sentences(review_paper(resolution, ON))
    accept(deed(place.branch, date(2024, 4, 15), "house-gift", values={"count": 2}), by=lan)
    assert "Lập 23 tổ, trao 2 phần quà." in sentences(review_paper(resolution, ON))
    accept(deed(place.branch, date(2024, 4, 15), "house-gift", values={"count": 1, "money": 90000}), by=lan)
    assert "Lập 23 tổ, trao 3 phần quà trị giá 90.000 đồng." in sentences(review_paper(resolution, ON))


def test_what_is_ahead_names_yearly_goals_and_the_table_says_how_many_are_enough(place, lan, tmp_path):
    for year in (2022, 2023):
        accept(deed(place.branch, date(year, 4, 15), values={"count": 4}), by=lan)
    body = target("a", ("house-groups", "goal = 10\nyearly = true"), ("house-gifts", ""), more="enough = 1")
    paper = review_paper(load(tmp_path, HEAD + body), ON)
    assert {"a1: mỗi năm ít nhất 10 tổ.", "Tiếp tục thực hiện các chỉ tiêu đề ra."} <= set(sentences(paper))
    late = sentences(review_paper(load(tmp_path, HEAD + target("b", ("house-groups", "goal = 10"))), date(2026, 6, 30)))
    assert "b1: còn 2 tổ, tiếp tục thực hiện." in late
    [note] = [block.note for block in paper.body if isinstance(block, Table)]
    assert "đủ số tiêu chí" in note


def test_a_ceiling_that_was_passed_is_not_to_shrink_where_it_only_grows(place, lan, tmp_path):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    accept(deed(place.branch, date(2024, 4, 1), "house-women-declared", values={"count": 200}), by=lan)
    body = target("a", ("house-groups", "goal = 20\nat_most = true"), ("house-women", "goal = 150\nat_most = true"))
    share = 'shape = "share"\nlevel = "base"\nthreshold = 1\ngoal = "20%"'
    resolution = load(tmp_path, HEAD + body + target("b", ("house-groups", share)))
    assert {
        "a1: đã vượt mức trần 3 tổ, từ nay đến hết ngày 30/6/2026 không để phát sinh thêm.",
        "a2: giảm 50 người, hoàn thành trước ngày 30/6/2026.",
        "b1: còn 2 đơn vị, hoàn thành trước ngày 30/6/2026.",
    } <= set(sentences(review_paper(resolution, ON)))
    assert "a1: cả kỳ đã vượt mức trần 3 tổ." in sentences(review_paper(resolution, date(2026, 6, 30)))


def test_units_at_and_below_a_threshold_are_told_and_those_that_were_silent(own, place, lan, mai, hoa, tmp_path):
    own(("[[sentence]]", OF_UNITS + "[[sentence]]"))
    resolution = load(tmp_path, HEAD + target("a", ("house-groups", "goal = 10")))
    for unit, members, by in ((place.branch, 141, lan), (place.other, 101, hoa)):
        accept(deed(unit, date(2024, 4, 1), "house-women-declared", values={"count": 200}), by=by)
        accept(deed(unit, date(2024, 4, 1), "house-admission", values={"count": members}), by=by)
    told = "1/11 cơ sở tập hợp từ 65%, còn 1 cơ sở dưới 65%, chiếm 9%, 9 cơ sở chưa nói."
    paper = review_paper(resolution, ON)
    assert told in sentences(paper)
    assert [shows for _, shows in paper.codes if shows.startswith("Tỷ lệ tập hợp (chia theo đơn vị)")]


def test_a_sentence_of_units_that_nobody_told_of_is_left_out(own, place, tmp_path):
    own(("[[sentence]]", OF_UNITS + "[[sentence]]"))
    resolution = load(tmp_path, HEAD + target("a", ("house-groups", "goal = 10")))
    assert not [said for said in sentences(review_paper(resolution, ON)) if "cơ sở tập hợp" in said]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("{below:%,0}", "{below:tỉ}", "chỗ trống viết"),
        ("{below:%,0}", "{house-gifts:%}", "chỗ trống viết"),
        ('level = "base"\n', "", "cần cả measure, level, threshold"),
        ('threshold = "65%"', "threshold = 0.65", "viết số nguyên"),
        ("{part}/{whole}", "{house-gifts}", ""),
    ],
)
def test_a_sentence_that_could_not_be_said_is_refused(own, old, new, why):
    path = own(("[[sentence]]", OF_UNITS + "[[sentence]]"), (old, new))
    if why:
        with pytest.raises(Refusal, match=why):
            read_form(Path(path))
    else:
        assert read_form(Path(path)).of_units


def test_what_is_no_money_is_not_said_in_ty(own, db):
    path = own(("[[sentence]]", '[[sentence]]\nsection = "family"\ntext = "trao {house-gifts:tỷ} quà"\n[[sentence]]'))
    body = Path(path).read_text("utf-8").split("[[sentence]]")
    Path(path).write_text("[[sentence]]".join(body[:2]), "utf-8")
    with pytest.raises(CommandError, match="không phải số tiền"):
        call_command("formcost", path, stdout=StringIO())


def test_a_criterion_that_enough_others_make_up_for_is_still_named(place, lan, tmp_path):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    body = HEAD + target("a", ("house-groups", "goal = 10"), ("house-groups", "goal = 46"), more="enough = 1")
    said = sentences(review_paper(load(tmp_path, body), ON))
    assert any("đạt, còn tiêu chí chưa đạt: " in line and "đạt 50%" in line for line in said), said


def test_the_general_part_counts_the_goals_that_units_above_gave_too(place, lan, tmp_path):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    body = HEAD + target("a", ("house-groups", "goal = 100"))
    above = body.replace('"dem"', '"dem-tinh"').replace("947@2015", "94@2015").replace("dùng để đếm", "của tỉnh")
    give_target(load(tmp_path, above).clauses.get(code="a1"), place.district, 20)
    said = sentences(review_paper(load(tmp_path, body), ON))
    assert (
        "Nghị quyết của tỉnh, giao cho Hội LHPN huyện Mỹ Xuyên: đạt, vượt 1/1 chỉ tiêu, trong đó 1 chỉ tiêu vượt "
        "(đạt 115%); có 1 chỉ tiêu hoàn thành trước thời hạn."
    ) in said


def test_the_closing_review_of_a_term_counts_nothing_as_done_early(place, lan, tmp_path):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    resolution = load(tmp_path, HEAD + target("a", ("house-groups", "goal = 20")))
    early = "có 1 chỉ tiêu hoàn thành trước thời hạn"
    assert early in " ".join(sentences(review_paper(resolution, ON)))
    closing = " ".join(sentences(review_paper(resolution, date(2026, 6, 19), form="tong-ket")))
    assert "đạt, vượt 1/1 chỉ tiêu đề ra, trong đó 1 chỉ tiêu vượt (đạt 115%)." in closing
    assert early not in closing


@pytest.fixture
def half_yearly(settings, tmp_path):
    """A regular form of districts, for half a year."""
    (tmp_path / "nua-nam").mkdir()
    (tmp_path / "nua-nam" / "form.toml").write_text(
        'code = "nua-nam"\nlabel = "Báo cáo nửa năm"\nsince = 2016-01-01\nlevels = ["district"]\nperiod = "half"\n'
        'title = ["BÁO CÁO"]\nsubject = "Kết quả {period}"\n[[section]]\ncode = "a"\nheading = "I. SỐ LIỆU"\n'
        '[[table]]\nsection = "a"\ntitle = "Bảng"\ncolumns = ["period"]\nrow = [{ measure = "house-groups" }]\n'
        '[[section]]\ncode = "b"\nheading = "II. CHỈ TIÊU"\ncontent = "targets"\n',
        "utf-8",
    )
    settings.FORM_FOLDERS = [str(tmp_path)]
    regular.versions.cache_clear()
    yield
    regular.versions.cache_clear()


def report(form, unit, period, out):
    said = StringIO()
    call_command("report", form, "--unit", unit, "--period", period, "--out", str(out), stdout=said)
    return said.getvalue()


def test_a_regular_report_is_written_as_it_stands_and_says_the_goals_of_every_resolution(
    half_yearly, place, lan, tmp_path
):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    body = HEAD + target("a", ("house-groups", "goal = 10"))
    load(tmp_path, body)
    above = load(tmp_path, body.replace('"dem"', '"dem-tinh"').replace("947@2015", "94@2015"))
    give_target(above.clauses.get(code="a1"), place.district, 20)
    out = tmp_path / "nua-nam.docx"
    assert report("nua-nam", "947", "2024-H1", out).endswith("(bản chưa ký).\n")
    words = [paragraph.text for paragraph in Document(out).paragraphs]
    assert len([said for said in words if "đạt, vượt 1/1 chỉ tiêu" in said]) == 2
    assert "23" in [cell.text for table in Document(out).tables for row in table.rows for cell in row.cells]
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("unit", "period", "sentence"),
    [
        ("947", "2024-03", "không viết cho kỳ"),
        ("947", "", "cần --period"),
        ("947@2015-01-01", "2087-H1", "Kỳ “6 tháng đầu năm 2087” chưa bắt đầu"),
        ("94", "2024-H1", "do Cấp huyện viết|do cấp huyện viết"),
    ],
)
def test_a_regular_report_that_cannot_be_is_refused(half_yearly, place, tmp_path, unit, period, sentence):
    with pytest.raises(CommandError, match=sentence):
        report("nua-nam", unit, period, tmp_path / "ra.docx")


def test_a_sentence_of_units_with_a_sensitive_or_lost_measure_is_refused_before_and_left_out_on_paper(
    own, place, lan, tmp_path
):
    quiet = OF_UNITS.replace("house-rate", "house-quiet")
    lost = OF_UNITS.replace("hợp từ 65%", "hợp từ 65%, {house-lost} quà")
    path = own(("[[sentence]]", quiet + lost + "[[sentence]]"))
    accept(deed(place.branch, date(2024, 4, 1), "house-women-declared", values={"count": 200}), by=lan)
    accept(deed(place.branch, date(2024, 4, 1), "house-admission", values={"count": 141}), by=lan)
    resolution = load(tmp_path, HEAD + target("a", ("house-groups", "goal = 10")))
    assert not [said for said in sentences(review_paper(resolution, ON)) if "{" in said or "cơ sở tập hợp" in said]
    body = Path(path).read_text("utf-8").split("[[sentence]]")
    Path(path).write_text("[[sentence]]".join(body[:2]), "utf-8")
    with pytest.raises(CommandError, match="“Việc cần giữ kín”, là số giữ kín"):
        call_command("formcost", path, stdout=StringIO())
