"""What is told of a woman: made clean where it can be, refused in a sentence that names the field where it cannot."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.people.particulars import check_standing, read_birth, read_name, read_number, read_particulars, read_phone
from sohoi.people.sealing import opened
from sohoi.refusal import Refusal

ON = date(2024, 4, 15)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("  NGUYỄN  THỊ HOA ", "Nguyễn Thị Hoa"),
        ("nguyễn thị hoa", "Nguyễn Thị Hoa"),
        ("Nguye\u0302\u0303n Thi\u0323 Hoa", "Nguyễn Thị Hoa"),
        ("Nguyễn Thị McHoa", "Nguyễn Thị McHoa"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("y-bih ê-ban", "Y-Bih Ê-Ban"),
        ("THỊ ĐÀO", "Thị Đào"),
    ],
)
def test_a_name_is_written_as_people_write_it(typed, name):
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "---", "Hoa 2", "0905123456", "H" * 101])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(Refusal) as refusal:
        read_name(typed)
    assert refusal.value.where == "name"


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("1985", (1985, None)), ("3/1985", (1985, None)), ("12/3/1985", (1985, date(1985, 3, 12))),
        ("12-03-1985", (1985, date(1985, 3, 12))), ("12.3.1985", (1985, date(1985, 3, 12))),
        (" 1985-03-12 ", (1985, date(1985, 3, 12))), ("29/2/2004", (2004, date(2004, 2, 29))),
        ("15/4/2024", (2024, date(2024, 4, 15))), ("1904", (1904, None)),
    ],
)  # fmt: skip
def test_a_birth_is_read_in_the_ways_it_is_written(typed, born):
    assert read_birth(typed, ON) == born


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/1985", "không có trong lịch"), ("29/2/2023", "trong lịch"), ("1985-13-01", "trong lịch"),
        ("0/3/1985", "không có trong lịch"), ("0000", "không có trong lịch"), ("31/02", "chưa đúng"),
        ("85", "chưa đúng"), ("mùa thu", "chưa đúng"), ("12/3/85", "chưa đúng"), ("１９８５", "chưa đúng"),
        ("16/4/2024", "sau ngày 15/4/2024"), ("2025", "sau ngày"), ("1903", "đã hơn 120 tuổi"), ("1/1/1894", "hơn 120"),
    ],
)  # fmt: skip
def test_a_birth_that_cannot_be_is_refused(typed, sentence):
    with pytest.raises(Refusal, match=sentence) as refusal:
        read_birth(typed, ON)
    assert refusal.value.where == "born"


@given(st.dates(date(1905, 1, 1), date(2006, 4, 15)))
def test_every_day_of_the_calendar_is_read_back_in_each_way(day):
    for said in (f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", day.isoformat()):
        assert read_birth(said, ON) == (day.year, day)


@given(st.text(max_size=12))
def test_no_text_brings_anything_but_a_birth_or_a_refusal(text):
    for read in (lambda: read_birth(text, ON), lambda: read_phone(text), lambda: read_number(text, None, False)):
        with suppress(Refusal):
            assert read()


@pytest.mark.parametrize(("year", "born"), [(2006, date(2006, 4, 15)), (2006, None), (None, None), (1904, None)])
def test_she_is_of_age_by_the_day_or_by_the_year_when_only_that_is_known(year, born):
    check_standing("ordinary", False, year, born, ON)


@pytest.mark.parametrize(("year", "born"), [(2006, date(2006, 4, 16)), (2007, None)])
def test_under_eighteen_is_refused(year, born):
    with pytest.raises(Refusal, match="Chưa đủ 18 tuổi"):
        check_standing("ordinary", False, year, born, ON)


@pytest.mark.parametrize("standing", ["ordinary", "automatic"])
def test_a_man_is_a_member_of_honour_or_none(standing):
    check_standing("honorary", True, 1970, None, ON)
    with pytest.raises(Refusal, match="chỉ có thể là hội viên danh dự") as refusal:
        check_standing(standing, True, 1970, None, ON)
    assert refusal.value.where == "standing"


@pytest.mark.parametrize(
    "typed",
    ["0905123456", "0905 123 456", "+84 905 123 456", "84905123456", "905123456", "(090) 512-3456"],
)
def test_a_telephone_has_one_form(typed):
    assert read_phone(typed) == "0905123456"


@pytest.mark.parametrize("typed", ["090512", "1905123456", "0905123456789", "không có", "٠٩٠٥١٢٣٤٥٦"])
def test_a_telephone_that_is_none_is_refused(typed):
    with pytest.raises(Refusal, match="Số điện thoại chưa đúng"):
        read_phone(typed)


@pytest.mark.parametrize(
    ("typed", "year", "man"),
    [
        ("092185001234", 1985, False), ("092 185 001 234", 1985, False), ("092085001234", 1985, True),
        ("092304001234", 2004, False), ("092204001234", 2004, True), ("092185001234", None, False),
        ("361234567", 1985, False), ("361.234.567", None, True),
    ],
)  # fmt: skip
def test_a_number_agrees_with_century_sex_and_year(typed, year, man):
    assert read_number(typed, year, man) == "".join(sign for sign in typed if sign.isdigit())


@pytest.mark.parametrize(
    ("typed", "year", "man", "sentence"),
    [
        ("92185001234", 1985, False, "12 chữ số"), ("09218500123x", 1985, False, "12 chữ số"),
        ("092385001234", 1985, False, "nói năm sinh khác"), ("092185001234", 1986, False, "nói năm sinh khác"),
        ("092185001234", 2085, False, "nói năm sinh khác"), ("092085001234", 1985, False, "Chữ số thứ tư"),
        ("092185001234", 1985, True, "Chữ số thứ tư"), ("092985001234", 1985, False, "Chữ số thứ tư"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_hers_is_refused(typed, year, man, sentence):
    with pytest.raises(Refusal, match=sentence) as refusal:
        read_number(typed, year, man)
    assert refusal.value.where == "id-number"


def test_the_columns_of_a_card_are_clean_sealed_and_only_what_was_told():
    values = {"name": "TRẦN THỊ LAN", "born": "12/3/1985", "standing": "ordinary", "id-number": "092 185 001 234",
              "phone": "905123456", "religion": "Phật giáo", "party": True, "ethnicity": "Khmer"}  # fmt: skip
    told = read_particulars(values, ON)
    columns = told.columns()
    assert told.name == "Trần Thị Lan"
    assert opened(columns.pop("id_sealed"), "id") == "092185001234"
    assert opened(columns.pop("religion_sealed"), "religion") == "Phật giáo"
    assert columns.pop("id_index") == told.id_index
    assert columns == {"birth_year": 1985, "birth_date": date(1985, 3, 12), "man": False, "id_tail": "234",
                       "ethnicity": "Khmer", "party": True, "phone": "0905123456"}  # fmt: skip
