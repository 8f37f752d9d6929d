"""What may change among promises: load a resolution from its file, give a unit its target."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from sohoi.goals.declare import ClauseBody, exact, read_resolution
from sohoi.goals.models import Clause, Resolution, Shape, Target
from sohoi.goals.saying import PERCENT
from sohoi.ledger.declare import read_toml
from sohoi.ledger.holes import OF_RATIO, OF_UNITS, codes, measures
from sohoi.ledger.known import measures_named
from sohoi.ledger.models import Measure, Take
from sohoi.refusal import Refusal
from sohoi.units.models import Unit
from sohoi.units.read import find
from sohoi.vietnamese import date as say_date


@transaction.atomic
def load_resolution(path: Path) -> Resolution:
    """Load a resolution file; a resolution of the same code is replaced whole, records are not touched.

    Raises Refusal for an unknown unit, measure or key, or a level whose figure nobody can read; then nothing is
    kept.
    """
    raw = read_toml(path)
    body = read_resolution(raw, path.name)
    unit = _unit(body.unit, path.name, body.first)
    _stands(unit, path.name, body.first)
    Resolution.objects.filter(code=body.code).delete()
    resolution = Resolution.objects.create(
        code=body.code, title=body.title, unit=unit, term_first=body.first, term_last=body.last,
        cut_off=body.cut_off, ours=body.ours, leading_zeros=body.leading_zeros,
    )  # fmt: skip
    place = iter(range(1, 10_000))
    for clause in body.clauses:
        _lay(resolution, clause, None, place, path.name)
    return resolution


def _unit(code: str, where: str, on: Any) -> Unit:
    """A unit named in the file."""
    try:
        return find(code, on)
    except Refusal as refusal:
        raise Refusal(f"{where}: {refusal}", "unit") from refusal


def _stands(unit: Unit, where: str, first: date) -> None:
    """Refusal when the unit had ended before the term: nothing is ever counted for it."""
    if not unit.placements.filter(during__overlap=(first, None)).exists():
        said = f"{where}: {unit.name} ({unit.code}) đã kết thúc trước ngày đầu nhiệm kỳ {say_date(first)}. "
        raise Refusal(f"{said}Nêu mã của đơn vị nay giữ việc ấy.", "unit")


def _lay(resolution: Resolution, body: ClauseBody, parent: Clause | None, place: Any, file: str) -> None:
    """Write a clause, its goals and its children."""
    criterion = body.criterion
    clause = Clause.objects.create(
        resolution=resolution, parent=parent, place=next(place), code=body.code, rank=body.rank,
        number=body.number, label=body.label, note=body.note,
        measure=_measure(criterion, file) if criterion else None,
        shape=criterion.get("shape", "total"), level=criterion.get("level", ""),
        threshold=str(exact(criterion["threshold"], file)) if "threshold" in criterion else "",
        yearly=bool(criterion.get("yearly")), words=criterion.get("words", ""), enough=body.enough,
        at_most=bool(criterion.get("at_most")), change=bool(criterion.get("change")),
        say=criterion.get("say", ""), section=criterion.get("section", ""),
    )  # fmt: skip
    registered = bool(criterion.get("registered"))
    if "goal" in criterion:
        give_target(clause, resolution.unit, criterion["goal"], registered=registered, note=body.note)
    for code, goal in criterion.get("units", {}).items():
        unit = _unit(code, file, resolution.term_first)
        _stands(unit, f"{file}, tiêu chí “{body.code}”", resolution.term_first)
        give_target(clause, unit, goal, registered=registered)
    for child in body.children:
        _lay(resolution, child, clause, place, file)


def _measure(criterion: dict[str, Any], file: str) -> Measure:
    """The measure that a criterion names; only a flow can be read for the deeds of one level."""
    where = f"{file}, tiêu chí “{criterion['code']}”"
    found = Measure.objects.filter(code=criterion["measure"]).first()
    if found is None:
        said = f"{where}: không có đầu số liệu “{criterion['measure']}”. Xem danh sách trong mục Số liệu."
        raise Refusal(said, "measure")
    total = criterion.get("shape", Shape.TOTAL) == Shape.TOTAL
    if total and "level" in criterion and found.take != Take.SUM:
        said = f"{where}: “level” chỉ dùng với số cộng trong kỳ (take = sum); “{found.label}” không phải. Bỏ “level”."
        raise Refusal(said, "level")
    if criterion.get("words") == PERCENT and total and not found.is_percent:
        said = f"{where}: “words” là “percent” chỉ dùng với tỷ lệ phần trăm, tỷ lệ đơn vị; “{found.label}” không phải."
        raise Refusal(f"{said} Muốn nêu phần hơn thì đặt “difference”.", "words")
    if criterion.get("change") and (found.sensitive or not _is_level(found)):
        said = f"{where}: “change” chỉ dùng với số lũy kế, số khai hoặc tỷ lệ của chúng, không phải số giữ kín; "
        raise Refusal(f"{said}“{found.label}” không dùng được. Bỏ “change”.", "change")
    _sayable(criterion.get("say", ""), found, where, total=total)
    return found


def _sayable(say: str, found: Measure, where: str, *, total: bool) -> None:
    """Refuse a sentence with a hole that nothing fills: it would stand in braces on a paper."""
    there = measures_named(measures(say))
    lost = [code for code in measures(say) if code not in there]
    if lost:
        said = f"{where}: câu “say” nêu đầu số liệu “{lost[0]}” không có. Xem danh sách trong mục Số liệu."
        raise Refusal(said, "say")
    ratio = OF_RATIO if found.take == Take.RATIO else ()
    filled = () if found.sensitive else ratio if total else OF_UNITS
    lost = [code for code in codes(say) if code in OF_UNITS and code not in filled]
    if lost:
        said = f"{where}: câu “say” có chỗ trống {{{lost[0]}}} mà “{found.label}” không có số để điền. "
        raise Refusal(f"{said}{{part}}, {{whole}} là của tỷ lệ và tỷ lệ đơn vị, {{below}}, {{untold}} chỉ của tỷ lệ "
                      "đơn vị; số giữ kín không có chỗ nào.", "say")  # fmt: skip


def _is_level(measure: Measure) -> bool:
    """Whether it says how things stand on a day, so that two days can be compared."""
    if measure.over and measure.under:
        return _is_level(measure.over) and _is_level(measure.under)
    return measure.take in (Take.BALANCE, Take.LAST)


def give_target(clause: Clause, unit: Unit, goal: Any, *, registered: bool = False, note: str = "") -> Target:
    """Give a unit its goal for a clause; an earlier goal of the same unit is replaced."""
    value = str(exact(goal, clause.code))
    row, _ = Target.objects.update_or_create(
        clause=clause, unit=unit, defaults={"goal": value, "registered": registered, "note": note}
    )
    return row
