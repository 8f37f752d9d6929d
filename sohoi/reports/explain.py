"""A figure in a sentence: "Đạt 41,82% = 23 tổ / 55 tổ (…); tăng 4 tổ so với quý trước, do thành lập tổ (thêm 4 tổ)".

Pure: `reports.read.comparisons` fetches what is told here. What was not reported is said so and is no zero; from 0
there is no percentage; rates change by percentage points; "do" is written only where the deeds add up to the change.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sohoi.figures.causes import NO_CAUSES, Causes, Move
from sohoi.figures.read import Figure
from sohoi.goals.saying import points
from sohoi.ledger.models import Take
from sohoi.reports.because import amount, changed, deeds, moved_in_words, parts_of, why, worth_saying
from sohoi.reports.earlier import PREVIOUS, TERM, Window
from sohoi.reports.sentences import Pen, sentence_case
from sohoi.reports.table import Piece
from sohoi.vietnamese import attained, exceeded, number, percent
from sohoi.vietnamese import date as say_date

FLOWS = (Take.SUM, Take.DISTINCT)
PLAIN = Pen()


class Before(NamedTuple):
    """An earlier figure. `since`: the first day of a unit that began within those days; `there`: it stood at all."""

    window: Window
    figure: Figure
    there: bool = True
    since: date | None = None


class Goal(NamedTuple):
    """What was promised, and by whom; `figure` is the result that is held against it, `words` say of which days;
    `at_most`: it is a ceiling, under which a result stays; `per_cent`: what rates lie apart is said "4%"."""

    amount: Fraction
    name: str
    figure: Figure
    words: str = ""
    at_most: bool = False
    per_cent: bool = False

    @property
    def called(self) -> str:
        """ "chỉ tiêu" or "mức trần"."""
        return "mức trần" if self.at_most else "chỉ tiêu"


class Comparison(NamedTuple):
    """All that a sentence about a figure may tell. `moved`: what units that came or went changed in a balance;
    `turns`: how many times (lượt) the persons of a distinct count came, and what such a time is called."""

    figure: Figure
    goal: Goal | None = None
    before: tuple[Before, ...] = ()
    causes: Causes = NO_CAUSES
    moved: int = 0
    moves: tuple[Move, ...] = ()
    turns: tuple[int, str] | None = None
    today: date | None = None


def explain(
    figure: Figure, *, goal: Goal | None = None, before: Iterable[Before] = (), causes: Causes = NO_CAUSES,
    moved: int = 0, moves: Sequence[Move] = (), turns: tuple[int, str] | None = None, today: date | None = None,
    pen: Pen = PLAIN,
) -> list[Piece]:  # fmt: skip
    """The sentence in pieces: words, and a cell for every figure that has an address. A sensitive one is said alone."""
    if figure.measure.sensitive:
        return sentence_case([pen.cell(figure) if figure.has_address else figure.text])
    earlier = tuple(before)
    per_cent = goal is not None and goal.per_cent
    last = _previous(earlier)
    change = changed(figure, last.figure if last else None)
    explained = bool(causes.total or moved) and change == causes.total + moved
    parts = [_opening(figure, goal, turns, pen)]
    if not explained and figure.measure.take == Take.SUM and causes.total == figure.value and worth_saying(causes):
        parts[0] += [f", gồm {deeds(causes, 0, figure.measure)}"]
    for one in earlier:
        if goal is None or one.window.key != TERM or goal.figure.period != one.window.days:
            because = why(figure, one.figure, causes, moved, explained) if one is last else ""
            parts.append([*_compared(figure, one, pen, per_cent=per_cent), *([because] if because else [])])
    if goal is not None and not _same(figure, goal):
        parts.append(_promised(goal, pen))
    parts += [[words] for words in moved_in_words(moves)]
    cut = figure.period.first <= today < figure.period.last if today else False
    head: list[Piece] = [f"tính đến {say_date(today)}: "] if cut and today else []
    return _joined(head, parts)


def tell(comparison: Comparison, pen: Pen = PLAIN) -> list[Piece]:
    """`explain` for what `comparisons` answered."""
    return explain(**comparison._asdict(), pen=pen)


def spoken(pieces: Iterable[Piece]) -> str:
    """Pieces as one line of text."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def _joined(head: list[Piece], parts: list[list[Piece]]) -> list[Piece]:
    """One sentence: its parts between semicolons, neighbouring words as one piece."""
    pieces = list(head)
    for place, part in enumerate(parts):
        pieces += ["; ", *part] if place else part
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, str) and isinstance(last, str):
            merged[-1] = last + piece
        else:
            merged.append(piece)
    return sentence_case(merged)


# ---- the figure itself, and what was promised ------------------------------------------------------


def _opening(figure: Figure, goal: Goal | None, turns: tuple[int, str] | None, pen: Pen) -> list[Piece]:
    """The number with its goal, the parts of a rate, or the word for its absence."""
    own = goal if goal is not None and _same(figure, goal) else None
    if figure.value is None:
        promised = f" ({own.called} {amount(figure.measure, own.amount)}: {own.name})" if own else ""
        return [f"{figure.text}{promised}"]
    if figure.measure.take == Take.RATIO:
        parts: list[Piece] = [pen.cell(figure), f" = {parts_of(figure)}"]
        return [*parts, f", {_attained(figure.value, own)} {_of(figure, own)}"] if own else parts
    if own is None:
        times = f" trong {number(turns[0])} {turns[1]}" if turns and turns[0] else ""
        return [pen.cell(figure), f"{_unit(figure)}{times}"]
    return _held(own, pen)


def _of(figure: Figure, goal: Goal) -> str:
    return f"{amount(figure.measure, goal.amount)} ({goal.name})"


def _held(goal: Goal, pen: Pen) -> list[Piece]:
    """ "đạt 41,82% = 23 tổ / 55 tổ (…)"; above the goal ", vượt 13%" stands at the end."""
    figure, value = goal.figure, goal.figure.value
    if goal.at_most:
        return [pen.cell(figure), f"{_unit(figure)}, {_ceiling(value, goal)} {_of(figure, goal)}"]
    over = f", {exceeded(value, goal.amount)}" if value is not None and value > goal.amount > 0 else ""
    share = f"{attained(value, goal.amount)} = " if value is not None and goal.amount > 0 else ""
    return [share, pen.cell(figure), f"{_unit(figure)} / {_of(figure, goal)}{over}"]


def _attained(value: int | Fraction, goal: Goal) -> str:
    """A rate beside its goal; above it in points, as the goals themselves say it."""
    if goal.at_most:
        return _ceiling(value, goal)
    if goal.amount <= 0:
        return "so với chỉ tiêu"
    if value > goal.amount:
        return f"vượt {_apart(goal, Fraction(value) - goal.amount)} so với chỉ tiêu"
    return f"{attained(value, goal.amount)} chỉ tiêu"


def _ceiling(value: int | Fraction | None, goal: Goal) -> str:
    """ "chưa quá mức trần", "cao hơn 2 vụ so với mức trần"."""
    if value is None or value <= goal.amount:
        return "chưa quá mức trần"
    return f"cao hơn {_apart(goal, Fraction(value) - goal.amount)} so với mức trần"


def _apart(goal: Goal, gap: Fraction) -> str:
    """A gap in the measure's own unit of count; of a rate in points, or as the goal's criterion asks."""
    measure = goal.figure.measure
    return points(gap, per_cent=goal.per_cent) if measure.is_percent else amount(measure, gap)


def _promised(goal: Goal, pen: Pen) -> list[Piece]:
    """A goal of other days than those asked: "từ đầu nhiệm kỳ đạt …"."""
    if goal.figure.value is None:
        return [f"{goal.words} {goal.figure.text} ({goal.called} {_of(goal.figure, goal)})"]
    return [f"{goal.words} ", *_held(goal, pen)]


def _same(figure: Figure, goal: Goal) -> bool:
    """Whether the goal is for this very figure."""
    return goal.figure.period == figure.period


def _unit(figure: Figure) -> str:
    """What stands behind a number: " tổ"; nothing behind money, rates and words."""
    told = figure.value is not None and figure.measure.count not in ("đồng", "%")
    return f" {figure.measure.count}" if told else ""


# ---- beside earlier figures ------------------------------------------------------------------------


def _previous(before: Sequence[Before]) -> Before | None:
    return next((one for one in before if one.window.key == PREVIOUS and one.there), None)


def _compared(figure: Figure, one: Before, pen: Pen, *, per_cent: bool) -> list[Piece]:
    """ "tăng 4 tổ (21,05%) so với 19 tổ của quý trước", or why there is nothing to compare."""
    window, before = one.window, one.figure
    since = f" (đơn vị có từ {say_date(one.since)})" if one.since else ""
    if not one.there:
        return [f"{window.words} chưa có đơn vị này"]
    if before.value is None:
        return [f"{window.words} {before.text}{since}"]
    shown: list[Piece] = [pen.cell(before), _unit(before)]
    if figure.value is None or (window.key == TERM and figure.measure.take in FLOWS):
        return [f"{window.words} ", *shown, since]
    gap = figure.value - before.value
    if not gap:
        return [f"không tăng, không giảm so với {window.words}{since}"]
    if not before.value and not figure.measure.is_percent:
        return [
            f"từ 0 {'lên' if gap > 0 else 'xuống'} {amount(figure.measure, figure.value)} so với {window.words}{since}"
        ]
    return [f"{_by(figure, gap, before.value, per_cent=per_cent)} so với ", *shown, f" {window.of}{since}"]


def _by(figure: Figure, gap: int | Fraction, before: int | Fraction, *, per_cent: bool) -> str:
    """ "tăng 4 tổ (21,05%)", "giảm 1,5 điểm phần trăm", "giảm 1,5%" where the goal is said so."""
    verb, size = ("tăng", gap) if gap > 0 else ("giảm", -gap)
    if figure.measure.is_percent:
        return f"{verb} {points(Fraction(size), per_cent=per_cent)}"
    share = percent(Fraction(size) / before) if before > 0 and -gap <= before else "0%"
    return f"{verb} {amount(figure.measure, size)}" + (f" ({share})" if share != "0%" else "")
