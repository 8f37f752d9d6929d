"""A closed month opened again: only from above, with a reason, and nowhere that another closing still binds.

What was told while it was closed stays in the month where it counts; the month may be closed anew.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, transaction

from sohoi.ledger.holding import hold_alone
from sohoi.ledger.models import Closing, Reopening
from sohoi.ledger.totals import sql
from sohoi.refusal import Refusal
from sohoi.rights.may import offices
from sohoi.rights.models import Account
from sohoi.units.models import Closure, Level, Unit, View
from sohoi.units.read import ORDER
from sohoi.vietnamese import clean_text


def reopen_month(unit: Unit, month: date, reason: str, *, by: Account) -> Reopening:
    """Open one closed month of a unit again; raises Refusal as `reopen_months` does."""
    return reopen_months([unit], [month], reason, by=by)[0]


@transaction.atomic
def reopen_months(units: Sequence[Unit], months: Iterable[date], reason: str, *, by: Account) -> list[Reopening]:
    """Open again what these units closed of these months (named by any of their days); the open ones stay open.

    Raises Refusal without a reason, without the right `reopen` in a unit above each of them, when a unit above
    closed one of the months too (it is named: that one is opened first), and when there is nothing to open.
    """
    reason = clean_text(reason, lines=True).strip()
    if not reason:
        raise Refusal("Chưa nêu lý do mở lại. Viết một câu ngắn rồi mở lại.", "reason")
    for unit in units:
        if not may_reopen(by, unit):
            raise Refusal(_refused(unit))
    asked = sorted({month.replace(day=1) for month in months})
    hold_alone(unit.pk for unit in units)
    _refuse_closed_above(units, asked)
    closings = Closing.objects.filter(unit__in=units, month__in=asked).order_by("month", "unit_id", "round")
    binding = list(closings.binding())
    if not binding:
        raise Refusal(_nothing(units, asked, known=closings.exists()))
    return Reopening.objects.bulk_create([Reopening(closing=closing, by=by, reason=reason) for closing in binding])


def may_reopen(account: Account, unit: Unit) -> bool:
    """Whether she holds `reopen` in a unit of a higher level under which this one counts today: never in its own."""
    held = offices(account, "reopen").values("unit_id")
    above = Closure.objects.filter(view=View.TODAY, descendant=unit, ancestor__in=held)
    return any(ORDER[level] < ORDER[unit.level] for level in above.values_list("ancestor__level", flat=True))


def _refused(unit: Unit) -> str:
    """Who can open it, when she cannot."""
    if unit.level == Level.CENTRE:
        return "Tháng do Trung ương chốt không mở lại được. Việc ghi thêm tính vào tháng còn mở đầu tiên."
    return f"Tháng của {unit.name} do đơn vị cấp trên mở lại. Nêu lý do và đề nghị cấp trên mở."


def _refuse_closed_above(units: Sequence[Unit], months: list[date]) -> None:
    """A month that a unit above has closed too would stay closed."""
    with connection.cursor() as cursor:
        cursor.execute(sql("closed_above.sql"), {"units": [unit.pk for unit in units], "months": months})
        found = cursor.fetchone()
    if found:
        above, month, below = found
        names = Unit.objects.in_bulk([above, below])
        raise Refusal(
            f"{_said([month])} của {names[below].name} còn do {names[above].name} chốt. "
            f"Mở lại tháng này ở {names[above].name} trước."
        )


def _nothing(units: Sequence[Unit], months: list[date], *, known: bool) -> str:
    """Why there is nothing to open."""
    name = ", ".join(unit.name for unit in units)
    if known:
        return f"{_said(months)} của {name} đã được mở lại và chưa chốt lại."
    return f"{_said(months)} của {name} chưa chốt lần nào, không có gì để mở lại."


def _said(months: list[date]) -> str:
    """Months as an officer writes them."""
    return "Tháng " + ", ".join(f"{month.month}/{month.year}" for month in months)
