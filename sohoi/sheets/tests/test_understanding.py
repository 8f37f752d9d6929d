"""Messy cells, headings and letters, one by one: what they are taken for, and what is left alone."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoi.refusal import Refusal
from sohoi.sheets.branches import branch_key
from sohoi.sheets.tests.lists import FAMILIES, GIVENS, MIDDLES, written_in
from sohoi.sheets.understanding import values
from sohoi.sheets.understanding.columns import code_of, fingerprint, guessed
from sohoi.sheets.understanding.layout import Lines, Sheet, best, find_head
from sohoi.sheets.understanding.legacy import TONES, WAYS, mended, table, turned, way_of

NAMES = st.builds(" ".join, st.tuples(*map(st.sampled_from, (FAMILIES, MIDDLES, GIVENS))))


def test_every_letter_of_the_alphabet_comes_back_from_both_old_ways():
    letters = {unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in ["", *TONES]} | {"đ"}
    marked = {letter for letter in letters if not letter.isascii()}
    assert len(marked) == 67
    for way in WAYS:
        assert marked <= set(table(way).values())
        for code, letter in table(way).items():
            assert turned(f"x{code}", way) == f"x{letter}"
    assert {letter.upper() for letter in marked} <= set(table("vni").values())
    assert set("ĂÂĐÊÔƠƯ") <= set(table("tcvn3").values())  # other capitals are drawn by the fonts ending in H


@settings(deadline=None)
@given(st.lists(NAMES).map(lambda names: ["Nguyễn Thị Lụa", *names]))
def test_a_column_in_old_letters_is_found_and_turned(names):
    for way in WAYS:
        old = [written_in(way)(name, 0) for name in names]
        assert [mended(text, way_of(old)) for text in old] == names


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1), st.sampled_from(["NFC", "NFD"]))
def test_unicode_is_never_changed(names, form):
    texts = [unicodedata.normalize(form, name) for name in [*names, *map(str.upper, names)]]
    assert way_of(texts) == ""
    assert [mended(text, way_of(texts)) for text in texts] == [unicodedata.normalize("NFC", text) for text in texts]


@pytest.mark.parametrize(
    "texts", [["Lê", "Võ", "Bùi Hà"], ["Müller", "Anna"], ["H'Hen Niê", "Y Bhơk Êban"], ["Café"], ["Lò Văn Vừ"], []]
)
def test_names_of_other_tongues_and_short_columns_are_left_alone(texts):
    assert way_of(texts) == ""


def test_capitals_of_a_capital_font_and_mixed_columns():
    assert turned("NGUYÔN THÞ HOµ", "tcvn3") == "NGUYỄN THỊ HOÀ"
    mixed = ["NguyÔn ThÞ Hoµ", "TrÇn ThÞ BÝch", "Lê Hà", "Đỗ Thị Nụ"]
    way = way_of(mixed)
    assert [mended(text, way, pure=False) for text in mixed] == [
        "Nguyễn Thị Hoà",
        "Trần Thị Bích",
        "Lê Hà",
        "Đỗ Thị Nụ",
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("12/03/1985", "12/3/1985"), ("12-3-85", "12/3/1985"), ("12.3.1985", "12/3/1985"), ("1985-03-12", "12/3/1985"),
        ("Ngày 12 tháng 3 năm 1985", "12/3/1985"), (31118, "12/3/1985"), (["d", "1985-03-12"], "12/3/1985"),
        (12031985, "12/3/1985"), (1031985, "1/3/1985"), ("12/03/1985 00:00:00", "12/3/1985"), (1985, "1985"),
        ("sinh năm 1985", "1985"), ("3/1985", "3/1985"), ("tháng 3 năm 1985", "3/1985"), ("Không rõ", ""), (None, ""),
        ("31/02/1985", "31/2/1985"), ("hôm qua", "hôm qua"), ("5/6/07", "5/6/2007"),
    ],
)  # fmt: skip
def test_dates_in_every_style(cell, said):
    assert values.birth(cell) == said


@pytest.mark.parametrize(
    ("cell", "code", "said"),
    [
        (79185001234, "id-number", "079185001234"), (1185001234, "id-number", "001185001234"),
        ("079 185 001 234", "id-number", "079185001234"), ("'079185001234", "id-number", "079185001234"),
        (12345678, "id-number", "012345678"), ("không có", "id-number", ""), (905123456, "phone", "0905123456"),
        ("0905.123.456", "phone", "0905123456"), ("abc", "phone", "abc"),
    ],
)  # fmt: skip
def test_numbers_get_their_zeros_back(cell, code, said):
    assert values.digits(cell, code) == said


def test_a_number_that_excel_rounded_is_refused_and_not_guessed():
    for cell in ("7.9185E+10", "7,9185E+10"):
        with pytest.raises(Refusal, match="đã bị Excel làm tròn"):
            values.digits(cell, "id-number")


def test_ticks_words_and_days_answer_yes_and_no():
    said = {"x": "yes", "Có": "yes", "✓": "yes", "03/02/2010": "yes", "Không": "no", 0: "no", 1: "yes", "": "", "-": ""}
    assert {cell: values.tick(cell) for cell in said} == said
    with pytest.raises(Refusal, match="Chưa hiểu “hả”"):
        values.tick("hả")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Họ và tên hội viên", "name"), ("HỌ TÊN", "name"), ("Hä vµ tªn", "name"), ("Hoï vaø teân", "name"),
        ("Ngày, tháng, năm sinh", "born"), ("Năm sinh", "born"), ("Số CCCD/CMND", "id-number"),
        ("Số định danh (CCCD)", "id-number"), ("SĐT liên hệ", "phone"), ("Điện thoại (nếu có)", "phone"),
        ("Trình độ học vấn", "schooling"), ("Trình độ CM", "qualification"), ("Chi hội", "branch"),
        ("Họ tên chồng", "aside"), ("Ngày cấp CCCD", "aside"), ("Số thẻ BHYT", "aside"), ("Mã vạch", ""),
    ],
)  # fmt: skip
def test_headings_by_any_wording(heading, code):
    assert code_of(heading) == code


def test_a_form_is_known_again_whatever_we_added_to_it():
    headings = ["STT", "Họ và tên", "Năm  sinh"]
    assert fingerprint(headings) == fingerprint(["stt", "HỌ VÀ TÊN", "năm sinh", "Lý do"])
    assert fingerprint(headings) != fingerprint(["STT", "Năm sinh", "Họ và tên"])
    assert guessed(["Họ và tên", "Họ và tên", "Năm sinh"]) == ["family", "given", "born"]


def sheet(*rows, name="DS"):
    return Sheet(name, rows={at: list(row) for at, row in enumerate(rows, start=1) if any(row)})


def test_rows_below_the_head_are_told_apart_and_none_with_a_person_is_dropped():
    rows = sheet(
        ["STT", "Họ và tên", "Năm sinh", "CCCD"], ["(1)", "(2)", "(3)", "(4)"], ["Ví dụ", "Lê Thị Mẫu", 1985],
        [None, "I. CHI HỘI ẤP MỘT"], [1, "Lê Thị Một", 1980], [2, None, 1981, "092181000001"], [3, "Lê Thị Ba"],
        ["Cộng", None, 3], ["STT", "Họ và tên", "Năm sinh"], [4, "Lê Thị Bốn", 1982], [None, "Tổng số: 87"],
        [None, "Ghi chú: danh sách này thay danh sách cũ"], [None, None, "Ngày 05 tháng 3 năm 2026"],
        [None, "Trần Thị Mẫu"],
    )  # fmt: skip
    head = find_head(rows)
    lines = Lines(head, guessed(head.headings))
    told = [lines.kind(rows.rows[number]) for number in sorted(rows.rows) if number >= head.first]
    assert told == [
        *("head", "example", "section", "data", "data", "data", "total", "head", "data", "total"), *["note"] * 3
    ]  # fmt: skip
    assert (lines.section, lines.told_total) == ("CHI HỘI ẤP MỘT", 87)


def test_the_sheet_that_looks_like_a_list_is_chosen():
    cover, small = sheet(["BÁO CÁO"], ["Kính gửi"]), sheet(["Họ tên"], ["Lê Thị Một"], name="Nháp")
    real = sheet(["STT", "Họ tên", "Năm sinh", "SĐT"], [1, "Lê Thị Một", 1980, ""])
    assert best([cover, small, real]) == 2
    assert find_head(cover) is None


def test_branches_are_known_by_digits_words_and_prefixes():
    assert {branch_key(words) for words in ("Chi hội Ấp Một", "ẤP 1", "Chi hội phụ nữ ấp 01", "ấp một")} == {"ap mot"}


def test_a_year_alone_is_a_day_of_joining():
    assert values.day_of(2019, date(2026, 1, 1)) == date(2019, 1, 1)
    assert values.day_of("5/2019", date(2026, 1, 1)) == date(2019, 5, 1)
    with pytest.raises(Refusal, match="còn ở phía trước"):
        values.day_of("1/2/2027", date(2026, 1, 1))
