"""Lists of made-up women as Excel files: the tidy one of a whole ward, and one as it really comes, typed over the years
by several hands. Both are the same in every run.

Each woman has a number of her own: so none of them is held for a twin, and all that can be read must go in.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Thạch", "Lâm",
)  # fmt: skip
MIDDLES = ("Thị", "Thị", "Thị", "Thị Kim", "Thị Thu", "Ngọc", "Thị Thanh", "Mỹ", "Thị Hồng", "Bích")
GIVENS = (
    "Lan", "Mai", "Hoa", "Hòa", "Hồng", "Hương", "Thu", "Thủy", "Ánh", "Yến", "Loan", "Phượng", "Đào", "Cúc", "Tuyết",
    "Xuân", "Nga", "Nhung", "Vân", "Châu", "Liên", "Quyên",
)  # fmt: skip
MEN = ("Văn", "Hữu", "Minh", "Quốc", "Thanh", "Đức", "Công", "Văn Thành")
SONS = (
    "An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khánh", "Lâm", "Long", "Nam", "Phúc", "Quân", "Sơn", "Tâm",
    "Thắng", "Tiến", "Trung", "Tuấn", "Việt",
)  # fmt: skip
HEAD = (
    "STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Số điện thoại", "Địa chỉ", "Chủ hộ", "Quan hệ với chủ hộ", "Chi hội",
)  # fmt: skip
TWO_ROWS = (
    ("STT", "Họ và tên", None, "Năm sinh", None, "CCCD/CMND", "ĐT", "Địa chỉ", "Chủ hộ", "QH với chủ hộ", "Chi hội"),
    (None, "Họ đệm", "Tên", "Nam", "Nữ"),
)  # fmt: skip
OVER_TWO = {"B4:C4": "Họ và tên", "D4:E4": "Năm sinh"}
PAGE, GAP, BAD = 400, 35, 100  # the head again, an empty row, a day that no calendar has: every so many rows

Cell = str | int | date | None
Row = Sequence[Cell]


class Woman(NamedTuple):
    """One woman; three live in two homes of one branch."""

    name: str
    born: date
    number: str
    phone: str
    address: str
    home: str
    role: str
    branch: str


def woman(n: int, branches: Sequence[str]) -> Woman:
    """The n-th, below a million."""
    key = sha256(f"row {n}".encode()).digest()
    born = date(1946 + key[0] % 58, 1 + key[1] % 12, 1 + key[2] % 28)
    name = f"{FAMILIES[key[3] % 15]} {MIDDLES[key[4] % 10]} {GIVENS[key[5] % 22]}"
    home, place = divmod(n, 3)
    lord = sha256(f"home {home}".encode()).digest()
    he = f"{FAMILIES[lord[0] % 15]} {MEN[lord[1] % 8]} {SONS[lord[2] % 20]}"
    return Woman(
        name, born, f"092{1 if born.year < 2000 else 3}{born.year % 100:02d}{n:06d}",
        f"09{int.from_bytes(key[6:10], 'big') % 10**8:08d}", f"Số {home % 700 + 1}, đường {lord[3] % 40 + 1}",
        name if place == 2 else he, ("Vợ chủ hộ", "Mẹ", "Chủ hộ")[place], branches[home % len(branches)],
    )  # fmt: skip


def tidy(file: Path, branches: Sequence[str], women: int, first: int) -> None:
    """A title, a head, a row for each; only the birth dates are written as everybody likes."""
    listed = (woman(first + at, branches) for at in range(women))
    rows = ([at + 1, her.name, _born(her, at), *her[2:]] for at, her in enumerate(listed))
    _write(file, [["DANH SÁCH HỘI VIÊN TOÀN PHƯỜNG"], HEAD], rows)


def messy(file: Path, branches: Sequence[str], women: int, first: int) -> None:
    """Titles, a head of two rows, columns numbered, empty rows, the head again on each page, a total, a signature."""
    above: list[Row] = [
        ["HỘI LHPN PHƯỜNG MẪU"], ["DANH SÁCH HỘI VIÊN ĐẾN NGÀY 01/6/2026"], [], *TWO_ROWS, list(range(1, 12))
    ]  # fmt: skip
    _write(file, above, _typed(branches, women, first), OVER_TWO)


def _typed(branches: Sequence[str], women: int, first: int) -> Iterator[Row]:
    """The rows of the messy list."""
    for at in range(women):
        if at and at % PAGE == 0:
            yield from TWO_ROWS
        if at % GAP == 0:
            yield []
        yield _mistyped(at, woman(first + at, branches))
    yield [f"Tổng cộng: {women} hội viên"]
    yield [None, None, None, None, None, None, "Ngày 01 tháng 6 năm 2026"]
    yield [None, "Người lập biểu"]


def _mistyped(at: int, her: Woman) -> Row:
    """One row: capitals, decomposed letters, numbers that lost their zero, a branch by half its name."""
    name = (her.name, her.name.upper(), unicodedata.normalize("NFD", her.name), f"  {her.name} ")[at % 4]
    family, _, given = name.strip().rpartition(" ")
    born = f"31/02/{her.born.year}" if at % BAD == 0 else _born(her, at)
    number = int(her.number) if at % 2 else her.number
    phone = (her.phone, int(her.phone), f"{her.phone[:4]}.{her.phone[4:7]}.{her.phone[7:]}")[at % 3]
    branch = (her.branch, her.branch.upper(), her.branch.removeprefix("Chi hội "))[at % 3]
    return [at + 1, family, given, None, born, number, phone, her.address, her.home, her.role, branch]


def _born(her: Woman, at: int) -> Cell:
    """A birth date in one of five styles: a cell of Excel's own, text in three ways, the year alone."""
    day = her.born
    styles = (day, f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%d.%m.%Y}", day.year)
    return styles[at % 5]


def _write(file: Path, above: Iterable[Row], rows: Iterable[Row], merged: dict[str, str] | None = None) -> None:
    """The workbook, its words in one table of strings as Excel keeps them."""
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Danh sách")
        for at, row in enumerate((*above, *rows)):
            page.write_row(at, 0, row)
        for place, words in (merged or {}).items():
            page.merge_range(place, words)
