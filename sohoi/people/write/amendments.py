"""A household put right: how the branch calls it, where it lives; told in the history of each card that it changes."""

from django.db import transaction

from sohoi.people.models import Correction, Household, Member
from sohoi.people.write.households import household_key
from sohoi.refusal import Refusal
from sohoi.rights.may import may
from sohoi.rights.models import Account
from sohoi.vietnamese import clean_text, plain

LONGEST = 200


@transaction.atomic
def amend(home: Household, label: str, address: str, *, by: Account) -> Household:
    """Another name of its head, another address. Raises Refusal without the right, without a name, or for a name that
    another household of the branch has: then its women are to be moved there, so that both are not counted."""
    row = Household.objects.select_for_update(of=("self",)).select_related("unit").get(pk=home.pk)
    if not may(by, "people", row.unit):
        raise Refusal("Tài khoản này không có quyền sửa hộ của chi hội này. Nhờ chi hội ấy hoặc Hội cấp trên sửa.")
    name = " ".join(clean_text(label).split())[:LONGEST]
    if not any(sign.isalpha() for sign in name):
        raise Refusal("Chưa có tên chủ hộ. Điền họ và tên chủ hộ rồi lưu lại.", "label")
    key = household_key(name)
    if Household.objects.filter(unit=row.unit, key=key).exclude(pk=row.pk).exists():
        raise Refusal("Chi hội đã có một hộ tên này. Chuyển từng chị sang hộ ấy thay vì đổi tên.", "label")
    there = " ".join(clean_text(address).split())[:LONGEST]
    _tell(row, {"home": (row.label, name), "home-address": (row.address, there)}, by)
    row.label, row.key, row.plain, row.address = name, key, plain(name), there
    row.save()
    return row


def _tell(home: Household, changes: dict[str, tuple[str, str]], by: Account) -> None:
    """Write what changed into the history of those who belong to it."""
    Correction.objects.bulk_create(
        Correction(member=card, column=code, before=before, after=after, by=by)
        for card in Member.objects.filter(household=home, active=True, same_as=None)
        for code, (before, after) in changes.items()
        if before != after
    )
