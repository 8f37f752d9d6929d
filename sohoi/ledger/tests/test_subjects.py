"""Whom a deed is about: a member or household of the deed's own unit, asked for when the kind says so."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sohoi.ledger.models import Entry
from sohoi.ledger.write import accept
from sohoi.people.models import Household, Member, Membership
from sohoi.refusal import Refusal
from tests.people import LONG_AGO, deed

APRIL = date(2024, 4, 15)


def test_a_household_is_written_down_once_however_it_is_spelt(place, lan):
    for name in ("Chị Nguyễn Thị Hoà", "chị  NGUYỄN thị Hòa", "Chi\u0323 Nguyễn Thị Hoa\u0300"):
        accept(deed(place.branch, APRIL, "house-visit", household=name), by=lan)
    assert Household.objects.count() == 1
    accept(deed(place.branch, APRIL, "house-visit", household="Chị Nguyễn Thị Hoa"), by=lan)
    assert Entry.objects.values("subject").distinct().count() == 2


def test_a_refused_deed_leaves_no_household_behind(place, lan):
    with pytest.raises(Refusal):
        accept(deed(place.branch, timezone.localdate() + timedelta(days=1), "house-visit", household="Chị X"), by=lan)
    assert not Household.objects.exists()


def test_a_household_or_member_of_another_unit_is_refused(place, lan):
    household = Household.objects.create(unit=place.other, label="Chị B", plain="chi b")
    with pytest.raises(Refusal, match="Hộ này không thuộc đơn vị"):
        accept(deed(place.branch, APRIL, "house-visit", household=household.pk), by=lan)
    member = Member.objects.create(name="Chị B", plain="chi b")
    Membership.objects.create(member=member, unit=place.other, during=(LONG_AGO, None))
    with pytest.raises(Refusal, match="Hội viên này không thuộc đơn vị"):
        accept(deed(place.branch, APRIL, "house-help", member=member.pk), by=lan)


def test_a_subject_is_asked_for_and_no_other_is_taken(place, lan):
    with pytest.raises(Refusal, match="Chưa chọn hộ"):
        accept(deed(place.branch, APRIL, "house-visit"), by=lan)
    with pytest.raises(Refusal, match="không ghi cho hộ"):
        accept(deed(place.branch, APRIL, household="Chị A"), by=lan)


def test_a_member_named_in_an_answer_belongs_to_the_unit_too(place, lan):
    mine, other = (Member.objects.create(name=name, plain=name) for name in ("Chị A", "Chị B"))
    Membership.objects.create(member=mine, unit=place.branch, during=(LONG_AGO, None))
    Membership.objects.create(member=other, unit=place.other, during=(LONG_AGO, None))
    assert accept(deed(place.branch, APRIL, "house-pairing", values={"who": mine.pk}), by=lan).state == "accepted"
    for stranger in (other.pk, 10**12, "9" * 30):
        with pytest.raises(Refusal, match="Hội viên này không thuộc|phải là một hội viên"):
            accept(deed(place.branch, APRIL, "house-pairing", values={"who": stranger}), by=lan)
