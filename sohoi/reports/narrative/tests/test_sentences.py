"""Where a Vietnamese sentence ends, and where only an abbreviation or a number does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.reports.narrative.letters import tidy
from sohoi.reports.narrative.sentences import split


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Họp ở TP. Huế. Chị em vui.", ["Họp ở TP. Huế.", "Chị em vui."]),
        ("Đ/c. Mẫu và BCH. Hội dự. Tốt!", ["Đ/c. Mẫu và BCH. Hội dự.", "Tốt!"]),
        ("Có 1.298 hội viên. Tăng 12.", ["Có 1.298 hội viên.", "Tăng 12."]),
        ("Ngày 04/5/2024. Họp năm 2024. Xong", ["Ngày 04/5/2024.", "Họp năm 2024.", "Xong"]),
        ("Tặng gạo, mì, v.v. cho hộ nghèo.", ["Tặng gạo, mì, v.v. cho hộ nghèo."]),
        ("1. Thăm chị ốm. 2. Tặng quà.", ["1. Thăm chị ốm.", "2. Tặng quà."]),
        ("- Tặng 5 suất; - Thăm 3 hộ; - Họp.", ["- Tặng 5 suất;", "- Thăm 3 hộ;", "- Họp."]),
        ("Ứng dụng CNTT; chuyển đổi số", ["Ứng dụng CNTT; chuyển đổi số"]),
        ("Hỗ trợ phụ nữ.Trong tháng có 2 lớp.", ["Hỗ trợ phụ nữ.", "Trong tháng có 2 lớp."]),
        ("Chị nói: “Vui lắm.” Rồi về.", ["Chị nói: “Vui lắm.”", "Rồi về."]),
        ("Chị T. Mẫu dự… Sau đó họp", ["Chị T. Mẫu dự…", "Sau đó họp"]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert split(text) == sentences


@given(st.text(alphabet="ab Đ.;-!?…\n1I”“:TP/", max_size=60))
def test_only_blanks_are_lost(text):
    assert "".join("".join(split(text)).split()) == "".join(tidy(text).split())
