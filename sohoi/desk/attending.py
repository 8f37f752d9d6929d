"""Who came to a meeting: officers near it called one by one, members found in the register, others in free lines."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from sohoi.desk.shell import title
from sohoi.desk.working import WorkInput, in_words
from sohoi.people.models import Member
from sohoi.people.read.names import kept_in
from sohoi.rights.may import roles
from sohoi.rights.models import Office
from sohoi.units.models import Level, Unit
from sohoi.units.read import children_today
from sohoi.work.models import Attendance, Meeting, Presence
from sohoi.work.wording import people
from sohoi.work.write import Present

ROLL = "roll-"  # what the question of an office is called, before its id
MOST_PICKED = 300
CALLED = [("", "Không ghi"), *((one.value, one.label.capitalize()) for one in Presence)]
Links = dict[tuple[str, str], list[Attendance]]


class HeldInput(WorkInput):
    """What came of a meeting: who was there, what was said."""

    came = in_words("Người khác có mặt", lines=4, help_text="Mỗi dòng một người: họ tên, chức vụ.")
    excused = in_words("Người khác vắng có lý do", lines=2, help_text="Mỗi dòng một người.")
    absent = in_words("Người khác vắng không lý do", lines=2, help_text="Mỗi dòng một người.")
    course = in_words("Diễn biến", lines=6, help_text="Đã báo cáo, thảo luận những gì; in vào biên bản.")

    def __init__(self, offices: list[Office], members: list[Member], links: Links, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices, self.members, self.links = offices, members, links
        for office in offices:
            self.fields[f"{ROLL}{office.pk}"] = forms.ChoiceField(
                label=_post(office),
                required=False,
                choices=CALLED,
            )

    def roll(self) -> list[tuple[Office, Any]]:
        """Each office near the meeting with its question."""
        return [(office, self[f"{ROLL}{office.pk}"]) for office in self.offices]

    def in_lines(self) -> list[Any]:
        """The questions that are answered in words."""
        return [self[name] for name in ("came", "excused", "absent", "course")]

    def clean(self) -> dict[str, Any]:
        """A line that says once more who was called or picked above is said to be one too many: it is not left out."""
        told = super().clean() or self.cleaned_data
        above = {(one.name, one.post) for one in self._called()}
        for presence in Presence:
            twice = [", ".join(one) for one in people(told.get(presence.value, "")) if one in above]
            if twice:
                self.add_error(
                    presence.value, f"“{twice[0]}” đã có ở phần điểm danh phía trên. Bỏ dòng này rồi lưu lại."
                )
        return told

    def _called(self) -> list[Present]:
        """Officers who were called, and members who were picked."""
        told = self.cleaned_data
        found = [
            Present(str(office.account), _post(office), told[f"{ROLL}{office.pk}"], office.account)
            for office in self.offices if told.get(f"{ROLL}{office.pk}")
        ]  # fmt: skip
        return found + [
            Present(card.name, f"Hội viên {card.unit}", Presence.CAME, member=card) for card in self.members
        ]

    def people(self) -> list[Present]:
        """Everybody who is named: officers, members who were picked, then the lines. A line that stood there before
        keeps the account or card that it was known by; another is an officer's only with her name and her post."""
        told, found = self.cleaned_data, self._called()
        officers = {(str(office.account), _post(office)): office.account for office in self.offices}
        known = {one.account or one.member for one in found}
        for presence in Presence:
            for name, post in people(told[presence.value]):
                same = [one for one in self.links.get((name, post), []) if (one.account or one.member) not in known]
                old = same[0] if same else None
                account, card = (old.account, old.member) if old else (officers.get((name, post)), None)
                if (account or card) in known:  # the same line twice: two people, of whom one is known
                    account, card = None, None
                found.append(Present(name, post, presence, account, card))
                known |= {one for one in (account, card) if one}
        return found


def held_form(meeting: Meeting, scope: QuerySet[Unit], data: Any = None) -> HeldInput:
    """The form, filled with who is on the list; before there is one, those who hold an office there and just below are
    taken to have come. `scope`: units whose cards she may look up."""
    listed = list(meeting.attendances.select_related("account", "member__unit"))
    offices = near_offices(meeting.unit, meeting.on)
    by_account = {one.account_id: one for one in listed if one.account_id}
    called = {office.account_id for office in offices}
    unsaid = Presence.CAME if not listed and not meeting.course else ""
    initial: dict[str, Any] = {"course": meeting.course}
    for office in offices:
        old = by_account.get(office.account_id)
        initial[f"{ROLL}{office.pk}"] = old.presence if old else unsaid
    came = [one.member for one in listed if one.member and one.presence == Presence.CAME]
    hers = kept_in(scope, came) - {None}  # a card that moved away stays named in the lines, and keeps its link
    picked = [one for one in listed if one.member in came and one.member and one.member.unit_id in hers]
    rest = [one for one in listed if one not in picked and one.account_id not in called]
    initial |= {p.value: "\n".join(str(one) for one in rest if one.presence == p) for p in Presence}
    members = picked_members(data.getlist("members"), scope) if data is not None else [one.member for one in picked]
    links: Links = {}
    for one in listed:
        links.setdefault((one.name, one.post), []).append(one)
    return HeldInput(offices, [card for card in members if card], links, data, initial=initial)


def present(meeting: Meeting) -> list[tuple[str, list[Attendance], int]]:
    """(came, excused or absent in words; who; how many of them have a card in the register)."""
    listed = list(meeting.attendances.all())
    groups = [(p.label, [one for one in listed if one.presence == p]) for p in Presence]
    return [(label, there, sum(one.member_id is not None for one in there)) for label, there in groups if there]


def picked_members(keys: Iterable[str], scope: QuerySet[Unit]) -> list[Member]:
    """The members with these keys whose cards she may look up, as they were picked."""
    asked = [int(key) for key in list(keys)[:MOST_PICKED] if key.isascii() and key.isdecimal() and len(key) < 19]
    rows = Member.objects.within(scope).filter(pk__in=asked).select_related("unit").in_bulk()
    return [rows[key] for key in dict.fromkeys(asked) if key in rows]


def _post(office: Office) -> str:
    """What she is in words: "Chi hội trưởng Chi hội Ấp Một"."""
    return title(office) + (f" {office.unit.name}" if office.unit.level == Level.BRANCH else "")


def near_offices(unit: Unit, on: Any) -> list[Office]:
    """Who holds an office in the unit or just below on a day, each once: they are likely to come."""
    units = [unit.pk, *(row.unit_id for row in children_today(unit, on))]
    rows = Office.objects.filter(unit__in=units, during__contains=on).select_related("account", "unit")
    rows = rows.order_by("unit__level", "unit__plain", "pk")
    kept = {one.account_id: one for one in reversed(rows) if one.role in roles()}
    return sorted(list(kept.values())[::-1], key=lambda one: one.unit_id != unit.pk)
