"""The sơ kết as a paper: sentences carry figures, codes open them, nothing sensitive has an address."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.goals.write import load_resolution
from sohoi.ledger.write import accept
from sohoi.refusal import Refusal
from sohoi.reports.models import Regime
from sohoi.reports.read.asked import final_review_months
from sohoi.reports.read.papers import address_of, months_before, offers, resolution_of, review_paper
from sohoi.reports.table import Paragraph
from sohoi.reports.write.papers import keep_codes
from sohoi.rights.may import scope
from sohoi.units.read import centre
from tests.people import deed

ON = date(2024, 5, 11)
BODY = """
code = "thu"
title = "Nghị quyết dùng để thử"
unit = "947@2015-01-01"
term = { first = 2021-07-01, last = 2026-06-30 }
cut_off = 2024-05-11
leading_zeros = true

[[target]]
code = "1"
number = "1"
label = "Tổ"
[[target.criterion]]
code = "1.1"
label = "Tổ thành lập"
measure = "house-groups"
goal = 55
say = "thành lập {result} tổ, trao {house-gifts} phần quà"
section = "family"

[[target]]
code = "2"
number = "2"
label = "Việc cần giữ kín"
[[target.criterion]]
code = "2.1"
label = "Người được hỗ trợ"
measure = "house-quiet"
goal = 3
say = "hỗ trợ: {result}"
section = "family"
"""


@pytest.fixture
def resolution(place, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY, "utf-8")
    return load_resolution(path)


@pytest.fixture
def told(place, lan):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    accept(deed(place.branch, date(2024, 4, 16), "house-gift", values={"count": 6}), by=lan)
    accept(deed(place.branch, date(2023, 4, 17), "house-quiet", values={"count": 1}), by=lan)


def text(block):
    pieces = block.pieces if isinstance(block, Paragraph) else [c for row in block.rows for c in row.cells]
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def sentences(paper):
    return [text(block) for block in paper.body if isinstance(block, Paragraph)]


def test_a_sentence_carries_its_figures_and_its_attainment(resolution, told):
    said = sentences(review_paper(resolution, ON))
    assert "Thành lập 23 tổ, trao 06 phần quà, đạt 41,82% chỉ tiêu." in said
    assert any("Đến nay đạt, vượt 0/2 chỉ tiêu đề ra. Còn 1 chỉ tiêu chưa có số liệu" in s for s in said)
    assert "Tổ thành lập: còn 32 tổ, hoàn thành trước ngày 30/6/2026." in said


def test_a_sensitive_result_has_no_number_code_or_link_on_paper(resolution, told):
    paper = review_paper(resolution, ON, link=lambda address: f"/{address.measure}")
    assert "Hỗ trợ: có phát sinh." in sentences(paper)
    assert {cell.address.measure for cell in paper.cells if cell.address} == {"house-groups", "house-gifts"}
    assert all(cell.url for cell in paper.cells if cell.code)


def test_a_code_opens_its_figure_only_after_the_paper_was_handed_out(resolution, told, place):
    paper = review_paper(resolution, ON)
    code = next(cell.code for cell in paper.cells if cell.code)
    assert address_of(code) is None
    assert keep_codes(paper) == 2
    assert keep_codes(paper) == 0
    found = address_of(f" {code[:3]}-{code[3:].lower()} ")
    assert (found.measure.code, found.unit, found.last) == ("house-groups", place.district, ON)


def test_the_paper_names_the_bodies_of_its_own_day(resolution, told):
    paper = review_paper(resolution, ON)
    assert (paper.issuer_above, paper.issuer) == ("HỘI LHPN TỈNH SÓC TRĂNG", "HỘI LHPN HUYỆN MỸ XUYÊN")
    assert paper.place == "Mỹ Xuyên"


def test_a_paper_of_nothing_told_still_says_so(resolution):
    assert any("Còn 2 chỉ tiêu chưa có số liệu" in s for s in sentences(review_paper(resolution, ON)))


@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_the_report_command_writes_each_kind_of_file(resolution, told, tmp_path, suffix):
    target, out = tmp_path / f"moi/so-ket.{suffix}", StringIO()
    call_command("report", "giua-nhiem-ky", "--unit", "947@2015-01-01", "--out", str(target), stdout=out)
    assert target.stat().st_size > 5000
    assert "Đã ghi" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["khong-co", "--unit", "947@2015-01-01"], "Không có biểu mẫu"),
        (["giua-nhiem-ky", "--unit", "khong-co"], "Không có đơn vị"),
        (["giua-nhiem-ky", "--unit", "94@2015-01-01"], "không có nghị quyết"),
        (["giua-nhiem-ky", "--unit", "947@2015-01-01", "--on", "31/2"], "Không đọc được ngày"),
        (["giua-nhiem-ky", "--unit", "947@2015-01-01", "--period", "la"], "Không có nghị quyết"),
        (["giua-nhiem-ky", "--unit", "94@2015-01-01", "--period", "thu"], "là của Huyện Mỹ Xuyên"),
    ],
)
def test_a_report_that_cannot_be_written_is_said_so(resolution, tmp_path, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("report", *arguments, "--out", str(tmp_path / "x.docx"))


def test_an_unknown_kind_of_file_is_said_so(resolution, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được tệp .odt"):
        call_command("report", "giua-nhiem-ky", "--unit", "947@2015-01-01", "--out", str(tmp_path / "x.odt"))


def test_papers_are_offered_to_those_who_see_the_unit(resolution, hoa, lan):
    found = [(offer.form.code, offer.resolution) for offer in offers(scope(hoa, "see"), date(2026, 11, 22))]
    assert found == [("giua-nhiem-ky", resolution), ("tong-ket", resolution)]
    assert offers(scope(lan, "see"), date(2026, 11, 22)) == []
    with pytest.raises(Refusal, match="không có nghị quyết"):
        resolution_of(resolution.unit, date(2030, 1, 1))


def offered(who, on):
    """The forms that are offered to her on a day."""
    return [offer.form.code for offer in offers(scope(who, "see"), on)]


def test_the_review_of_a_term_is_offered_in_its_last_quarter_and_dated_within_it(resolution, hoa):
    assert offered(hoa, date(2026, 3, 31)) == ["giua-nhiem-ky"]
    assert offered(hoa, date(2026, 4, 1)) == ["giua-nhiem-ky", "tong-ket"]
    final = offers(scope(hoa, "see"), date(2026, 11, 22))[1]
    assert final.on == date(2026, 6, 30)


def test_a_regime_says_from_when_it_is_offered(resolution, hoa, place):
    body = {"code": "thu", "label": "Thử", "since": "2024-01-01", "owed": [], "final_review": 12}
    Regime.objects.create(code="thu", unit=centre(), body=body, since=date(2024, 1, 1))
    far = place.province
    Regime.objects.create(code="thu", unit=far, body=body | {"final_review": 24}, since=date(2024, 1, 1))
    assert "tong-ket" in offered(hoa, date(2024, 7, 1))  # the nearest regime says
    assert "tong-ket" not in offered(hoa, date(2024, 6, 30))
    assert final_review_months([resolution.unit_id], date(2023, 12, 31)) == {resolution.unit_id: 3}


@pytest.mark.parametrize(
    ("last", "months", "begin"),
    [
        (date(2026, 6, 30), 3, date(2026, 4, 1)), (date(2026, 5, 11), 3, date(2026, 2, 12)),
        (date(2026, 12, 31), 12, date(2026, 1, 1)), (date(2026, 5, 30), 3, date(2026, 2, 28)),
    ],
)  # fmt: skip
def test_the_last_months_of_a_term_begin_on_their_day(last, months, begin):
    assert months_before(last, months) == begin
