"""What comes from the reports below while the one above is written, and what an approval holds fast."""

from datetime import date

import pytest

from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.models import State
from sohoi.reports.read.filling import filled, words_in
from sohoi.reports.read.owed import round_of
from sohoi.reports.read.states import standing_of
from sohoi.reports.regular import form_in_force
from sohoi.reports.write.cycle import amend, approve, open_report, reopen, send_back, submit, withdraw
from sohoi.reports.write.signing import send_alone, sign
from sohoi.reports.write.texts import write_lines
from tests.reporting import MONTH, say

pytestmark = pytest.mark.django_db


def test_a_line_that_came_after_the_chair_left_the_section_is_looked_at_before_sending(
    closed_branch, of_commune, place, mai, huong, forms
):
    first = filled(of_commune).texts["opinion"]
    write_lines(of_commune, "opinion", first, by=mai)
    other = open_report(form_in_force("house-branch", MONTH.last), place.other, MONTH, by=huong)
    say(other, "opinion", "Ấp Hai mong sửa đường.", by=huong)
    send_alone(other, by=huong)
    assert words_in(of_commune).unseen == {"opinion": 1}
    with pytest.raises(Refusal, match="1 dòng bên dưới mới gửi"):
        submit(of_commune, by=mai)


def test_what_is_signed_is_what_was_approved(closed_branch, of_commune, place, mai, hoa, huong, gift):
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    gift(place.other, 9, 99, huong)
    with pytest.raises(Refusal, match="đã đổi từ khi gửi duyệt"):
        sign(of_commune, by=mai)


def test_words_that_nobody_opened_are_those_of_the_day_they_were_sent(
    closed_branch, of_commune, place, mai, huong, forms
):
    submit(of_commune, by=mai)
    other = open_report(form_in_force("house-branch", MONTH.last), place.other, MONTH, by=huong)
    say(other, "opinion", "Ấp Hai mong sửa đường.", by=huong)
    send_alone(other, by=huong)
    assert [line["text"] for line in filled(of_commune).texts["opinion"]] == ["Hội viên phấn khởi sau đợt tặng quà."]


def test_a_branch_that_was_opened_again_is_not_sent_any_more(closed_branch, of_branch, of_commune, mai):
    reopen(of_branch, "Ghi nhầm", by=mai)
    filling = filled(of_commune)
    assert not any(child.sent for child in filling.children)
    assert "opinion" not in filling.texts or filling.texts["opinion"] == []


def test_what_was_signed_stands_while_an_amendment_of_it_is_on_its_way(
    closed_branch, of_branch, of_commune, place, lan, mai
):
    form, said = form_in_force("house-commune", MONTH.last), filled(of_commune).texts["opinion"]
    assert said

    def stands() -> bool:
        filling = filled(of_commune)
        [owed] = round_of(place.heir, form, MONTH, date(2026, 11, 22)).rows
        assert ([child.sent for child in filling.children].count(True), owed.waiting) == (1, 1)
        return filling.texts["opinion"] == said

    amend(of_branch, "Nói lại cho đúng", by=lan)
    say(of_branch, "opinion", "Hội viên còn băn khoăn.", by=lan)
    for step in (
        lambda: submit(of_branch, by=lan), lambda: withdraw(of_branch, by=lan), lambda: submit(of_branch, by=lan),
        lambda: send_back(of_branch, [("", "Nêu rõ.")], by=mai), lambda: submit(of_branch, by=lan),
        lambda: approve(of_branch, by=mai),
    ):  # fmt: skip
        assert stands()
        step()
    assert stands()
    sign(of_branch, by=lan)
    assert not stands()


def test_months_that_are_opened_open_what_was_signed_of_them_however_far_its_amendment_has_come(
    signed_commune, place, mai, hoa
):
    month = signed_commune.report
    amend(month, "Nói lại cho đúng", by=mai)
    submit(month, by=mai)
    other = open_report(form_in_force("house-commune", parse("2026-09").last), place.heir, parse("2026-09"), by=mai)
    say(other, "opinion", "Tháng bình thường.", by=mai)
    submit(other, by=mai)
    approve(other, by=hoa)
    sign(other, by=mai)
    third = open_report(form_in_force("house-quarter", MONTH.last), place.heir, parse("2026-Q3"), by=mai)
    say(third, "opinion", "Quý bình thường.", by=mai)
    submit(third, by=mai)
    approve(third, by=hoa)
    sign(third, by=mai)
    amend(third, "Nói lại cho đúng", by=mai)
    submit(third, by=mai)
    reopen(other, "Thiếu một đợt quà", by=hoa)
    assert (standing_of(third).state, standing_of(month).state) == (State.REOPENED, State.SUBMITTED)


def test_a_sentence_that_the_branch_took_back_in_a_newer_version_is_shown_as_replaced(
    closed_branch, of_branch, of_commune, lan, mai
):
    write_lines(of_commune, "opinion", filled(of_commune).texts["opinion"], by=mai)
    amend(of_branch, "Nói lại cho đúng", by=lan)
    say(of_branch, "opinion", "Hội viên còn băn khoăn về đợt tặng quà.", by=lan)
    send_alone(of_branch, by=lan)
    assert words_in(of_commune).unseen == {"opinion": 2}


def test_reopening_opens_the_other_signed_reports_of_the_same_months(signed_commune, of_commune, place, mai, hoa):
    september = parse("2026-09")
    other = open_report(form_in_force("house-quarter", MONTH.last), place.heir, parse("2026-Q3"), by=mai)
    say(other, "opinion", "Quý bình thường.", by=mai)
    submit(other, by=mai)
    approve(other, by=hoa)
    sign(other, by=mai)
    month = open_report(form_in_force("house-commune", september.last), place.heir, september, by=mai)
    say(month, "opinion", "Tháng bình thường.", by=mai)
    submit(month, by=mai)
    approve(month, by=hoa)
    sign(month, by=mai)
    reopen(month, "Thiếu một đợt quà", by=hoa)
    assert standing_of(other).state == State.REOPENED
    assert standing_of(of_commune).state == State.SIGNED


def test_a_branch_that_was_opened_again_is_waited_for_again(closed_branch, of_branch, of_commune, place, mai):
    form = form_in_force("house-commune", MONTH.last)
    [before] = round_of(place.heir, form, MONTH, date(2026, 11, 22)).rows
    reopen(of_branch, "Ghi nhầm", by=mai)
    [after] = round_of(place.heir, form, MONTH, date(2026, 11, 22)).rows
    assert (before.waiting, after.waiting) == (1, 2)
