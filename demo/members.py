"""The register of Mỹ Xuyên, written down through the gate as any officer would: each woman by a draft of her own.

Six women of each branch, the head first, were members before the register came; so was an honorary member of each
commune. What was told as a count of admissions becomes one admission for each woman.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from demo.accounts import lan_branch
from demo.book import Book
from demo.branches import FOUNDED, Branch, District
from demo.names import man, women
from demo.particulars import phone, told_of
from demo.spread import dice, draft_id
from sohoi.ledger.draft import Draft
from sohoi.people.models import Member
from sohoi.vietnamese import plain

A_BRANCH = 6
KHMER_IN_TEN = 3
BORN, BORN_LATER = (1958, 1999), (1962, 2002)
COUNTED = "members-admitted"
LAN_DECLARES, LAN_HAS, LAN_LOSES = 87, 84, 2  # three women of chị Lan's branch are still to be written down


@dataclass(frozen=True)
class Register:
    """Who is written down: members from before, those admitted since, and the counts that these stand for."""

    district: District
    enrolled: Book
    admitted: Book
    counted: tuple[Draft, ...]

    def of(self, branch: Branch) -> list[Draft]:
        """Everyone of one branch, those from before first."""
        return [draft for draft in (*self.enrolled.drafts, *self.admitted.drafts) if draft.unit == branch.code]

    def size(self, branches: Iterable[Branch], on: date) -> int:
        """How many had been written down in these branches by a day."""
        codes = {branch.code for branch in branches}
        drafts = (*self.enrolled.drafts, *self.admitted.drafts)
        return sum(draft.unit in codes and draft.day <= on for draft in drafts)


def register(district: District, told: Iterable[Book]) -> Register:
    """Everyone of the district; admissions told as counts leave these books and come back by name."""
    counted = tuple(draft for book in told for draft in _taken(book))
    found = Register(district, Book("register"), Book("admitted"), counted)
    own = defaultdict(list)
    for draft in counted:
        own[draft.unit].append(draft)
    for branch in district.branches:
        _write(found, branch, own[branch.code])
    for commune in district.communes:
        _honorary(found, district.of(commune)[0])
        _twins(found, district.of(commune))
    return found


def _taken(book: Book) -> list[Draft]:
    """The counts of a book, which keeps the rest."""
    counts = [draft for draft in book.drafts if draft.kind == COUNTED]
    book.drafts = [draft for draft in book.drafts if draft.kind != COUNTED]
    return counts


def _write(found: Register, branch: Branch, counts: list[Draft]) -> None:
    """The women of one branch; nobody has the name of another."""
    admitted = sum(count.values["count"] for count in counts)
    mine = branch.code == lan_branch(found.district)
    before = LAN_HAS + LAN_LOSES - admitted if mine else A_BRANCH
    names = women(before + admitted, dice("members", branch.code), KHMER_IN_TEN)
    for at, name in enumerate(names[:before]):
        told = told_of(name, BORN, _place(branch), branch.code, name)
        found.enrolled.drafts.append(Draft(_id(branch, at), "member-enrolled", branch.code, FOUNDED, told))
    rest = iter(names[before:])
    for count in counts:
        for at in range(count.values["count"]):
            name = next(rest)
            told = told_of(name, BORN_LATER, _place(branch), branch.code, name)
            key = draft_id(str(count.id), str(at))
            found.admitted.drafts.append(Draft(key, "member-admitted", branch.code, count.day, told))


def _honorary(found: Register, branch: Branch) -> None:
    """A man who helps the Union, honorary member of one branch of each commune."""
    values = {"name": man(dice("honorary", branch.code)), "born": "1961", "standing": "honorary", "man": True}
    key = draft_id("enrolled", branch.code, "honorary")
    found.enrolled.drafts.append(Draft(key, "member-enrolled", branch.code, FOUNDED, values))


def _twins(found: Register, branches: list[Branch]) -> None:
    """Two women who were written down twice: one in two branches and without marks, one twice in her own."""
    for (was, again), bare in (((branches[0], branches[1]), True), ((branches[2], branches[2]), False)):
        one, twin = found.of(was)[2], found.of(again)[-1]
        born = one.values["born"]
        name = plain(one.values["name"]).title() if bare else one.values["name"]
        one.values["phone"] = phone(dice("twin", was.code, again.code))
        twin.values.update(name=name, born=born.split("/")[-1], phone=one.values["phone"])
        twin.values.pop("id-number", None)


def _place(branch: Branch) -> str:
    """ "Ấp 3 Đại Tâm (mẫu)" """
    return branch.name.removeprefix("Chi hội ")


def _id(branch: Branch, at: int) -> UUID:
    """The draft of one who was a member before."""
    return draft_id("enrolled", branch.code, str(at))


def cards(drafts: Iterable[Draft]) -> dict[UUID, int]:
    """Draft -> number of the card that it wrote, for those that stand in the register."""
    rows = Member.objects.filter(origin__in=[draft.id for draft in drafts])
    return {row.origin: row.pk for row in rows.only("origin") if row.origin}


def known(found: Register) -> dict[str, list[int]]:
    """branch code -> numbers of its six known members, the head first. Call it once they are written down."""
    there = cards(found.enrolled.drafts)
    return {
        branch.code: [there[_id(branch, at)] for at in range(A_BRANCH)] for branch in found.district.branches
    }  # fmt: skip
