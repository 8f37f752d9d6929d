"""Where the units of many drafts stood, who came after them, and in which of them one may record: read once.

The number of queries depends on how often the map changed, never on the number of drafts.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from sohoi.ledger.draft import Draft
from sohoi.people.models import Membership
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from sohoi.rights.models import Account
from sohoi.units.models import BEGINNING, Closure, Lineage, Placement, Unit, View
from sohoi.units.read import choose
from sohoi.vietnamese import date as say_date


def contains(row: Placement | Membership, day: date) -> bool:
    """Whether a dated row covers the day."""
    lower, upper = row.during.lower, row.during.upper
    return (lower is None or lower <= day) and (upper is None or day < upper)


class Standing:
    """The units that drafts name, with their heirs, placements and the right to record; and of `homes`, units of the
    members and households that drafts name, who came after them."""

    def __init__(self, drafts: Iterable[Draft], by: Account, homes: Iterable[int] = ()) -> None:
        codes = {draft.unit for draft in drafts}
        named = list(Unit.objects.filter(Q(code__in=codes) | Q(state_code__in=codes - {""})))
        self.by_code = {unit.code: unit for unit in named}
        self.by_state: dict[str, list[Unit]] = defaultdict(list)
        for unit in named:
            self.by_state[unit.state_code].append(unit)
        self.heirs = _lineage({unit.pk for unit in named} | set(homes))
        self.units = {unit.pk: unit for unit in named} | {u.pk: u for heirs in self.heirs.values() for u in heirs}
        self.places: dict[int, list[Placement]] = defaultdict(list)
        for row in Placement.objects.filter(unit__in={*self.units, *homes}):
            self.places[row.unit_id].append(row)
        self.mine = set(scope(by, "record").filter(pk__in=self.units).values_list("pk", flat=True))

    def stands(self, unit_id: int, day: date) -> bool:
        """Whether the unit stood somewhere on that day."""
        return any(contains(row, day) for row in self.places[unit_id])

    def _ended(self, unit_id: int, day: date) -> bool:
        """Whether the unit had stood before that day and stood no more on it."""
        stood = any(row.during.lower is None or row.during.lower <= day for row in self.places[unit_id])
        return stood and not self.stands(unit_id, day)

    def unit_of(self, draft: Draft, *, stays: bool = False) -> tuple[Unit, str]:
        """The unit of a deed and what there is to say: the unit itself, or its only successor when it had ended.

        `stays`: a deed about a card that the named unit keeps, ended or not. Raises Refusal without the right, for a
        unit that did not exist yet, or with the successors to choose from.
        """
        unit = self.by_code.get(draft.unit)
        if unit is None:
            named = self.by_state.get(draft.unit, [])
            unit = choose(draft.unit, named, [u for u in named if self.stands(u.pk, draft.day)])
        if unit.id not in self.mine:
            raise Refusal("Tài khoản này không có quyền ghi việc cho đơn vị này.", "unit")
        if self.stands(unit.id, draft.day) or (stays and self._ended(unit.pk, draft.day)):
            return unit, ""
        return self._successor(unit, draft.day)

    def _successor(self, unit: Unit, on: date) -> tuple[Unit, str]:
        """The only unit of that day that came out of this one."""
        found = self.heirs_on(unit.pk, on)
        day = say_date(on)
        if on < BEGINNING:
            said = f"Bản đồ đơn vị trong sổ bắt đầu từ ngày {say_date(BEGINNING)}: việc ngày {day} chưa ghi được. "
            said += "Nạp những ngày cũ hơn của đơn vị bằng lệnh loadunits trước."
            raise Refusal(said, "day")
        if not found:
            raise Refusal(f"{unit.name} không có vào ngày {day}. Kiểm tra lại ngày, hoặc chọn đơn vị khác.", "unit")
        if len(found) > 1:
            listed = "; ".join(f"{u.name} ({u.code})" for u in found)
            raise Refusal(f"{unit.name} không còn vào ngày {day}. Chọn một đơn vị kế thừa: {listed}.", "unit")
        return found[0], f"{unit.name} đã kết thúc: việc này ghi cho {found[0].name}."

    def heirs_on(self, unit_id: int, on: date) -> list[Unit]:
        """The units of that day that came out of this one, by name; none when it stood itself."""
        standing: dict[int, Unit] = {}
        waiting, seen = [] if self.stands(unit_id, on) else list(self.heirs.get(unit_id, [])), {unit_id}
        while waiting:
            at = waiting.pop()
            if at.pk in seen:
                continue
            seen.add(at.pk)
            if self.stands(at.pk, on):
                standing[at.pk] = at
            else:
                waiting.extend(self.heirs.get(at.pk, []))
        return sorted(standing.values(), key=lambda u: u.name)


def _lineage(units: set[int]) -> dict[int, list[Unit]]:
    """unit id -> the units that came out of it, followed to the end: one query for each time the map changed."""
    heirs: dict[int, list[Unit]] = {}
    frontier = units
    while frontier:
        rows = list(Lineage.objects.filter(old__in=frontier).select_related("new"))
        for row in rows:
            heirs.setdefault(row.old_id, []).append(row.new)
        frontier = {row.new_id for row in rows} - set(heirs)
    return heirs


class Below:
    """Which of some units stood under which others, and when: for members and households of a deed's unit."""

    def __init__(self, below: Iterable[int], above: Iterable[int]) -> None:
        rows = Closure.objects.filter(view=View.WAS, descendant__in=set(below), ancestor__in=set(above))
        self.rows: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
        for descendant, ancestor, since, until in rows.values_list("descendant_id", "ancestor_id", "since", "until"):
            self.rows[(descendant, ancestor)].append((since, until))

    def stood(self, unit_id: int, above: Unit, day: date) -> bool:
        """Whether one unit was the other or stood under it on that day."""
        return any(since <= day < until for since, until in self.rows[(unit_id, above.pk)])
