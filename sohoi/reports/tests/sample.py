"""A mid-term review of a made-up district, for the tests of the writers: names invented, sums as in life."""

import re
from datetime import date
from fractions import Fraction

from sohoi import vietnamese as vi
from sohoi.reports.table import Address, Cell, Column, Kind, Paper, Paragraph, Piece, Row, Table

FIRST, LAST = date(2021, 6, 15), date(2024, 5, 4)
RESULTS = (
    ("TR4K2M", "to-ren-luyen", "tổ phụ nữ rèn luyện sức khỏe", 23, 55),
    ("HK9P3D", "ho-kho-khan", "hộ phụ nữ khó khăn được giúp đỡ hằng năm", 165, 110),
    ("CD7X5N", "chu-doanh-nghiep", "phụ nữ là chủ doanh nghiệp, quản lý hợp tác xã", 97, 50),
    ("TH2V8Q", "to-hop-tac", "tổ hợp tác có phụ nữ tham gia quản lý", 6, 1),
    ("GD6B4R", "gia-dinh", "hộ gia đình đạt “5 không, 3 sạch”, “5 có, 3 sạch”", 235, 110),
    ("HV3T7L", "hoi-vien-moi", "hội viên mới", 3495, 4450),
    ("GS5M9C", "giam-sat", "cuộc giám sát", 4, 3),
    ("PB8W6H", "phan-bien", "dự thảo văn bản được phản biện", 8, 5),
)
GIFTS = ("QT1F5Z", "qua-tang", "phần quà đã trao", 1298)
MONEY = ("TQ4S8J", "tien-qua", "tổng số tiền của các phần quà đã trao", 478_250_000)
SENTENCES: tuple[tuple[str, str], ...] = (
    ("heading1", "I. ĐÁNH GIÁ CHUNG"),
    (
        "body",
        "Trong nửa nhiệm kỳ qua, các cấp Hội trong huyện đã bám sát Nghị quyết Đại hội đại biểu Phụ nữ "
        "huyện, đổi mới nội dung, phương thức hoạt động, hướng mạnh về cơ sở. Đến nay, toàn huyện đã thực "
        "hiện đạt, vượt 6/8 chỉ tiêu đề ra.",
    ),
    ("heading1", "II. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"),
    ("heading2", "1. Hỗ trợ phụ nữ phát triển toàn diện"),
    (
        "body",
        "Giữa nhiệm kỳ, cơ sở Hội đã thành lập {TR4K2M} tổ phụ nữ rèn luyện sức khỏe (đạt 41,82% chỉ tiêu "
        "nghị quyết); hằng năm, Hội đã hỗ trợ, giúp đỡ {HK9P3D} hộ phụ nữ khó khăn (vượt 50% chỉ tiêu); hỗ "
        "trợ nâng cao năng lực cho {CD7X5N} phụ nữ là chủ doanh nghiệp, quản lý hợp tác xã, chủ hộ kinh "
        "doanh (vượt 94% chỉ tiêu).",
    ),
    ("body", "Toàn huyện đã phát triển mới {HV3T7L} hội viên (đạt 78,54%)."),
    ("heading2", "2. Công tác an sinh xã hội"),
    ("item", "Các cấp Hội đã trao {QT1F5Z} phần quà với tổng số tiền {TQ4S8J};"),
    ("item", "Góp ý 44 dự thảo văn bản của cấp ủy, chính quyền (đạt 880%, vượt 780% chỉ tiêu)."),
)
CLOSING: tuple[tuple[str, str], ...] = (
    ("heading1", "III. CHỈ TIÊU CHƯA ĐẠT VÀ NGUYÊN NHÂN"),
    (
        "body",
        "Còn 02 chỉ tiêu chưa đạt: tổ phụ nữ rèn luyện sức khỏe và phát triển hội viên mới. Nguyên nhân chủ "
        "yếu do nhiều hội viên trẻ đi làm ăn xa, một số chi hội chưa có địa điểm sinh hoạt.",
    ),
    ("heading1", "IV. NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM ĐẾN CUỐI NHIỆM KỲ"),
    (
        "body",
        "Tiếp tục nâng cao chất lượng hoạt động của chi hội phụ nữ; đẩy mạnh ứng dụng công nghệ thông tin "
        "trong hoạt động Hội; rà soát từng chỉ tiêu chưa đạt để có giải pháp cụ thể.",
    ),
    (
        "body",
        "Trên đây là báo cáo kết quả giữa nhiệm kỳ thực hiện Nghị quyết Đại hội đại biểu Phụ nữ huyện Bình "
        "Lâm lần thứ XII, nhiệm kỳ 2021 - 2026./.",
    ),
)


def figure(code: str) -> Cell:
    """The figure with this code, with its address and its link."""
    _, measure, _, value, *_ = next(row for row in (*RESULTS, GIFTS, MONEY) if row[0] == code)
    kind: Kind = "money" if code == MONEY[0] else "number"
    text = vi.money(value) if kind == "money" else vi.number(value)
    url = f"/so-lieu/{measure}/?unit=80-001&from={FIRST}&to={LAST}"
    return Cell(text, value, kind, Address(measure, "80-001", FIRST, LAST, "then"), code, url)


def paragraph(style: str, text: str) -> Paragraph:
    """A sentence in which {CODE} stands for a figure."""
    parts = re.split(r"\{(\w{6})\}", text)
    pieces: list[Piece] = [figure(part) if place % 2 else part for place, part in enumerate(parts)]
    return Paragraph(tuple(pieces), style)


def targets() -> Table:
    """The table of attainment: a group row, eight results, a total."""
    columns = (
        Column("STT", 12, "center"),
        Column("Chỉ tiêu", 73),
        Column("Chỉ tiêu giao", 22, "right"),
        Column("Kết quả", 22, "right"),
        Column("Mức đạt", 36, "center"),
    )
    rows = [Row((Cell("Chỉ tiêu theo Nghị quyết Đại hội"),), "group")]
    for place, (code, _, label, result, goal) in enumerate(RESULTS, start=1):
        told = vi.attained(result, goal) if result <= goal else vi.exceeded(result, goal)
        numbers = (Cell(vi.number(goal), goal, "number"), figure(code))
        rows.append(Row((Cell(str(place)), Cell(label), *numbers, Cell(told))))
    counts = (Cell("8", 8, "number"), Cell("6", 6, "number"), Cell("75%", Fraction(3, 4), "percent"))
    rows.append(Row((Cell(""), Cell("Số chỉ tiêu đạt, vượt"), *counts), "total"))
    note = "Số liệu tính đến ngày 04/5/2024."
    return Table("Bảng 1. Kết quả thực hiện các chỉ tiêu", columns, tuple(rows), note)


def paper() -> Paper:
    """The whole review: two pages and an annex."""
    shown = (*RESULTS, GIFTS, MONEY)
    return Paper(
        title_lines=("BÁO CÁO",),
        subject="Kết quả giữa nhiệm kỳ thực hiện Nghị quyết Đại hội đại biểu Phụ nữ huyện Bình Lâm "
        "lần thứ XII, nhiệm kỳ 2021 - 2026",
        issuer_above="HỘI LIÊN HIỆP PHỤ NỮ TỈNH HẠ GIANG",
        issuer="BAN THƯỜNG VỤ HỘI LHPN HUYỆN BÌNH LÂM",
        number="15/BC-BTV",
        place="Bình Lâm",
        day=LAST,
        body=(
            *(paragraph(*line) for line in SENTENCES),
            targets(),
            *(paragraph(*line) for line in CLOSING),
        ),
        signer_title="TM. BAN THƯỜNG VỤ\nCHỦ TỊCH",
        signer_name="Trần Thị Ngọc Hà",
        recipients=("Ban Thường vụ Hội LHPN tỉnh (để báo cáo)", "Thường trực Huyện ủy", "Lưu: VT, BTV"),
        codes=tuple((row[0], f"{row[2]}, huyện Bình Lâm, từ 15/6/2021 đến 04/5/2024") for row in shown),
    )
