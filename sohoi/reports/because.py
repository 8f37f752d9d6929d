"""Why a figure changed, in words: the deeds that add up to it, the parts of a rate, units that came or went. Pure.

It names kinds of deeds and units, never a person.
"""

from collections.abc import Sequence
from fractions import Fraction

from sohoi.figures.causes import Cause, Causes, Move
from sohoi.figures.read import NUMBER, Figure
from sohoi.ledger.amounts import amount
from sohoi.ledger.models import Measure, Take
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import join_list, number

MOST_NAMED = 4  # kinds of deed, or units, named in one sentence


def parts_of(figure: Figure) -> str:
    """What a rate divides: "600 người / 1.000 người"."""
    over, under = figure.measure.over, figure.measure.under
    assert over is not None
    assert under is not None
    return f"{amount(over, figure.raw.amount)} / {amount(under, figure.raw.under or 0)}"


def changed(figure: Figure, before: Figure | None) -> int | Fraction | None:
    """By how much it changed; None while one of the two is not known."""
    if before is None or figure.value is None or before.value is None:
        return None
    return figure.value - before.value


def why(figure: Figure, before: Figure, causes: Causes, moved: int, explained: bool) -> str:
    """What changed it since the days before; nothing where the ledger does not add up to the change (`explained`)."""
    measure = figure.measure
    if not changed(figure, before):
        return ""
    if measure.take == Take.RATIO:
        return _why_rate(figure, before)
    if measure.take == Take.LAST:
        return _why_declared(causes)
    return f", do {deeds(causes, moved, measure)}" if explained else ""


def _why_rate(figure: Figure, before: Figure) -> str:
    """A rate changed because its parts did."""
    measure = figure.measure
    assert measure.over is not None
    assert measure.under is not None
    if figure.state != NUMBER or before.state != NUMBER:
        return ""
    pairs = [
        (measure.over, before.raw.amount, figure.raw.amount),
        (measure.under, before.raw.under or 0, figure.raw.under or 0),
    ]
    said = [
        f"“{part.label}” giữ nguyên {amount(part, new)}" if old == new
        else f"“{part.label}” từ {amount(part, old)} {'lên' if new > old else 'xuống'} {amount(part, new)}"
        for part, old, new in pairs
    ]  # fmt: skip
    return f", do {join_list(said)}"


def _why_declared(causes: Causes) -> str:
    """A declared level changes when it is declared anew, or a declaration is taken back."""
    told, undone = (sum(cause.deeds for cause in some) for some in (causes.told, causes.undone))
    said = [f"{number(told)} lần khai mới"] if told else []
    said += [f"{number(undone)} lần hủy số khai"] if undone else []
    return f", do {join_list(said)}" if said else ""


def worth_saying(causes: Causes) -> bool:
    """Whether the deeds say more than the number they add up to: several kinds, some taken back, some late."""
    return len(causes.told) > 1 or bool(causes.undone) or any(cause.late for cause in causes.told)


def deeds(causes: Causes, moved: int, measure: Measure) -> str:
    """ "thành lập tổ (thêm 5 tổ, trong đó 2 tổ phát sinh sau kỳ chốt) và hủy 1 việc đã ghi (bớt 1 tổ)"; adds up."""
    told = [cause for cause in causes.told if cause.amount]
    named, rest = told[:MOST_NAMED], told[MOST_NAMED:]
    said = [f"{_lower(cause.label)} ({_added(cause, measure)})" for cause in named]
    if rest:
        others = Cause("", 0, sum(c.amount for c in rest), sum(c.late for c in rest))
        said.append(f"{number(len(rest))} loại việc khác ({_added(others, measure)})")
    if causes.undone:
        taken = Cause("", 0, sum(c.amount for c in causes.undone), 0)
        records = sum(cause.deeds for cause in causes.undone)
        said.append(f"hủy {number(records)} việc đã ghi ({_added(taken, measure)})")
    if moved:
        said.append(f"đơn vị chuyển đến, chuyển đi ({_added(Cause('', 0, moved, 0), measure)})")
    return join_list(said)


def _added(cause: Cause, measure: Measure) -> str:
    """ "thêm 5 tổ, trong đó 2 tổ phát sinh sau kỳ chốt" """
    late = f", trong đó {amount(measure, abs(cause.late))} phát sinh sau kỳ chốt" if cause.late else ""
    if not cause.amount:
        return f"không đổi số{late}"
    return f"{'thêm' if cause.amount > 0 else 'bớt'} {amount(measure, abs(cause.amount))}{late}"


def _lower(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]


def moved_in_words(moves: Sequence[Move]) -> list[str]:
    """ "có thêm Chi hội Ấp Một (từ 16/4/2024)", "không còn …"; the units beyond a few are counted."""
    said = []
    for came, words in ((True, "có thêm"), (False, "không còn")):
        chosen = [move for move in moves if move.came == came]
        names = [f"{move.name} (từ {say_date(move.day)})" for move in chosen[:MOST_NAMED]]
        names += [f"{number(len(chosen) - MOST_NAMED)} đơn vị khác"] if len(chosen) > MOST_NAMED else []
        said += [f"{words} {join_list(names)}"] if names else []
    return said
