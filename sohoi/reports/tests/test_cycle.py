"""A report on its way: who may take which step, what each refuses, what a signature freezes."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sohoi.figures.read import UNREPORTED, ZERO, figure
from sohoi.ledger.models import Closing, Record
from sohoi.ledger.write import void
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.models import Report, State, Version
from sohoi.reports.read.differences import differences
from sohoi.reports.read.filling import filled
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.states import open_remarks, standing_of
from sohoi.reports.read.verifying import paper_of, verify
from sohoi.reports.regular import form_in_force
from sohoi.reports.telling import signature_title
from sohoi.reports.write.cycle import amend, approve, open_report, reopen, send_back, submit, withdraw
from sohoi.reports.write.signing import send_alone, sign
from sohoi.units.models import Unit
from tests.people import account, measure
from tests.reporting import MONTH, say

pytestmark = pytest.mark.django_db


def test_a_branch_with_one_officer_closes_its_month_and_signs_in_one_step(closed_branch, of_branch, place):
    assert standing_of(of_branch).state == State.SIGNED
    assert Closing.objects.binding().filter(unit=place.branch, month=MONTH.first).exists()
    assert said_by(closed_branch)["figures"]["house-gifts|period"]["text"] == "30"


def test_what_a_branch_did_not_tell_is_zero_once_it_has_closed_its_month(of_branch, closed_branch):
    assert filled(of_branch).figures["house-groups", "period"].text == "0"


def test_headings_move_up_where_an_optional_one_is_left_out(of_branch, closed_branch):
    headings = [b.pieces[0] for b in paper_of(closed_branch).body if getattr(b, "style", "") == "heading1"]
    assert "V. ĐỀ XUẤT, KIẾN NGHỊ" not in headings


def test_the_commune_opens_a_report_that_is_filled_already(closed_branch, of_commune):
    filling = filled(of_commune)
    assert filling.figures["house-gifts", "period"].value == 30
    [line] = filling.texts["opinion"]
    assert line["text"] == "Hội viên phấn khởi sau đợt tặng quà."
    assert [source["name"] for source in line["sources"]] == ["Chi hội Ấp Một"]


def test_who_sent_it_does_not_approve_it(closed_branch, of_commune, mai):
    submit(of_commune, by=mai)
    with pytest.raises(Refusal, match="không tự duyệt"):
        approve(of_commune, by=mai)


def test_a_deputy_approves_what_her_chair_sent(closed_branch, of_commune, mai, place):
    deputy = account("pho", "Chị Phó", (place.heir, "base-deputy"))
    submit(of_commune, by=mai)
    approve(of_commune, by=deputy)
    with pytest.raises(Refusal, match="quyền ký"):
        sign(of_commune, by=deputy)


def test_it_is_returned_with_remarks_at_their_places_and_sent_again(closed_branch, of_commune, mai, hoa):
    submit(of_commune, by=mai)
    with pytest.raises(Refusal, match="Chưa ghi cần sửa gì"):
        send_back(of_commune, [("opinion", "  ")], by=hoa)
    send_back(of_commune, [("opinion", "Nêu rõ dư luận về đợt tặng quà.")], by=hoa)
    assert [row.section for row in open_remarks(of_commune)] == ["opinion"]
    say(of_commune, "opinion", "Nhân dân đồng tình với đợt tặng quà.", by=mai)
    submit(of_commune, by=mai)
    assert standing_of(of_commune).state == State.SUBMITTED


def test_remarks_stand_again_when_what_was_sent_anew_is_withdrawn(closed_branch, of_commune, mai, hoa):
    submit(of_commune, by=mai)
    send_back(of_commune, [("opinion", "Nêu rõ dư luận về đợt tặng quà.")], by=hoa)
    for words in ("Nhân dân đồng tình với đợt tặng quà.", "Nhân dân rất đồng tình với đợt tặng quà."):
        say(of_commune, "opinion", words, by=mai)
        submit(of_commune, by=mai)
        assert open_remarks(of_commune) == []
        withdraw(of_commune, by=mai)
        assert [row.text for row in open_remarks(of_commune)] == ["Nêu rõ dư luận về đợt tặng quà."]


def test_an_empty_heading_is_not_sent(of_branch, lan):
    with pytest.raises(Refusal, match="Chưa viết mục “I. TÌNH HÌNH TƯ TƯỞNG”"):
        submit(of_branch, by=lan)


def test_signing_keeps_figures_words_children_and_the_place_in_the_ledger(signed_commune, closed_branch):
    body = said_by(signed_commune)
    assert body["figures"]["house-gifts|period"]["value"] == 30
    assert [(child["name"], child["version"]) for child in body["children"]] == [
        ("Chi hội Ấp Hai", None),
        ("Chi hội Ấp Một", 1),
    ]
    assert body["texts"]["opinion"][0]["sources"][0]["version"] == 1
    assert [step["state"] for step in body["way"]] == ["submitted", "approved"]
    assert paper_of(signed_commune).number == "01/BC-BTV"
    assert paper_of(signed_commune).signer_title == "CHỦ TỊCH"
    assert verify(signed_commune) == []


def test_a_late_gift_leaves_what_was_signed_and_counts_in_the_next_report_once(
    signed_commune, of_commune, place, lan, gift, forms, mai
):
    gift(place.branch, 20, 7, lan)
    assert said_by(signed_commune)["figures"]["house-gifts|period"]["value"] == 30
    assert filled(of_commune).figures["house-gifts", "period"].value == 30
    assert verify(signed_commune) == []


def test_the_database_refuses_to_change_what_was_signed(signed_commune):
    with pytest.raises(IntegrityError, match="đã ký"), transaction.atomic():
        Version.objects.filter(pk=signed_commune.pk).update(body="{}")


def test_verify_names_a_version_of_which_one_byte_was_changed(signed_commune):
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        Version.objects.filter(pk=signed_commune.pk).update(body=signed_commune.body.replace('"30"', '"31"', 1))
        cursor.execute("set session_replication_role = origin")
    signed_commune.refresh_from_db()
    [fault] = verify(signed_commune)
    assert signed_commune.code in fault.sentence


def test_only_a_unit_above_opens_a_signed_report_again(signed_commune, of_commune, mai, hoa, thu):
    for somebody in (mai, thu):
        with pytest.raises(Refusal, match="cấp trên mở lại"):
            reopen(of_commune, "Thiếu một đợt quà", by=somebody)
    with pytest.raises(Refusal, match="lý do"):
        reopen(of_commune, " ", by=hoa)
    reopen(of_commune, "Thiếu một đợt quà", by=hoa)
    assert standing_of(of_commune).state == State.REOPENED


def test_a_reopened_month_gives_a_second_version_with_the_differences_and_their_causes(
    signed_commune, of_commune, of_branch, place, lan, mai, hoa, gift
):
    reopen(of_commune, "Thiếu một đợt quà", by=hoa)
    reopen(of_branch, "Thiếu một đợt quà", by=mai)
    gift(place.branch, 21, 7, lan)
    send_alone(of_branch, by=lan)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    second = sign(of_commune, by=mai)
    changed = differences(second, Unit.objects.all())
    gifts = next(one for one in changed.figures if one.label == "Phần quà" and one.column == "Trong kỳ")
    assert (gifts.before, gifts.after) == ("30", "37")
    assert any("21/10/2026" in cause and "tăng 7" in cause for cause in gifts.causes)
    assert changed.senders == ["Chi hội Ấp Một: bản 2 thay bản 1"]
    assert said_by(signed_commune)["figures"]["house-gifts|period"]["value"] == 30
    assert verify(signed_commune) == []
    assert verify(second) == []


def test_an_amendment_changes_words_and_no_closed_figure(signed_commune, of_commune, mai, hoa, place, lan, gift):
    amend(of_commune, "Bổ sung phần tư tưởng", by=mai)
    gift(place.branch, 22, 9, lan)
    say(of_commune, "opinion", "Không có vấn đề phức tạp.", by=mai)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    second = sign(of_commune, by=mai)
    changed = differences(second, Unit.objects.all())
    assert changed.new == ["Không có vấn đề phức tạp."]
    assert changed.figures == []


def test_a_report_is_not_sent_before_its_period_has_ended(forms, place, lan):
    ahead = parse(f"{timezone.localdate() + timedelta(days=31):%Y-%m}")  # always a month that has not begun
    report = open_report(form_in_force("house-branch", ahead.last), place.branch, ahead, by=lan)
    say(report, "opinion", "Chưa tới", by=lan)
    with pytest.raises(Refusal, match="Gửi khi kỳ đã hết"):
        submit(report, by=lan)


def test_of_two_who_press_at_once_the_second_hears_what_happened(closed_branch, of_commune, mai, hoa):
    submit(of_commune, by=mai)
    seen = standing_of(of_commune).step
    approve(of_commune, by=hoa, seen=seen)
    with pytest.raises(Refusal, match="Báo cáo vừa đổi"):
        send_back(of_commune, [("", "Xem lại")], by=hoa, seen=seen)


def test_a_report_of_a_unit_that_ended_is_refused_with_who_reports_instead(forms, place, mai):
    with pytest.raises(Refusal, match="không còn hoạt động"):
        open_report(form_in_force("house-commune", MONTH.last), place.town, MONTH, by=mai)


def test_whoever_is_above_looks_on_and_does_not_write(of_commune, hoa):
    with pytest.raises(Refusal, match="của chính đơn vị"):
        say(of_commune, "opinion", "Viết hộ", by=hoa)


def test_a_taken_back_gift_is_a_cause_too(signed_commune, of_commune, of_branch, lan, mai, hoa):
    reopen(of_commune, "Ghi nhầm", by=hoa)
    reopen(of_branch, "Ghi nhầm", by=mai)
    void(Record.objects.get(), "Ghi nhầm chi hội", by=lan)
    send_alone(of_branch, by=lan)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    changed = differences(sign(of_commune, by=mai), Unit.objects.all())
    gifts = next(one for one in changed.figures if one.label == "Phần quà" and one.column == "Trong kỳ")
    assert any("Ghi nhầm chi hội" in cause and "giảm 30" in cause for cause in gifts.causes)
    assert json.loads(signed_commune.body)["figures"]["house-gifts|period"]["value"] == 30
    assert Report.objects.count() == 2


def test_what_nobody_told_is_zero_once_she_signs_and_not_reported_while_somebody_below_is_silent(
    signed_commune, of_commune, place, huong, mai, hoa
):
    def state(unit):
        return figure(measure("groups"), unit, MONTH).state

    assert [state(unit) for unit in (place.branch, place.other, place.heir)] == [ZERO, UNREPORTED, UNREPORTED]
    other = open_report(form_in_force("house-branch", MONTH.last), place.other, MONTH, by=huong)
    say(other, "opinion", "Không có.", by=huong)
    send_alone(other, by=huong)
    amend(of_commune, "Chi hội Ấp Hai gửi sau", by=mai)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    sign(of_commune, by=mai)
    assert [state(unit) for unit in (place.branch, place.other, place.heir)] == [ZERO, ZERO, ZERO]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("CHỦ TỊCH", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH"),
        ("PHÓ CHỦ TỊCH", "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
        ("", "TM. BAN THƯỜNG VỤ"),
    ],
)
def test_a_signature_says_in_whose_place_she_signs(title, said):
    assert signature_title("TM. BAN THƯỜNG VỤ\nCHỦ TỊCH", title) == said
