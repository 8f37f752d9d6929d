"""How Vietnamese is written, said and sorted: figures, money, percentages, dates, names, clean text.

Pure text and exact numbers (int, Fraction); it refuses floats, so no figure can lose a digit here,
and it refuses characters that no paper, page or database could keep.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from sohoi.refusal import Refusal

Exact = int | Fraction

SCALES = {"tỷ": 10**9, "triệu": 10**6}  # the largest first

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; ngang carries no mark
_TONE_DIGITS = str.maketrans(_TONES, "12345")
_SHAPES = (("\u0306", "{"), ("\u0302", "|"), ("\u031b", "}"))  # ă, the hat of â ê ô, the horn of ơ ư
_ONE_TONE = re.compile(f"[{_TONES}]")
_NO_TONES = re.compile(f"[^ {_TONES}]+")
_MARKS = re.compile(r"[\u0300-\u036f]+")  # combining signs of Latin letters
_REFUSED = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")


# ---- figures ------------------------------------------------------------------------------------


def number(n: int) -> str:
    """1298 -> "1.298"."""
    return f"{n:,}".replace(",", ".")


def money(n: int) -> str:
    """Whole đồng: 478250000 -> "478.250.000 đồng"."""
    return f"{number(n)} đồng"


def money_in(n: Exact, scale: str, places: int = 2) -> str:
    """Money said short: 275800000000 in "tỷ" -> "275,8 tỷ đồng", rounded half up to so many decimals.

    What is less than one tỷ is said in triệu, less than one triệu in đồng: nothing reads "0 tỷ" that is not nought.
    """
    for word in list(SCALES)[list(SCALES).index(scale) :]:
        if abs(_exact(n)) >= SCALES[word]:
            return f"{decimal(_exact(n) / SCALES[word], places)} {word} đồng"
    return f"{decimal(n, 0)} đồng"


def padded(n: int) -> str:
    """6 -> "06", 12 -> "12": the leading zero that some offices write; a layout chooses it."""
    return f"0{n}" if 0 < n < 10 else number(n)


def decimal(value: Exact, places: int = 2) -> str:
    """Rounded half up, away from zero; zeros at the end are dropped: Fraction(8, 3) -> "2,67"."""
    exact = _exact(value)
    units = int(abs(exact) * 10**places + Fraction(1, 2))
    whole, rest = divmod(units, 10**places)
    digits = f"{rest:0{places}d}".rstrip("0") if places else ""
    sign = "-" if exact < 0 and units else ""
    return sign + number(whole) + (f",{digits}" if digits else "")


def percent(share: Exact, places: int = 2) -> str:
    """A share of one: Fraction(23, 55) -> "41,82%". Less than the whole never reads "100%"."""
    hundredths = _exact(share) * 100
    if hundredths < 100:
        hundredths = min(hundredths, 100 - Fraction(1, 10**places))
    return f"{decimal(hundredths, places)}%"


# ---- the rule of print for results held against a goal (domain handbook, section 3) ---------------


def attained(result: Exact, goal: Exact) -> str:
    """Like "đạt 41,82%": two decimals half up, zeros dropped, never 100 below the goal."""
    return f"đạt {percent(_share(result, goal))}"


def exceeded(result: Exact, goal: Exact) -> str:
    """Like "vượt 113%": whole percent rounded down; under one percent two decimals, and never 0.

    Raises Refusal unless the result is above the goal.
    """
    excess = _excess(result, goal)
    if excess >= 1:
        return f"vượt {number(int(excess))}%"
    return f"vượt {decimal(max(Fraction(int(excess * 100), 100), Fraction(1, 100)))}%"


def both(result: Exact, goal: Exact) -> str:
    """Like "đạt 880%, vượt 780%": two decimals each; the two always differ by exactly 100.

    Raises Refusal unless the result is above the goal.
    """
    excess = max(_excess(result, goal), Fraction(1, 100))
    return f"đạt {decimal(excess + 100)}%, vượt {decimal(excess)}%"


def _share(result: Exact, goal: Exact) -> Fraction:
    if goal <= 0:
        raise Refusal(f"Chỉ tiêu là {goal}: phải lớn hơn 0 thì mới tính được phần trăm.")
    return _exact(result) / _exact(goal)


def _excess(result: Exact, goal: Exact) -> Fraction:
    excess = (_share(result, goal) - 1) * 100
    if excess <= 0:
        raise Refusal(f"Kết quả {result} chưa vượt chỉ tiêu {goal}, không viết là “vượt” được.")
    return excess


def _exact(value: Exact) -> Fraction:
    if not isinstance(value, int | Fraction):
        raise TypeError(f"Số liệu phải là số nguyên hoặc phân số, không phải {type(value).__name__}.")
    return Fraction(value)


# ---- days -----------------------------------------------------------------------------------------


def date(day: datetime.date) -> str:
    """Like "04/5/2024": as Decree 30/2020 writes days, a zero before days 1-9 and months 1-2 only."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def read_date(text: str) -> datetime.date:
    """The day in "04/5/2024", "4-5-2024", "4.5.2024" or "2024-05-04"; ValueError for anything else."""
    written = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip(), re.ASCII)
    if written is None:
        return datetime.date.fromisoformat(text.strip())
    day, month, year = map(int, written.groups())
    return datetime.date(year, month, day)


def long_date(day: datetime.date) -> str:
    """Like "ngày 04 tháng 5 năm 2024", for the head of a paper."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)


# ---- words and names ------------------------------------------------------------------------------


def join_list(parts: Sequence[str]) -> str:
    """["a", "b", "c"] -> "a, b và c"."""
    *first, last = parts or [""]
    return f"{', '.join(first)} và {last}" if first else last


def nfc(text: str) -> str:
    """One way to write each letter: composed."""
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """For search and comparison only: lower case, no marks, đ as d, any white space as one blank."""
    if text.isascii():
        return " ".join(text.lower().split())
    letters = unicodedata.normalize("NFD", text).lower().replace("đ", "d").replace("ð", "d")
    bare = _MARKS.sub("", letters)
    if not bare.isascii():  # marks of other scripts
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(bare.split())


def sort_key(text: str) -> str:
    """Twin of the SQL function vi_key: compare as plain code points.

    Letters first (a < ă < â, d < đ), then the tones ngang, huyền, hỏi, ngã, sắc, nặng by syllable.
    Only ASCII (and Đ) is lowered, as the SQL does under COLLATE "C".
    """
    composed = unicodedata.normalize("NFD", text).encode("utf-8", "surrogatepass")
    letters = composed.lower().decode("utf-8", "surrogatepass").replace("Đ", "đ")  # bytes lower ASCII alone
    tones = _NO_TONES.sub("", letters)
    shapes = _ONE_TONE.sub("", letters)
    for mark, place in _SHAPES:
        shapes = shapes.replace(mark, place)
    return shapes.replace("đ", "d{") + "\t" + tones.translate(_TONE_DIGITS)


def given_first(name: str) -> str:
    """Turn "Nguyễn Thị Lan" into "Lan Nguyễn Thị", the order in which Vietnamese lists of people stand."""
    *before, given = name.split() or [""]
    return " ".join([given, *before])


def name_key(name: str) -> str:
    """Sort key of a person: by given name, then family and middle names."""
    return sort_key(given_first(name))


def clean_text(text: str, *, lines: bool = False) -> str:
    """Composed text that paper, page and database can all keep; with lines=True line ends and tabs too.

    Raises Refusal, naming the place, on NUL, control characters, half characters and signs that
    turn the direction of writing (they can make one name look like another).
    """
    folded = nfc(text.replace("\r\n", "\n") if lines else text)
    if folded.isprintable():  # said at once for most texts; what is refused below is never printable
        return folded
    for place, sign in enumerate(folded, start=1):
        if lines and sign in "\n\t":
            continue
        if sign in _REFUSED or unicodedata.category(sign) in ("Cc", "Cs"):
            raise Refusal(
                f"Ký tự thứ {place} (mã U+{ord(sign):04X}) là ký tự điều khiển, không lưu được. "
                "Xóa ký tự đó hoặc gõ lại đoạn chữ này."
            )
    return folded
