"""ID numbers held against the whole register: what is answered of a number that is there, to whom, and how often.

Within one's own units it is said freely. Of any other number the answer is one sentence that names no place and no
day, each such question is written down, and a day has so many of them: else whoever may write could look up anybody.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sohoi.people.deeds import Answer
from sohoi.people.models import DataRequest, Member, Reading
from sohoi.people.read.privacy import erased
from sohoi.people.sealing import keyed
from sohoi.refusal import Noted, Refusal
from sohoi.rights.may import scope
from sohoi.rights.models import Account
from sohoi.vietnamese import date as say_date

KNOWN_NUMBER = (
    "Số định danh này đã có trong sổ, hoặc người ấy từng yêu cầu xóa dữ liệu. Nếu đã là hội viên ở nơi khác, hãy gửi "
    "đề nghị chuyển sinh hoạt bằng số định danh; nếu từng xóa dữ liệu và nay đồng ý lại, chọn “Đã đồng ý lại”; "
    "nếu không, kiểm tra lại số."
)
ERASED_NUMBER = (
    "Người có số định danh này đã yêu cầu xóa dữ liệu ngày {day}. Cần người ấy đồng ý lại: khi đã đồng ý, "
    "chọn “Đã đồng ý lại” rồi lưu."
)
NO_MORE = "Hôm nay đã kiểm tra đủ số lần. Mai gửi tiếp, hoặc nhờ Hội cấp trên."
COLUMN = "id_index"


class KnownNumber(Refusal):
    """A writer met a number that is there already; what is said of it is `answered`'s to decide."""

    def __init__(self, index: bytes) -> None:
        super().__init__(KNOWN_NUMBER, "id-number")
        self.index = index


def answered(answers: Mapping[UUID, Answer], by: Account) -> dict[UUID, Answer]:
    """The answers of a writer, with what this account may know of each number that is there already."""
    met = {one.index for one in answers.values() if isinstance(one, KnownNumber)}
    if not met:
        return dict(answers)
    said = sentences(met, by=by)
    return {key: said.get(one.index, one) if isinstance(one, KnownNumber) else one for key, one in answers.items()}


def sentences(indexes: Collection[bytes], *, by: Account) -> dict[bytes, Refusal]:
    """What is said of each of these numbers that is in the register or was erased; asked outside one's units it is
    written down first. A handful of statements, however many."""
    if not indexes:
        return {}
    cards = Member.objects.filter(id_index__in=indexes).values_list("id_index", "pk", "unit_id")
    gone = erased(indexes)
    places = DataRequest.objects.filter(id_index__in=gone).exclude(done_on=None).order_by("done_on")
    units = {bytes(index or b""): unit for index, unit in places.values_list("id_index", "member__unit_id")}
    there: dict[bytes, int | None] = dict.fromkeys(units)
    for index, pk, unit in cards:
        there[bytes(index or b"")], units[bytes(index or b"")] = pk, unit
    mine = set(scope(by, "people").filter(pk__in=set(units.values()) - {None}).values_list("pk", flat=True))
    outside = {index: pk for index, pk in there.items() if units[index] not in mine}
    free = asked(outside, by=by) | (there.keys() - outside.keys())
    return {index: _sentence(index, index in free, gone if index not in outside else {}, there) for index in there}


def _sentence(index: bytes, free: bool, gone: Mapping[bytes, date], there: Mapping[bytes, int | None]) -> Refusal:
    """One answer; the day of an erasure is said only where she was written down."""
    if not free:
        return Noted(NO_MORE, "id-number")
    if index in gone and there[index] is None:
        return Noted(ERASED_NUMBER.format(day=say_date(gone[index])), "id-number")
    return Noted(KNOWN_NUMBER, "id-number")


@transaction.atomic
def asked(numbers: Mapping[bytes, int | None], *, by: Account) -> set[bytes]:
    """Count numbers (with the card that has them, if any) as asked by this account; those within the day's budget.

    The same number counts once a day: typed letter by letter, or sent again, it is one question.
    """
    if not numbers:
        return set()
    Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
    marks = {_mark(index, by): index for index in sorted(numbers)}
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Reading.objects.filter(by=by, column=COLUMN, at__gte=since)
    before = {bytes(mark) for mark in today.filter(mark__in=list(marks)).values_list("mark", flat=True) if mark}
    left = max(settings.NUMBER_CHECKS_A_DAY - today.count(), 0)
    new = [mark for mark in marks if mark not in before][:left]
    why = "Kiểm tra số định danh khi ghi hội viên mới"
    Reading.objects.bulk_create(
        Reading(by=by, member_id=numbers[marks[mark]], column=COLUMN, reason=why, mark=mark) for mark in new
    )
    return {marks[mark] for mark in (*before, *new)}


def _mark(index: bytes, by: Account) -> bytes:
    """A mark of one number for one account and one day: it cannot be held against cards, or against another day."""
    return keyed("number asked", f"{timezone.localdate()} {by.pk} {index.hex()}")
