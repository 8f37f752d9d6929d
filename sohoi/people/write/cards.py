"""Putting a card right: each answer that is told again, what stood there before, who said so and why."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from sohoi.people.deeds import Answer, Deed, Steps, Told, undoes, writes
from sohoi.people.models import Correction, Member, Membership, Role, Standing, StandingKind
from sohoi.people.particulars import (
    FLAGS,
    TEXTS,
    check_standing,
    read_birth,
    read_name,
    read_number,
    read_phone,
)
from sohoi.people.read.cards import SEALED, TOLD, sayings
from sohoi.people.registry import MARKS, card_column
from sohoi.people.sealing import blind, opened, seal
from sohoi.people.write.belonging import NOT_HERE, WAYS, card_of, each, seen
from sohoi.people.write.homes import days_of, steps, total
from sohoi.people.write.households import household_named
from sohoi.people.write.numbers import KnownNumber, answered
from sohoi.refusal import Refusal
from sohoi.vietnamese import date as say_date

REASONS = {"mistaken": "Ghi nhầm trước đây", "changed": "Có thay đổi", "added": "Cho biết thêm"}
ASKED = ("name", "born", "man", "phone", "id-number", "home", "role", "religion", *TEXTS, *FLAGS)
ALWAYS = ("name", "man")  # cannot be emptied
SEALED_AS = {"id-number": "id", "religion": "religion"}
TAKEN_BACK = "Hủy lần sửa thẻ"
LIVED_ON = (
    "Sau lần sửa này chị đã thôi sinh hoạt hoặc trở lại, nên hộ lúc đó không đổi lại được. Hủy việc sau trước, hoặc "
    "sửa thẻ."
)
NOTHING_NEW = "Chưa có gì khác với thẻ đang có. Sửa ít nhất một mục rồi lưu."


@writes
def correct(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """Each answer told stands on the card from now on; those named in `cleared` are emptied.

    Fills in `homes`: by how many the households with members have changed. What stood there is kept as corrections,
    of sealed answers only that there was one. Refuses what an admission refuses, and a correction that changes nothing.
    """
    return answered(each(deeds, _correct, seen(deeds)), deeds[0].by)


def _correct(deed: Deed, card: Member) -> Told:
    """One card put right."""
    if card.unit_id != deed.unit.pk:
        raise Refusal(NOT_HERE, "member")
    homes = _change(card, deed, _told(deed), REASONS.get(deed.values.get("why", ""), ""))
    return Told(card.pk, {"homes": total(homes)}, {"homes": homes})


def _change(card: Member, deed: Deed, told: dict[str, Any], why: str) -> Steps:
    """Let the card say what is told and its history tell of it; returns what that changes in the days of homes."""
    before, sealed = sayings(card), {"id-number": card.id_sealed, "religion": card.religion_sealed}
    _apply(card, deed, told)
    _check(card, deed, told)
    homes = _rehouse(card, deed, told["home"]) if "home" in told else []
    card.role = told.get("role", card.role) if card.household_id else ""
    after = sayings(card)
    changed = [code for code in told if before[code] != after[code] or (code in SEALED and told[code])]
    if "role" not in told and before["role"] != after["role"]:
        changed.append("role")
    if not changed:
        raise Refusal(NOTHING_NEW)
    _save(card)
    Correction.objects.bulk_create(
        Correction(member=card, column=code, before=before[code], after=after[code], before_sealed=sealed.get(code),
                   reason=why, by=deed.by, record=deed.id)
        for code in changed
    )  # fmt: skip
    return homes


@undoes
def uncorrect(deed: Deed) -> dict[str, Steps]:
    """What stood on the card before the correction stands there again; its history tells of both. Raises Refusal when
    the card is kept elsewhere now, or when something that the correction touched was told anew."""
    card = card_of(deed)
    if card.unit_id != deed.unit.pk or card.same_as_id or card.erased_on:
        raise Refusal("Thẻ này nay không do chi hội giữ, hoặc đã gộp, đã xóa, nên không hủy lần sửa được.")
    rows = list(Correction.objects.filter(member=card, record=deed.id).order_by("pk"))
    _check_untouched(card, rows)
    if any(row.column == "home" for row in rows) and _lived_there_before(card):
        raise Refusal(LIVED_ON)
    return {"homes": _change(card, deed, {row.column: former(row) for row in rows}, TAKEN_BACK)}


def _check_untouched(card: Member, rows: list[Correction]) -> None:
    """Raises Refusal for a column that was told anew after these corrections, unless that was taken back too: then
    its deed stands there twice."""
    own, now = {row.column: row for row in rows}, sayings(card)
    later = Correction.objects.filter(member=card, column__in=own, pk__gt=max((row.pk for row in rows), default=0))
    deeds: dict[tuple[str, UUID | None], list[Correction]] = {}
    for row in later.order_by("pk"):
        deeds.setdefault((row.column, row.record), []).append(row)
    for (column, record), told in deeds.items():
        if record is None or len(told) % 2:
            day = say_date(timezone.localdate(told[-1].at))
            raise Refusal(f"“{_label(column)}” đã được sửa lại ngày {day}. Hủy lần sửa sau trước, hoặc sửa thẻ.")
    for column, row in own.items():
        if now[column] != row.after:
            raise Refusal(f"“{_label(column)}” trên thẻ nay đã khác. Sửa thẻ thay vì hủy lần sửa này.")


def _lived_there_before(card: Member) -> bool:
    """Whether a time in her branch that has ended says the same household as the card: it would say so on."""
    ended = Membership.objects.filter(member=card, unit=card.unit, household=card.household)
    return ended.exclude(during__endswith=None).exists()


def _label(column: str) -> str:
    """A question of the card as people call it."""
    known = card_column(column)
    return known.label if known else column


def former(row: Correction) -> Any:
    """What stood there before a correction, as an answer that is told again; refused for a mark of erasure and for
    what a withdrawn consent took away."""
    code, before = row.column, row.before
    gone = any(mark in before for mark in MARKS) or before == TOLD
    if (gone or (before and code in SEALED)) and not row.before_sealed:
        raise Refusal(f"“{_label(code)}” trước khi sửa không còn được giữ. Sửa thẻ thay vì hủy lần sửa này.")
    if code in SEALED:
        return opened(bytes(row.before_sealed), SEALED_AS[code]) if row.before_sealed else ""
    if code == "role":
        return next((role.value for role in Role if role.label == before), "")
    if code == "man" or code in FLAGS:
        return {"Có": True, "Không": False}.get(before, False if code == "man" else "")
    return before


def _told(deed: Deed) -> dict[str, Any]:
    """What is told anew; "" for what is to be emptied."""
    told = {code: deed.values[code] for code in ASKED if code in deed.values}
    for code in str(deed.values.get("cleared", "")).replace(",", " ").split():
        if code not in ASKED or code in ALWAYS:
            raise Refusal(f"Không xóa trắng được mục “{code[:40]}”. Bỏ mục này rồi lưu lại.", "cleared")
        told[code] = ""
    return told


def _apply(card: Member, deed: Deed, told: dict[str, Any]) -> None:
    """Set what is told; each answer read as an admission reads it."""
    for code, value in told.items():
        if code in TEXTS:
            setattr(card, code, value)
        elif code in FLAGS:
            setattr(card, FLAGS[code], None if value == "" else value)
        elif code == "name":
            card.rename(read_name(value))
        elif code == "man":
            card.man = bool(value)
        elif code == "born":
            card.birth_year, card.birth_date = read_birth(value, deed.day) if value else (None, None)
        elif code == "phone":
            card.phone = read_phone(value) if value else ""
        elif code == "religion":
            card.religion_sealed = seal(value, "religion") if value else None


def _check(card: Member, deed: Deed, told: dict[str, Any]) -> None:
    """Hold the new card against what can be: age and standing on the first day, and what her number says of her."""
    first = Membership.objects.filter(member=card).order_by("during").first()
    on = first.during.lower if first and first.during.lower else deed.day
    kinds = set(
        Standing.objects.filter(member=card, kind__in=WAYS).order_by("-during").values_list("kind", flat=True)[:1]
    )
    check_standing(next(iter(kinds), StandingKind.ORDINARY), card.man, card.birth_year, card.birth_date, on)
    if "id-number" in told:
        _renumber(card, told["id-number"])
    elif card.id_sealed and {"born", "man"} & set(told):
        _check_old_number(card)


def _renumber(card: Member, text: str) -> None:
    """Give the card another ID number, or none."""
    if not text:
        card.id_sealed, card.id_index, card.id_tail = None, None, ""
        return
    number = read_number(text, card.birth_year, card.man)
    card.id_sealed, card.id_index, card.id_tail = seal(number, "id"), blind(number), number[-3:]
    if Member.objects.filter(id_index=card.id_index).exclude(pk=card.pk).exists():
        raise KnownNumber(card.id_index)


def _check_old_number(card: Member) -> None:
    """The number that stays says a year of birth and a sex: the new ones must agree."""
    try:
        read_number(opened(card.id_sealed, "id"), card.birth_year, card.man)  # type: ignore[arg-type]
    except Refusal as refusal:
        if refusal.where != "id-number":
            raise
        said = "Không hợp với số định danh đang có trên thẻ. Xem lại, hoặc sửa luôn số định danh."
        raise Refusal(said, "born") from refusal


def _rehouse(card: Member, deed: Deed, name: str) -> Steps:
    """Put her into the household of that name in her branch, or into none, for as long as she has belonged there;
    returns what that changes in the days of both. Her role there is told anew."""
    home = household_named([(deed.unit, name)])[(deed.unit.pk, name)] if name else None
    if home == card.household_id:
        return []
    both = [card.household_id, home]
    before = days_of(both)
    Membership.objects.filter(member=card, during__endswith=None).update(household_id=home)
    card.household_id, card.role = home, ""
    return steps(before, days_of(both))


def _save(card: Member) -> None:
    """Write the card; somebody else may have told the same number a moment ago."""
    try:
        with transaction.atomic():
            card.save()
    except IntegrityError as error:
        raise KnownNumber(bytes(card.id_index or b"")) from error
