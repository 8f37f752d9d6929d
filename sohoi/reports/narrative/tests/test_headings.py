"""Headings as people type them: with and without numbers, in tables, counted by Word; and what is left out."""

import unicodedata

import pytest

from sohoi.reports.narrative.headings import CLOSING, CODES, HEAD, SIGNATURE, Heading, outline
from sohoi.reports.narrative.letters import Printed
from sohoi.reports.narrative.match import lines_of, place
from sohoi.reports.narrative.tests.form import FORM, REPORT, printed

TWO = (Heading("a", "I", "TÌNH HÌNH TƯ TƯỞNG HỘI VIÊN"), Heading("b", "II", "KẾT QUẢ CÔNG TÁC HỘI"))


def placed(text, form=FORM):
    found = place(outline(printed(text), form), form)
    return {code: [line.text for line in lines] for code, lines in found.sections.items()}, found


def test_a_branchs_report_goes_into_the_sections_of_the_form_though_its_numbers_run_on():
    sections, found = placed(REPORT)
    assert sections == {
        "tu-tuong-1": ["Chị em yên tâm sản xuất."],
        "tu-tuong-2": ["- Rác ở đầu ngõ chưa được dọn."],
        "ket-qua": ["4. Kết quả thu hội phí", "Thu được 1.200.000 đồng."],
        "phong-trao": ["+ Tuyên truyền 2 buổi, 45 chị dự.", "- Ra quân dọn vệ sinh 3 tuyến ngõ"],
        "5-khong": ["12 hộ đăng ký."],
        "dot-pha": ["Ứng dụng công nghệ thông tin; chuyển đổi số", "Nhóm Zalo có 87 chị tham gia."],
        "mo-hinh": ["a) Mẹ đỡ đầu", "Nhận đỡ đầu 01 cháu."],
        "kien-nghi": ["Không có"],
        "thang-toi": ["1. Duy trì “Ngày thứ bảy xanh”.", "2. Thăm 2 chị ốm đau."],
    }
    assert (found.unplaced, found.missing) == ([], [])
    assert [(left.why, left.line.at) for left in found.left_out] == [(HEAD, at) for at in range(5)] + [
        (SIGNATURE, at) for at in (27, 28, 29)
    ]


def test_every_line_stands_in_one_place():
    _, found = placed(REPORT)
    stands = [line.at for lines in (*found.sections.values(), *found.heads.values()) for line in lines]
    stands += [line.at for part in found.unplaced for line in lines_of(part)] + [x.line.at for x in found.left_out]
    assert set(stands) == set(range(len(REPORT.split("\n"))))


def test_decomposed_letters_and_blanks_that_do_not_break_change_nothing():
    strange = unicodedata.normalize("NFD", REPORT).replace(" ", "\u00a0")
    assert [*placed(strange)[0]] == [*placed(REPORT)[0]]


SIGNS = ("I. {}", "I.{}", "I/ {}", "I/{}", "I- {}", "I – {}", "I) {}", "I: {}", "I {}", "PHẦN I: {}", "A. {}", "{}",
         "I.\n{}")  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_the_first_heading_is_known_however_its_number_is_written(sign):
    text = (
        f"{sign.format('TÌNH HÌNH TƯ TƯỞNG HỘI VIÊN')}\nChị em phấn khởi.\n{sign.format('KẾT QUẢ CÔNG TÁC HỘI')}\nTốt."
    )
    sections, found = placed(text, TWO)
    assert sections == {"a": ["Chị em phấn khởi."], "b": ["Tốt."]}
    assert not found.unplaced


CONTENT = ("04/5/2024 họp chi hội", "1.298 hội viên dự", "12 chi hội đã gửi", "2,5 triệu đồng", "T. Lan phát biểu",
           "I am", "V.I. Lênin", "8/3 gặp mặt", "- Đã tặng 5 suất quà.")  # fmt: skip


@pytest.mark.parametrize("line", CONTENT)
def test_a_line_that_begins_with_a_figure_or_a_name_opens_no_part(line):
    [part] = outline(printed(f"I. KẾT QUẢ\n{line}")).parts
    assert [x.text for x in part.lines] == [line]
    assert part.parts == []


def test_numbers_that_word_counts_and_headings_in_cells_are_headings_too():
    lines = [
        Printed("Tình hình tư tưởng hội viên", 0, "I.", bold=True),
        Printed("Yên tâm.", 1, "-"),
        Printed("II. KẾT QUẢ CÔNG TÁC HỘI", 2, cell=(1, 1, 1)),
        Printed("STT", 3, bold=True, cell=(2, 1, 1)),
        Printed("Việc", 4, bold=True, cell=(2, 1, 2)),
        Printed("1", 5, cell=(2, 2, 1)),
        Printed("Tặng quà", 6, cell=(2, 2, 2)),
    ]
    found = place(outline(lines, TWO), TWO)
    assert {code: [line.text for line in lines] for code, lines in found.sections.items()} == {
        "a": ["Yên tâm."],
        "b": ["STT | Việc", "1 | Tặng quà"],
    }


def test_text_without_any_heading_is_unplaced_and_every_section_is_missing():
    sections, found = placed("BÁO CÁO\nTháng này chi hội thăm 3 chị ốm.\nChi hội không có kiến nghị.")
    assert sections == {}
    assert [[line.text for line in lines_of(part)] for part in found.unplaced] == [
        ["Tháng này chi hội thăm 3 chị ốm.", "Chi hội không có kiến nghị."]
    ]
    assert [heading.code for heading in found.missing] == [heading.code for heading in FORM]


def test_a_part_like_no_section_is_listed_and_what_is_missing_too():
    sections, found = placed("I. THU CHI QUỸ\nThu 5 triệu.\nIV. ĐỀ XUẤT, KIẾN NGHỊ\nXin thêm ghế.")
    assert sections == {"kien-nghi": ["Xin thêm ghế."]}
    assert [part.name for part in found.unplaced] == ["I THU CHI QUỸ"]
    assert "kien-nghi" not in [heading.code for heading in found.missing]


def test_swapped_sections_are_found_and_titles_in_small_letters_without_number():
    text = "Kết quả công tác Hội\nThăm 3 chị.\nTình hình tư tưởng hội viên:\nỔn định cả tháng, chị em vui."
    assert placed(text, TWO)[0] == {"a": ["Ổn định cả tháng, chị em vui."], "b": ["Thăm 3 chị."]}


def test_numbers_that_begin_anew_belong_to_the_heading_above():
    [one, two] = outline(
        printed("I. MỘT MỤC\n1. Việc a\n2. Việc b\nII. HAI MỤC\n1. Việc c\n1.1. Nhỏ\na) Nhỏ nữa")
    ).parts
    assert [part.name for part in one.parts] == ["1 Việc a", "2 Việc b"]
    assert two.parts[0].parts[0].parts[0].name == "a Nhỏ nữa"


def test_closing_words_signature_and_our_own_annex_are_left_out_and_another_annex_is_not():
    text = (
        "I. KẾT QUẢ\nTốt.\nTrên đây là báo cáo tháng 3 của chi hội./.\nNơi nhận:\n- Như trên;\n- Lưu.\nTM. CHI HỘI\n"
        "Trần Thị Mẫu\n"
    )
    codes = outline(printed(f"{text}PHỤ LỤC: MÃ TRA CỨU SỐ LIỆU\nTR4K2M"))
    assert [left.why for left in codes.left_out] == [CLOSING, *[SIGNATURE] * 5, CODES, CODES]
    assert [[line.text for line in part.lines] for part in codes.parts] == [["Tốt."]]
    other = outline(printed(f"{text}PHỤ LỤC: DANH SÁCH QUÀ\nGạo 5 kg"))
    assert [part.name for part in other.parts] == ["I KẾT QUẢ", "PHỤ LỤC: DANH SÁCH QUÀ"]


def test_a_heading_of_a_form_is_cut_into_number_and_title():
    assert Heading.printed("b", "II. KẾT QUẢ CÔNG TÁC HỘI", 1) == TWO[1]
    assert Heading.printed("c", "Phong trào thi đua", 2) == Heading("c", "", "Phong trào thi đua", 2)
