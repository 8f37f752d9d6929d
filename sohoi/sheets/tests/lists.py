"""Lists as officers really send them: one good list, and one way after the other to make a mess of it.

Everybody in them is made up. A file is rows of cells; `book` writes them as a workbook.
"""

import io
from collections.abc import Callable, Sequence
from datetime import date

import xlsxwriter

from sohoi.sheets.understanding.legacy import table

FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Thạch",
    "Kim",
]
MIDDLES = ["Thị", "Ngọc", "Kim", "Thanh", "Mỹ", "Hồng", "Bích", "Tuyết", "Cẩm", "Diệu"]
GIVENS = [
    "Hoa",
    "Lan",
    "Mai",
    "Hạnh",
    "Phượng",
    "Yến",
    "Tuyền",
    "Thúy",
    "Nhung",
    "Xuân",
    "Huệ",
    "Đào",
    "Cúc",
    "Liễu",
    "Ánh",
]
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Số điện thoại", "Địa chỉ", "Dân tộc", "Đảng viên"]
Rows = list[list[object]]


def person(n: int) -> list[object]:
    """One woman: her row of a good list. Names repeat, numbers do not."""
    name = f"{FAMILIES[n % 15]} {MIDDLES[n // 15 % 10]} {GIVENS[n // 150 % 15]}"
    born = date(1950 + n % 50, 1 + n % 12, 1 + n % 28)
    number = f"092{1}{born.year % 100:02d}{n:06d}"
    return [n + 1, name, f"{born.day}/{born.month}/{born.year}", number, f"0905{n:06d}", f"Số {n}, Ấp Một", "Kinh",
            "x" if n % 9 == 0 else ""]  # fmt: skip


def good(count: int = 30, first: int = 0) -> Rows:
    """A list as one would wish: a head, then a row each."""
    return [HEAD, *(person(n) for n in range(first, first + count))]


def each(column: int, change: Callable[[object, int], object]) -> Rows:
    """The good list with one column written otherwise."""
    rows = good()
    return [rows[0], *([*row[:column], change(row[column], at), *row[column + 1 :]] for at, row in enumerate(rows[1:]))]


def _day(text: object) -> date:
    day, month, year = map(int, str(text).split("/"))
    return date(year, month, day)


def five_styles(text: object, at: int) -> object:
    """Dates as text, each row in another style."""
    day = _day(text)
    return [
        f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ][at % 5]  # fmt: skip


def written_in(way: str) -> Callable[[object, int], object]:
    """Text as it was typed with an old font."""
    codes = {letter: code for code, letter in table(way).items()}
    return lambda text, _: "".join(codes.get(sign, sign) for sign in str(text))


def titled() -> Rows:
    """Title rows above, a head of two rows, columns numbered, a total, notes and a signature below."""
    head = ["STT", "Họ và tên", None, "Năm sinh", None, "CCCD/CMND", "ĐT"]
    below = [None, "Họ đệm", "Tên", "Nam", "Nữ"]
    rows: Rows = [["HỘI LHPN XÃ MẪU"], ["DANH SÁCH HỘI VIÊN NĂM 2026"], [], head, below, list(range(1, 8))]
    for row in good()[1:]:
        *family, given = str(row[1]).split()
        rows.append([row[0], " ".join(family), given, None, row[2], row[3], row[4]])
        if row[0] == 15:
            rows += [[], head, below]  # the head once more, where a page began
    return [*rows, ["Tổng cộng: 30"], [None, None, None, "Ngày 05 tháng 3 năm 2026"], [None, "Người lập biểu"],
            [None, "Trần Thị Mẫu"]]  # fmt: skip


MESSES: dict[str, Callable[[], Rows]] = {
    "tiêu đề, hai dòng đầu bảng, dòng tổng, chữ ký": titled,
    "ngày tháng năm kiểu": lambda: each(2, five_styles),
    "ngày theo số của Excel": lambda: each(2, lambda text, _: (_day(text) - date(1899, 12, 30)).days),
    "số định danh mất số 0": lambda: each(3, lambda text, _: int(str(text))),
    "điện thoại mất số 0": lambda: each(4, lambda text, _: int(str(text))),
    "tên viết hoa": lambda: each(1, lambda text, _: str(text).upper()),
    "Unicode tổ hợp": lambda: each(1, lambda text, _: __import__("unicodedata").normalize("NFD", str(text))),
    "TCVN3": lambda: each(1, written_in("tcvn3")),
    "VNI": lambda: each(1, written_in("vni")),
    "dòng trống": lambda: [one for row in good() for one in (row, [], [None, None, " "])],
    "khoảng trắng thừa": lambda: each(1, lambda text, at: f"  {str(text).replace(' ', '   ')} \u00a0"),
}


def book(
    rows: Sequence[Sequence[object]], *more: tuple[str, Sequence[Sequence[object]]], merged: bool = False
) -> bytes:
    """A workbook; `more` are further sheets by name. With `merged` the head's empty cells belong to those before."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        for name, own in (("Danh sách", rows), *more):
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(own):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(at, column, cell)
        if merged:
            workbook.worksheets()[0].merge_range(3, 1, 3, 2, "Họ và tên")
            workbook.worksheets()[0].merge_range(3, 3, 3, 4, "Năm sinh")
    return stream.getvalue()
