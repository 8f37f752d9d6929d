"""What a household is on which days: poor, near-poor, in hardship, headed by a woman; given and ended by deeds."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction

from sohoi.people.deeds import Answer, Deed, Told, undoes, writes
from sohoi.people.models import Household, HouseholdStatus, Status
from sohoi.refusal import Refusal
from sohoi.vietnamese import date as say_date


def each_home(deeds: Sequence[Deed], verb: Callable[[Deed], Told]) -> dict[UUID, Answer]:
    """Answer each deed by `verb(deed)` in the order of days, with all their households locked; a refused one leaves
    nothing."""
    homes = {deed.household for deed in deeds if deed.household}
    list(Household.objects.select_for_update(of=("self",)).filter(pk__in=homes).order_by("pk"))
    answers = dict[UUID, Answer]()
    for deed in sorted(deeds, key=lambda deed: (deed.day, deed.id)):
        try:
            with transaction.atomic():
                answers[deed.id] = verb(deed)
        except Refusal as refusal:
            answers[deed.id] = refusal
    return answers


@writes
def give(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """From the deed's day on the household is what it is called; grounds are kept for hardship."""
    return each_home(deeds, _give)


def _give(deed: Deed) -> Told:
    status = Status(deed.values["status"])
    rows = HouseholdStatus.objects.filter(household=deed.household, status=status, during__overlap=(deed.day, None))
    there = rows.order_by("during").first()
    if there:
        since = say_date(there.during.lower)
        raise Refusal(f"Hộ này đã ghi “{status.label}” từ {since}. Xem lại ngày, hoặc ghi thôi diện trước.", "status")
    HouseholdStatus.objects.create(
        household_id=deed.household or 0, status=status, grounds=deed.values.get("grounds", ""),
        during=(deed.day, None), record=deed.id,
    )  # fmt: skip
    return Told(deed.household or 0)


@undoes
def ungive(deed: Deed) -> None:
    """The household was not that. Raises Refusal when another deed has ended it meanwhile."""
    row = HouseholdStatus.objects.filter(household=deed.household, record=deed.id, during__endswith=None).first()
    if row is None:
        raise Refusal("Diện này của hộ đã kết thúc bằng một việc khác. Hủy việc sau trước, rồi hủy việc này.")
    row.delete()


@writes
def end(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """From the deed's day on the household is that no more. Raises Refusal when it was not."""
    return each_home(deeds, _end)


def _end(deed: Deed) -> Told:
    status = Status(deed.values["status"])
    row = HouseholdStatus.objects.filter(household=deed.household, status=status, during__endswith=None).first()
    if row is None or row.during.lower >= deed.day:
        said = f"Trước ngày {say_date(deed.day)} hộ này không ghi “{status.label}”. Xem lại diện, hoặc ngày."
        raise Refusal(said, "status")
    row.during = (row.during.lower, deed.day)
    row.save(update_fields=["during"])
    return Told(deed.household or 0)


@undoes
def unend(deed: Deed) -> None:
    """It had not ended. Raises Refusal when the household was given the same again since."""
    list(Household.objects.select_for_update(of=("self",)).filter(pk=deed.household or 0))
    mine = HouseholdStatus.objects.filter(household=deed.household, status=deed.values["status"])
    row = mine.filter(during__endswith=deed.day).first()
    if row is None or mine.filter(during__overlap=(deed.day, None)).exists():
        raise Refusal("Sau đó hộ này đã được ghi lại diện ấy. Hủy việc sau trước, rồi hủy việc này.")
    row.during = (row.during.lower, None)
    row.save(update_fields=["during"])
