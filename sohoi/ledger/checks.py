"""What the gate asks of a draft: the right, a kind of that day, a unit standing on that day, a subject of its own.

Everything that many drafts need is read once at the start, so the number of queries does not grow with them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from sohoi.ledger.ahead import Ahead, Ready, ready
from sohoi.ledger.draft import Draft
from sohoi.ledger.kinds import KindBody, read_kind
from sohoi.ledger.models import Kind
from sohoi.ledger.read import OpenDays
from sohoi.ledger.standing import Below, Standing, contains
from sohoi.people.deeds import Steps
from sohoi.people.models import Household, Membership
from sohoi.refusal import Refusal
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit
from sohoi.vietnamese import date as say_date


class Checked(NamedTuple):
    """A draft that may become a record: its unit (perhaps the successor), typed values, day that it counts on."""

    draft: Draft
    kind_id: int
    body: KindBody
    unit: Unit
    values: dict[str, Any]
    booked: date
    subject: int | None
    new_household: str
    note: str
    body_hash: bytes
    read: Any = None
    steps: dict[str, Steps] | None = None


Bodies = dict[str, KindBody]  # by the kind's code


def current_kinds(codes: Iterable[str]) -> Bodies:
    """The current kinds of these codes, read; one that is not there is left out."""
    return _bodies(Kind.objects.filter(current=True, code__in=list(codes)))


def _bodies(kinds: Iterable[Kind]) -> Bodies:
    return {kind.code: read_kind(kind.body, kind.code) for kind in kinds}


class Checker:
    """The checks of one call of the gate, with what they read once."""

    def __init__(
        self, drafts: Sequence[Draft], by: Account, not_before: date = date.min, ahead: Ahead | None = None
    ) -> None:
        self.today = timezone.localdate()
        self.kinds = {k.code: k for k in Kind.objects.filter(current=True, code__in={d.kind for d in drafts})}
        self.bodies = _bodies(self.kinds.values())
        same = ahead is not None and all(ahead.bodies.get(code) == body for code, body in self.bodies.items())
        self.ahead = ahead.found if ahead is not None and same else {}  # not by a kind that was loaded anew meanwhile
        self.members = _memberships({pk for d in drafts for pk in (d.member, *self._named(d)) if pk})
        self.households = Household.objects.in_bulk({d.household for d in drafts if isinstance(d.household, int)})
        homes = {row.unit_id for rows in self.members.values() for row in rows}
        homes |= {household.unit_id for household in self.households.values()}
        self.standing = Standing(drafts, by, homes)
        self.below = Below({*homes, *self.standing.units}, self.standing.units)
        self.open_days = OpenDays(self.standing.units, not_before)

    def _named(self, draft: Draft) -> list[int]:
        """Members that the draft's answers name, whatever else is wrong with it."""
        body = self.bodies.get(draft.kind)
        if body is None or not body.members or not isinstance(draft.values, dict):
            return []
        answers = [draft.values.get(code) for code in body.members]
        return [int(str(pk)) for pk in answers if str(pk).isdecimal() and len(str(pk)) < LONGEST_ID]

    def check(self, draft: Draft) -> Checked:
        """One draft; raises Refusal with the sentence for the person who sent it."""
        kind = self.kinds.get(draft.kind)
        if kind is None:
            raise Refusal(f"Không có loại việc “{draft.kind}”. Chọn lại loại việc trong danh sách.", "kind")
        body = self.bodies[draft.kind]
        self._check_day(draft, body)
        unit, note = self.standing.unit_of(draft, stays=bool(body.writer) and body.subject in CARDS)
        if body.levels and unit.level not in body.levels:
            asked = ", ".join(Level(level).label.lower() for level in body.levels)
            raise Refusal(f"“{body.label}” là việc của {asked}; {unit.name} không ghi loại việc này.", "unit")
        self._check_tags(draft, body)
        told = self._ready(draft, body)
        values = told.values
        for code in body.members:
            if code in values:
                self._member(values[code], draft, unit, code)
        subject, name = self._subject(draft, body, unit)
        booked = self.open_days.first_open(unit.id, draft.day)
        if booked != draft.day:
            closed, counted = (f"{day.month}/{day.year}" for day in (draft.day, booked))
            side = "" if self.open_days.closed_on(unit.pk, draft.day) else " bên kia"
            late = f"Tháng {closed}{side} đã chốt: việc này tính vào tháng {counted}, ghi là phát sinh sau kỳ chốt."
            note = f"{note} {late}".strip()
        return Checked(draft, kind.pk, body, unit, values, booked, subject, name, note, told.body_hash, told.read)

    def _ready(self, draft: Draft, body: KindBody) -> Ready:
        """Its answers, read before or now; raises Refusal naming the field."""
        told = self.ahead.get(draft.id) or ready(draft, body)
        if isinstance(told, Refusal):
            raise told
        return told

    def _check_day(self, draft: Draft, body: KindBody) -> None:
        """No deed before its kind existed, none in the future."""
        if draft.day > self.today:
            raise Refusal(f"Ngày {say_date(draft.day)} còn ở phía trước. Ghi việc khi đã làm xong.", "day")
        if draft.day < body.since:
            raise Refusal(f"“{body.label}” chỉ ghi từ ngày {say_date(body.since)} trở đi.", "day")

    def _check_tags(self, draft: Draft, body: KindBody) -> None:
        """Only programmes that the kind names."""
        strange = [tag for tag in draft.tags if tag not in (body.tags or {})]
        if strange:
            raise Refusal(f"“{body.label}” không thuộc chương trình “{strange[0]}”. Chọn lại chương trình.", "tags")

    def _subject(self, draft: Draft, body: KindBody, unit: Unit) -> tuple[int | None, str]:
        """(ledger subject, name of a household to be looked up or written down), as the kind asks."""
        given = {"member": draft.member, "household": draft.household, "person": draft.person}
        asked = "member" if body.subject == "former" else body.subject
        for code, value in given.items():
            if value and code != asked:
                raise Refusal(f"“{body.label}” không ghi cho {_SAID[code]}. Bỏ mục này rồi lưu lại.", code)
        if asked in ("unit", "newcomer"):
            return None, ""
        if not given[asked]:
            raise Refusal(f"Chưa chọn {_SAID[asked]}. Chọn rồi lưu lại.", asked)
        if body.subject == "member":
            return self._member(draft.member or 0, draft, unit, "member"), ""
        if body.subject == "household":
            return (None, draft.household) if isinstance(draft.household, str) else (self._household(draft, unit), "")
        return None, ""

    def _member(self, member: int, draft: Draft, unit: Unit, where: str) -> int:
        """A member who on that day belonged to the unit or to a branch below it."""
        for row in self.members.get(member, []):
            if contains(row, draft.day) and self._of(row.unit_id, unit, draft.day):
                return row.member_id
        raise Refusal("Hội viên này không thuộc đơn vị vào ngày đó. Chọn lại hội viên, hoặc xem lại ngày.", where)

    def _household(self, draft: Draft, unit: Unit) -> int:
        """A household of the unit, by its number."""
        household = self.households.get(draft.household) if isinstance(draft.household, int) else None
        if household is None or not self._of(household.unit_id, unit, draft.day):
            raise Refusal("Hộ này không thuộc đơn vị. Chọn lại hộ trong danh sách.", "household")
        return household.pk

    def _of(self, branch: int, unit: Unit, day: date) -> bool:
        """Whether a branch was the unit or stood under it on that day; one that had ended, its only successor."""
        heirs = self.standing.heirs_on(branch, day)
        at = heirs[0].pk if len(heirs) == 1 else branch
        return branch == unit.pk or self.below.stood(at, unit, day)


LONGEST_ID = 19
CARDS = ("member", "former")  # a deed whose writer changes her card stays with the branch that keeps the card
_SAID = {"member": "hội viên", "household": "hộ", "person": "người được giúp"}


def _memberships(ids: set[int]) -> dict[int, list[Membership]]:
    """Where these members belonged, and when."""
    found: dict[int, list[Membership]] = {}
    for row in Membership.objects.filter(member__in=ids):
        found.setdefault(row.member_id, []).append(row)
    return found
