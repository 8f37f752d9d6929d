"""How attainment and change are said: the rule of print (handbook §3) in the style that a criterion asks for. Pure."""

from fractions import Fraction

from sohoi.goals.models import Clause, Shape
from sohoi.ledger.amounts import amount
from sohoi.ledger.holes import short
from sohoi.vietnamese import attained, both, decimal, exceeded, money_in, number, percent

PERCENT = "percent"  # of a rate: its gaps are printed "4%", as published reports print them
WHOLE = 9  # decimals with which a tỷ says each đồng


def reached(value: Fraction, goal: Fraction, clause: Clause) -> bool:
    """Whether a result meets a goal, which is the least it may be, or the most."""
    return value <= goal if clause.at_most else value >= goal


def say(result: Fraction, goal: Fraction, clause: Clause) -> str:
    """Attainment in words: "đạt 41,82%", "vượt 113%", "vượt 365 hộ"."""
    if clause.at_most:
        return "đạt" if result <= goal else f"cao hơn {apart(clause, result - goal, owed=True)}"
    if result <= goal or clause.words == "attained":
        return attained(result, goal)
    if clause.words == "no-number":
        return "vượt chỉ tiêu đề ra"
    if _by_gap(clause):
        return f"vượt {apart(clause, result - goal)}"
    return both(result, goal) if clause.words == "both" else exceeded(result, goal)


def _by_gap(clause: Clause) -> bool:
    """Whether what lies above its goal is said by the gap itself, and not as a share of the goal."""
    return clause.words in ("difference", PERCENT) or (is_rate(clause) and not clause.words)


def in_sentence(words: str, clause: Clause) -> str:
    """The same words at the end of a sentence: "vượt 113% chỉ tiêu", "vượt 365 hộ so với chỉ tiêu"."""
    if not words or words.endswith("đề ra"):
        return words
    by = words.startswith("cao hơn ") or (_by_gap(clause) and words.startswith("vượt "))
    return f"{words} so với chỉ tiêu" if by else f"{words} chỉ tiêu"


def counted(clause: Clause, value: Fraction) -> str:
    """A goal, or what is missing to it, with what it counts: "365 hộ", "4.010.000.000 đồng", "94%"; short, "4 tỷ đồng",
    only where the đồng are none the fewer for it."""
    measure = clause.measure
    if measure is None or clause.shape != Shape.TOTAL:
        return percent(value)
    said = _short(clause, value)
    return said if said and said == _short(clause, value, WHOLE) else amount(measure, value)


def _short(clause: Clause, value: Fraction, places: int | None = None) -> str:
    """Money in tỷ or triệu as the sentence says the result; nothing where it does not."""
    hole = short(clause.say, "result")
    if hole is None or clause.measure is None or clause.measure.count != "đồng":
        return ""
    return money_in(value, hole.way, hole.places if places is None else places)


def is_rate(clause: Clause) -> bool:
    """Whether its results are shares of a whole: a ratio, or so many of the units."""
    return clause.measure is None or clause.measure.is_percent or clause.shape != Shape.TOTAL


def apart(clause: Clause, gap: Fraction, *, owed: bool = False) -> str:
    """How far two results, or a result and its goal, lie apart: "365 hộ"; of a rate in points, because "vượt 4%" would
    as well be four hundredths of the goal, unless the criterion asks for per cent. `owed`: not rounded, as a goal."""
    if is_rate(clause):
        return points(gap, per_cent=clause.words == PERCENT)
    return counted(clause, gap) if owed else _short(clause, gap) or counted(clause, gap)


def points(gap: Fraction, *, per_cent: bool = False) -> str:
    """How far two rates lie apart: "8,3 điểm phần trăm"; `per_cent`: "8,3%"."""
    said = decimal(gap * 100)
    return f"{'chưa đến 0,01' if said == '0' else said}{'%' if per_cent else ' điểm phần trăm'}"


def changed(before: Fraction, now: Fraction, clause: Clause, since: str) -> str:
    """What became of a level since the term began: "tăng 980 mô hình so với đầu nhiệm kỳ"; rates in points."""
    if now == before:
        return f"không đổi so với {since}"
    return f"{'tăng' if now > before else 'giảm'} {apart(clause, abs(now - before))} so với {since}"


def uncompared(told: int, asked: int, since: str, *, at_start: bool) -> str:
    """Why no change is said: "chưa so được với đầu nhiệm kỳ vì khi ấy mới có số liệu của 3/5 đơn vị"."""
    when = "khi ấy" if at_start else "nay"
    return f"chưa so được với {since} vì {when} mới có số liệu của {number(told)}/{number(asked)} đơn vị"
